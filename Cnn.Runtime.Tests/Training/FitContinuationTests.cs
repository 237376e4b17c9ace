using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cnn.Tests.Data;
using Xunit;

namespace Cnn.Tests.Training;

/// <summary>How one call of Fit follows another, and what is said of files that do not fit.</summary>
public sealed class FitContinuationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "run.checkpoint");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Several_calls_of_one_epoch_take_the_steps_of_one_call_of_as_many()
    {
        var expected = PixelClassifier.CreateDrawn(1);
        using (var trainer = Make(expected))
            Fit(trainer, 4);

        var actual = PixelClassifier.CreateDrawn(1);
        using var another = Make(actual);
        for (var epoch = 0; epoch < 4; epoch++)
            Fit(another, 1);
        Assert.Equal(Bits(expected), Bits(actual));
    }

    [Fact]
    public void Each_call_takes_the_samples_in_a_new_order()
    {
        using var trainer = new Trainer<SoftmaxRegression>(new SoftmaxRegression(), new Sgd(0));
        var orders = new List<string>();
        for (var call = 0; call < 3; call++)
        {
            var data = new Recorder(Clusters.MakeDataset(40, 6));
            trainer.Fit(data, 1, 8, seed: 5);
            orders.Add(string.Join(' ', data.Read));
        }

        Assert.Equal(3, orders.Distinct().Count());

        var fewer = new Recorder(Clusters.MakeDataset(7, 6));
        trainer.Fit(fewer, 1, 8, seed: 5);
        Assert.Equal(Enumerable.Range(0, 7), fewer.Read.Order());
    }

    [Fact]
    public void A_call_that_broke_off_does_not_begin_its_epoch_again()
    {
        using var trainer = new Trainer<SoftmaxRegression>(new SoftmaxRegression(), new Sgd(0));
        var broken = new Recorder(Clusters.MakeDataset(40, 6)) { ThrowAfter = 12 };
        Assert.Throws<NotSupportedException>(() => trainer.Fit(broken, 1, 4));
        var next = new Recorder(Clusters.MakeDataset(40, 6));
        trainer.Fit(next, 1, 4);
        Assert.NotEqual(broken.Read.Take(12), next.Read.Take(12));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void A_later_call_that_is_killed_and_continued_gives_the_bits_of_one_that_was_not(int killAfter)
    {
        var expected = PixelClassifier.CreateDrawn(1);
        using (var trainer = Make(expected))
        {
            Fit(trainer, 2);
            Fit(trainer, 3);
        }

        using (var trainer = Make(PixelClassifier.CreateDrawn(1)))
        {
            Fit(trainer, 2);
            var steps = 0;
            Assert.Throws<NotSupportedException>(() => Fit(trainer, 3, progress: () =>
            {
                if (++steps != killAfter)
                    return;
                trainer.SaveCheckpoint(File);
                throw new NotSupportedException();
            }));
        }

        var actual = PixelClassifier.CreateDrawn(9);
        using var continued = Make(actual);
        Fit(continued, 3, resumeFrom: File);
        Assert.Equal(Bits(expected), Bits(actual));
    }

    [Fact]
    public void A_trainer_that_loads_a_checkpoint_goes_on_as_the_one_that_saved_it()
    {
        var expected = PixelClassifier.CreateDrawn(1);
        using var trainer = Make(expected);
        Fit(trainer, 2);
        trainer.SaveCheckpoint(File);
        var saved = System.IO.File.ReadAllBytes(File);

        var actual = PixelClassifier.CreateDrawn(9);
        using var another = Make(actual);
        Fit(another, 1);
        another.LoadCheckpoint(File);
        Assert.Equal(saved, TrainerState.Checkpoint(another));

        Fit(trainer, 1);
        Fit(another, 1);
        Assert.Equal(TrainerState.Of(trainer, expected), TrainerState.Of(another, actual));
    }

    [Fact]
    public void A_checkpoint_that_does_not_count_epochs_is_one_of_a_first_call()
    {
        var expected = PixelClassifier.CreateDrawn(1);
        using var trainer = Make(expected);
        Fit(trainer, 2);
        trainer.SaveCheckpoint(File);
        var tensors = new List<ParameterTensor>();
        var (values, _) = CheckpointFile.Read(File, _ =>
        {
            tensors.AddRange(PixelClassifier.Parameters);
            foreach (var moment in new[] { "exp_avg", "exp_avg_sq" })
            {
                tensors.AddRange(PixelClassifier.Parameters.Where(tensor => !tensor.IsBuffer).Select(tensor => new ParameterTensor(
                    $"optimizer.{moment}.{tensor.Name}", [.. tensor.Shape], Initializer.Zeros, 1, 1)));
            }

            return tensors;
        });
        using (var stream = System.IO.File.OpenRead(File))
        {
            var reader = new SafetensorsReader(stream, File);
            reader.Read(tensors);
            var texts = reader.Metadata.Where(text => text.Key is not ("format" or "sha256" or "epochs" or "fit_first")).ToList();
            Assert.Equal(reader.Metadata.Count - 4, texts.Count);
            stream.Close();
            CheckpointFile.Write(File, tensors, values, texts);
        }

        var actual = PixelClassifier.CreateDrawn(9);
        using var another = Make(actual);
        Fit(another, 3, resumeFrom: File);
        Fit(trainer, 1);
        Assert.Equal(Bits(expected), Bits(actual));
    }

    [Fact]
    public void A_run_of_fewer_epochs_than_the_checkpoint_has_begun_is_told_so()
    {
        using var trainer = Make(PixelClassifier.CreateDrawn(1));
        var steps = 0;
        Fit(trainer, 3, progress: () =>
        {
            if (++steps is 4 or 6)
                trainer.SaveCheckpoint(File + steps);
        });

        // Three steps per epoch: after four the second epoch has begun, after six it has ended.
        foreach (var step in new[] { 4, 6 })
        {
            Refused(
                "its run is in epoch 2 already, but this one has 1; epochs counts those before the checkpoint too, so give 2 or more",
                () => Fit(trainer, 1, resumeFrom: File + step));
            Assert.Equal(2, Assert.Single(Fit(trainer, 2, resumeFrom: File + step)).Epoch);
        }
    }

    [Fact]
    public void A_checkpoint_is_not_taken_for_weights_nor_weights_for_a_checkpoint()
    {
        const string notWeights =
            "it is the checkpoint of a trainer, not weights alone; " +
            "give it to Trainer.LoadCheckpoint or to Fit's resumeFrom, then Save the network";
        const string notCheckpoint = "it holds weights alone and is no checkpoint of a trainer; give it to Load or LoadInto";
        foreach (var optimizer in new Optimizer[] { new Sgd(0.1f), new Adam() })
        {
            var network = PixelClassifier.CreateDrawn(1);
            using var trainer = new Trainer<PixelClassifier>(network, optimizer);
            trainer.SaveCheckpoint(File);
            var before = Bits(network);
            Refused(notWeights, () => NetworkWeights.Load<PixelClassifier>(File));
            Refused(notWeights, () => NetworkWeights.LoadInto(network, File, name => "model." + name));
            Refused(notWeights, () => NetworkWeights.LoadInto(network, new MemoryStream(System.IO.File.ReadAllBytes(File))));
            LoadFromMemory();

            NetworkWeights.Save(network, File);
            Refused(notCheckpoint, () => trainer.LoadCheckpoint(File));
            Refused(notCheckpoint, () => Fit(trainer, 1, resumeFrom: File));
            Assert.Equal(before, Bits(network));

            unsafe void LoadFromMemory()
            {
                var bytes = System.IO.File.ReadAllBytes(File);
                fixed (byte* first = bytes)
                {
                    using var memory = new UnmanagedMemoryStream(first, bytes.Length);
                    Refused(notWeights, () => NetworkWeights.LoadInto(network, memory));
                }
            }
        }
    }

    private static Trainer<PixelClassifier> Make(PixelClassifier network) => new(network, new Adam(0.01f));

    private static int[] Bits(PixelClassifier network) => Array.ConvertAll(network.Weights.ToArray(), BitConverter.SingleToInt32Bits);

    private static void Refused(string reason, Action call) => Assert.Equal(reason, Assert.Throws<WeightsFormatException>(call).Reason);

    private static IReadOnlyList<EpochResult> Fit(
        Trainer<PixelClassifier> trainer, int epochs, string? resumeFrom = null, Action? progress = null) => trainer.Fit(
        PixelClassifier.MakeDataset(20, 1),
        epochs,
        batchSize: 8,
        seed: 7,
        progress: new Listener(progress),
        augment: new Augmentation(new ImageShape(4, 4, 2), ImageTransform.FlipHorizontally(), ImageTransform.Noise(0.1f)),
        resumeFrom: resumeFrom);

    private sealed class Listener(Action? action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action?.Invoke();
    }

    private sealed class Recorder(Dataset data) : Dataset(data.Count, data.InputLength, data.Classes, 0)
    {
        public List<int> Read { get; } = [];

        public int ThrowAfter { get; init; } = int.MaxValue;

        public override void CopyInput(int index, Span<float> destination)
        {
            if (Read.Count == ThrowAfter)
                throw new NotSupportedException();
            Read.Add(index);
            data.CopyInput(index, destination);
        }

        public override int Label(int index) => data.Label(index);
    }
}
