using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Cnn.Tests.Data;
using Xunit;

namespace Cnn.Tests.Training;

public sealed class CheckpointTests : IDisposable
{
    private const int Epochs = 4;
    private const int StepsPerEpoch = 4;

    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "run.checkpoint");

    public static TheoryData<string, int> Kills
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var optimizer in new[] { "sgd", "rmsprop", "adam", "adamw" })
            {
                // Before the first checkpoint there is none; within an epoch, at its end, in the last.
                foreach (var step in new[] { 1, 2, 3, 4, 5, 8, 11, 16 })
                    data.Add(optimizer, step);
            }

            return data;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kills))]
    public void A_run_that_is_killed_and_continued_gives_the_bits_of_one_that_was_not(string optimizer, int killAfter)
    {
        var expected = PixelClassifier.CreateDrawn(1);
        IReadOnlyList<EpochResult> whole;
        using (var trainer = MakeTrainer(expected, optimizer))
            whole = Fit(trainer, Epochs);

        using (var trainer = MakeTrainer(PixelClassifier.CreateDrawn(1), optimizer))
            Assert.Throws<KilledException>(() => Fit(trainer, Epochs, killAfter, saveEvery: 1));

        // The kill comes before the step is saved, so one step at least is taken again.
        var resume = killAfter == 1 ? null : File;
        Assert.Equal(killAfter > 1, System.IO.File.Exists(File));
        var actual = PixelClassifier.CreateDrawn(resume is null ? 1 : 99);
        using var continued = MakeTrainer(actual, optimizer);
        var rest = Fit(continued, Epochs, resumeFrom: resume);

        Assert.Equal(Bits(expected.Weights), Bits(actual.Weights));
        foreach (var result in rest)
        {
            var before = whole[result.Epoch - 1];
            Assert.Equal((before.Loss, before.Accuracy, before.Validation!.Loss), (result.Loss, result.Accuracy, result.Validation!.Loss));
        }

        Assert.Equal(Epochs, rest[^1].Epoch);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void A_checkpoint_saved_by_hand_after_a_step_continues_with_the_next(int at)
    {
        var expected = PixelClassifier.CreateDrawn(1);
        using (var trainer = MakeTrainer(expected, "adam"))
            Fit(trainer, Epochs);

        using (var trainer = MakeTrainer(PixelClassifier.CreateDrawn(1), "adam"))
        {
            var steps = 0;
            Assert.Throws<KilledException>(() => Fit(trainer, Epochs, progress: _ =>
            {
                if (++steps != at)
                    return;
                trainer.SaveCheckpoint(File);
                throw new KilledException();
            }));
        }

        var actual = PixelClassifier.CreateDrawn(99);
        var taken = 0;
        using var continued = MakeTrainer(actual, "adam");
        Fit(continued, Epochs, resumeFrom: File, progress: _ => taken++);
        Assert.Equal((Epochs * StepsPerEpoch) - at, taken);
        Assert.Equal(Bits(expected.Weights), Bits(actual.Weights));
    }

    [Fact]
    public void A_run_that_ended_can_go_on_for_more_epochs()
    {
        var expected = PixelClassifier.CreateDrawn(1);
        using (var trainer = MakeTrainer(expected, "rmsprop"))
            Fit(trainer, 6, schedule: Schedule.OnPlateau(0.5f, 0));
        using (var trainer = MakeTrainer(PixelClassifier.CreateDrawn(1), "rmsprop"))
        {
            Fit(trainer, 4, schedule: Schedule.OnPlateau(0.5f, 0));
            trainer.SaveCheckpoint(File);
        }

        var actual = PixelClassifier.CreateDrawn(99);
        using var continued = MakeTrainer(actual, "rmsprop");
        var results = Fit(continued, 6, resumeFrom: File, schedule: Schedule.OnPlateau(0.5f, 0));
        Assert.Equal([5, 6], results.Select(result => result.Epoch));
        Assert.Equal(Bits(expected.Weights), Bits(actual.Weights));
    }

    [Fact]
    public void Steps_by_hand_go_on_too_with_what_is_frozen_and_the_learning_rate_of_then()
    {
        var (inputs, bytes) = PixelClassifier.Draw(5, 4);
        var labels = Array.ConvertAll(bytes, label => (int)label);
        var expected = PixelClassifier.CreateDrawn(1);
        var optimizer = new Adam(0.01f);
        using var trainer = new Trainer<PixelClassifier>(expected, optimizer) { MaxGradientNorm = 0.25f };
        trainer.Step(inputs, labels);
        trainer.Freeze("conv1.bias");
        optimizer.LearningRate = 0.003f;
        trainer.SaveCheckpoint(File);
        trainer.Step(inputs, labels);

        var actual = PixelClassifier.CreateDrawn(99);
        using var other = new Trainer<PixelClassifier>(actual, new Adam(0.5f));
        other.LoadCheckpoint(File);
        Assert.Equal((0.25f, "conv1.bias"), (other.MaxGradientNorm, Assert.Single(other.FrozenParameters)));
        other.Step(inputs, labels);
        Assert.Equal(1, PixelClassifier.LastLowest);
        Assert.Equal(Bits(expected.Weights), Bits(actual.Weights));

        Refused("it was not made during Fit, so there is no run to resume; use LoadCheckpoint", () => Fit(other, 4, resumeFrom: File));
    }

    [Fact]
    public void Checkpoints_of_another_run_optimizer_or_network_are_refused_and_change_nothing()
    {
        using (var trainer = MakeTrainer(PixelClassifier.CreateDrawn(1), "adam"))
            Fit(trainer, 1, saveEvery: 0, checkpoints: true);

        Refused("its run had the seed 7, but this one has 8; only the same run gives the same bits", seed: 8);
        Refused("its run had the batch size 8, but this one has 4; only the same run gives the same bits", batchSize: 4);
        Refused("its run had the number of samples 30, but this one has 29; only the same run gives the same bits", samples: 29);
        Refused(
            "it was made with Adam(beta1 0.9, beta2 0.999, epsilon 1E-08, weightDecay 0.01), but the trainer has " +
            "Sgd(momentum 0.9, nesterov True, weightDecay 0)",
            optimizer: "sgd");

        using var foreign = new Trainer<SoftmaxRegression>(new SoftmaxRegression(), new Adam(weightDecay: 0.01f));
        var exception = Assert.Throws<WeightsFormatException>(() => foreign.LoadCheckpoint(File));
        Assert.Equal("conv1.weight", exception.Tensor);
        Assert.StartsWith("the network has no tensor of this name; the file alone has conv1.weight", exception.Reason, StringComparison.Ordinal);

        void Refused(string reason, int seed = 7, int batchSize = 8, int samples = 30, string optimizer = "adam")
        {
            var network = PixelClassifier.CreateDrawn(5);
            var before = Bits(network.Weights);
            using var trainer = MakeTrainer(network, optimizer);
            var data = PixelClassifier.MakeDataset(30, 1).Slice(0, samples);
            var refusal = Assert.Throws<WeightsFormatException>(
                () => trainer.Fit(data, Epochs, batchSize, seed: seed, resumeFrom: File));
            Assert.Equal((File, reason, 8L), (refusal.File, refusal.Reason, refusal.Offset));
            Assert.Equal(before, Bits(network.Weights));
        }
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused_wherever_the_damage_is_and_changes_nothing()
    {
        using (var trainer = MakeTrainer(PixelClassifier.CreateDrawn(1), "adam"))
            Fit(trainer, 1, saveEvery: 0, checkpoints: true);
        var bytes = System.IO.File.ReadAllBytes(File);
        var network = PixelClassifier.CreateDrawn(5);
        var before = Bits(network.Weights);
        using var victim = MakeTrainer(network, "adam");

        // Some flips of the header's length, the texts and the values, one at a time, and every seventh length that is too short.
        for (var place = 0; place < bytes.Length; place += 1 + (place / 40))
        {
            var damaged = bytes.ToArray();
            damaged[place] ^= 4;
            Refuse(damaged);
        }

        for (var length = 0; length < bytes.Length; length += 7)
            Refuse(bytes[..length]);
        Refuse([.. bytes, 0]);

        var text = Encoding.Latin1.GetString(bytes).Replace("\"fit_step\":\"0\"", "\"fit_step\":\"1\"", StringComparison.Ordinal);
        Assert.Equal("its contents are not those of its SHA-256 digest, so it is damaged", Reason(text));
        text = Encoding.Latin1.GetString(bytes).Replace("cnn-checkpoint-1", "cnn-checkpoint-2", StringComparison.Ordinal);
        Assert.Equal("its format is \"cnn-checkpoint-2\" where \"cnn-checkpoint-1\" belongs", Reason(text));

        text = Encoding.Latin1.GetString(bytes).Replace("\"cnn.order\":\"hwc\"", "\"cnn.order\":\"chw\"", StringComparison.Ordinal);
        Assert.Equal("it was made by a network of another layout, not Layout.Hwc; a run goes on only in the layout in which it began", Reason(text));

        NetworkWeights.Save(network, File);
        Refused("it holds weights alone and is no checkpoint of a trainer; give it to Load or LoadInto", () => victim.LoadCheckpoint(File));

        void Refuse(byte[] damaged)
        {
            System.IO.File.WriteAllBytes(File, damaged);
            Assert.Throws<WeightsFormatException>(() => victim.LoadCheckpoint(File));
            Assert.Equal(before, Bits(network.Weights));
        }

        string Reason(string content)
        {
            System.IO.File.WriteAllBytes(File, Encoding.Latin1.GetBytes(content));
            return Assert.Throws<WeightsFormatException>(() => Fit(victim, 4, resumeFrom: File)).Reason;
        }
    }

    [Fact]
    public void Numbers_in_the_texts_are_read_as_they_were_written_and_refused_outside_their_range()
    {
        foreach (var value in new[] { 0.1, double.NaN, double.PositiveInfinity, -1e-310, 1.0 / 3 })
            Assert.Equal(value, Assert.Single(Texts("key", CheckpointTexts.Write(value)).Numbers("key")));
        Assert.Equal(ulong.MaxValue, Texts("key", CheckpointTexts.Write(ulong.MaxValue)).Number("key", 0UL, ulong.MaxValue));

        Refused("the metadata's \"key\" is \"5\", no number from 0 to 4", () => Texts("key", "5").Number("key", 0, 4));
        Refused("the metadata's \"key\" is \"x\", no number from 0 to 4", () => Texts("key", "x").Number("key", 0, 4));
        Refused("the metadata lack \"key\", so it is no checkpoint of a trainer", () => Texts("other", "1").Number("key", 0, 4));

        static CheckpointTexts Texts(string key, string text) => new("file", new Dictionary<string, string> { [key] = text });
    }

    [Fact]
    public void Saving_again_replaces_the_file_and_the_same_state_gives_the_same_bytes()
    {
        using var trainer = MakeTrainer(PixelClassifier.CreateDrawn(1), "adam");
        Fit(trainer, 1);
        trainer.SaveCheckpoint(File);
        var first = System.IO.File.ReadAllBytes(File);
        trainer.SaveCheckpoint(File);
        Assert.Equal(first, System.IO.File.ReadAllBytes(File));

        Assert.Throws<DirectoryNotFoundException>(() => trainer.SaveCheckpoint(Path.Combine(_folder.Path, "none", "file")));
        Assert.Throws<FileNotFoundException>(() => trainer.LoadCheckpoint(Path.Combine(_folder.Path, "none")));
        trainer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => trainer.SaveCheckpoint(File));
        Assert.Throws<ObjectDisposedException>(() => trainer.LoadCheckpoint(File));
    }

    private static Trainer<PixelClassifier> MakeTrainer(PixelClassifier network, string optimizer) => new(
        network,
        optimizer switch
        {
            "sgd" => new Sgd(0.1f, 0.9f, nesterov: true),
            "rmsprop" => new RmsProp(0.01f, momentum: 0.5f, centered: true, epsilon: 1e-3),
            "adam" => new Adam(0.01f, weightDecay: 0.01f),
            _ => new AdamW(0.01f),
        },
        new CrossEntropy(0.05f));

    private static int[] Bits(ReadOnlySpan<float> weights) => Array.ConvertAll(weights.ToArray(), BitConverter.SingleToInt32Bits);

    private static void Refused(string reason, Action call) => Assert.Equal(reason, Assert.Throws<WeightsFormatException>(call).Reason);

    private IReadOnlyList<EpochResult> Fit(
        Trainer<PixelClassifier> trainer,
        int epochs,
        int killAfter = int.MaxValue,
        int saveEvery = 0,
        bool checkpoints = false,
        string? resumeFrom = null,
        Schedule? schedule = null,
        Action<TrainingProgress>? progress = null)
    {
        var steps = 0;
        return trainer.Fit(
            PixelClassifier.MakeDataset(30, 1),
            epochs,
            batchSize: 8,
            validation: PixelClassifier.MakeDataset(9, 2),
            schedule: schedule ?? Schedule.WarmUp(3, Schedule.OnPlateau(0.7f, 0, 0.2)),
            seed: 7,
            progress: new Listener(report =>
            {
                progress?.Invoke(report);
                if (++steps == killAfter)
                    throw new KilledException();
            }),
            augment: new Augmentation(
                new ImageShape(4, 4, 2), ImageTransform.FlipHorizontally(), ImageTransform.Shift(1), ImageTransform.Noise(0.1f)),
            checkpoints: saveEvery > 0 || checkpoints ? new Checkpointing(File, saveEvery) : null,
            resumeFrom: resumeFrom);
    }

    private sealed class KilledException : Exception;

    private sealed class Listener(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }
}
