using System;
using System.IO;
using System.Linq;
using System.Threading;
using Xunit;

namespace Cnn.Tests.Training;

/// <summary>Weights that are replaced while a trainer works with them.</summary>
public sealed class ReplacedWeightsTests
{
    private const float Rate = 0.5f;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_step_whose_weights_are_replaced_meanwhile_leaves_the_new_ones_as_they_are(int threads)
    {
        var network = SoftmaxRegression.CreatePatterned();
        var file = FileOf(0.25f);
        using var trainer = new Trainer<SoftmaxRegression>(network, new Sgd(Rate), threads: threads);
        trainer.Fit(new Interrupted(Clusters.MakeDataset(12, 3), 7, () => Load(network, file)), epochs: 1, batchSize: 12);
        Assert.Equal(file, Saved(network));
    }

    [Fact]
    public void The_next_step_starts_from_the_new_weights_and_the_old_ones_stay_as_they_are()
    {
        var (inputs, labels) = Clusters.Make(12, 3);
        var file = FileOf(0.25f);
        var expected = SoftmaxRegression.CreateZeroed();
        Load(expected, file);
        using (var trainer = new Trainer<SoftmaxRegression>(expected, new Sgd(Rate)))
            trainer.Step(inputs, labels);

        var network = SoftmaxRegression.CreatePatterned();
        using (var trainer = new Trainer<SoftmaxRegression>(network, new Sgd(Rate)))
        {
            trainer.Step(inputs, labels);
            var old = network.Weights;
            var before = old.ToArray();
            Load(network, file);
            trainer.Step(inputs, labels);
            Assert.Equal(before, old.ToArray());
        }

        Assert.Equal(Saved(expected), Saved(network));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void An_evaluation_is_of_the_weights_with_which_it_began(int threads)
    {
        var data = Clusters.MakeDataset(600, 3);
        var network = SoftmaxRegression.CreatePatterned();
        using var trainer = new Trainer<SoftmaxRegression>(network, new Sgd(Rate), threads: threads);
        var expected = trainer.Evaluate(data);
        var file = FileOf(0.25f);
        var actual = trainer.Evaluate(new Interrupted(data, 130, () => Load(network, file)));
        Assert.Equal(expected.Loss, actual.Loss);
        Assert.Equal(file, Saved(network));
        Assert.NotEqual(expected.Loss, trainer.Evaluate(data).Loss);
    }

    [Fact]
    public void A_checkpoint_replaces_the_weights_in_one_piece()
    {
        var path = Path.GetTempFileName();
        try
        {
            var (inputs, labels) = Clusters.Make(12, 3);
            var network = SoftmaxRegression.CreatePatterned();
            using var trainer = new Trainer<SoftmaxRegression>(network, new Sgd(Rate));
            trainer.SaveCheckpoint(path);
            var saved = Saved(network);
            trainer.Step(inputs, labels);
            var held = network.InferenceWeights;
            var before = held.ToArray();
            trainer.LoadCheckpoint(path);
            Assert.Equal(saved, Saved(network));
            Assert.Equal(before, held.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A file of a network whose parameters have all one value.</summary>
    private static byte[] FileOf(float value)
    {
        var network = SoftmaxRegression.CreateZeroed();
        foreach (var tensor in SoftmaxRegression.Parameters)
            tensor.Pack(Enumerable.Repeat(value, tensor.Length).ToArray(), network.Weights);
        return Saved(network);
    }

    private static byte[] Saved(SoftmaxRegression network)
    {
        using var stream = new MemoryStream();
        NetworkWeights.Save(network, stream);
        return stream.ToArray();
    }

    private static void Load(SoftmaxRegression network, byte[] file)
    {
        using var stream = new MemoryStream(file);
        NetworkWeights.LoadInto(network, stream);
    }

    /// <summary>Samples of which one, when it is read, lets something happen.</summary>
    private sealed class Interrupted(Dataset data, int sample, Action action) : Dataset(data.Count, data.InputLength, data.Classes, 0)
    {
        private int _done;

        public override void CopyInput(int index, Span<float> destination)
        {
            if (index == sample && Interlocked.Exchange(ref _done, 1) == 0)
                action();
            data.CopyInput(index, destination);
        }

        public override int Label(int index) => data.Label(index);
    }
}
