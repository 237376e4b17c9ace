using System;
using System.Linq;
using System.Threading;
using Cnn.Zoo.Tests.Support;
using Xunit;

namespace Cnn.Zoo.Tests;

/// <summary>A step of training is taken whole, or nothing of it is left: weights, running averages, moving averages and counters.</summary>
public sealed class TransactionTests
{
    private const int Batch = 2;

    /// <summary>Networks of more weights write their files once for several refusals, and no momentum.</summary>
    private const int Many = 3_000_000;

    [Theory]
    [MemberData(nameof(Networks.NormalizedCases), MemberType = typeof(Networks))]
    public void A_step_that_is_refused_cancelled_or_interrupted_leaves_no_trace(string name, int threads)
    {
        var network = Networks.Get(name, "hwc");
        var labels = new int[Batch * network.Labels];
        float[] good = [.. network.Input(1), .. network.Input(2)];
        var isLarge = network.Parameters.Sum(tensor => (long)tensor.Length) > Many;
        using var trainer = Trainer();
        using var twin = Trainer();
        Assert.Equal(twin.Step(good, labels), trainer.Step(good, labels));
        var before = twin.State();

        foreach (var value in new[] { float.NaN, float.NegativeInfinity, 1e38f })
        {
            var bad = good.ToArray();
            bad.AsSpan(network.InputLength / 2, network.InputLength).Fill(value);
            Unmoved($"an input of {value}", () => Assert.Throws<InvalidOperationException>(() => trainer.Step(bad, labels)), isLarge);
        }

        var nan = good.ToArray();
        nan[^1] = float.NaN;
        Unmoved("a limited norm", () =>
        {
            trainer.MaxGradientNorm = 1e-3f;
            Assert.Throws<InvalidOperationException>(() => trainer.Step(nan, labels));
            trainer.MaxGradientNorm = null;
        });
        Unmoved("a reader", () => Assert.Throws<UnreadableException>(() => trainer.Fit(new Samples(network, throwAt: 2))), isLarge);
        Unmoved("a schedule", () => Assert.Throws<UnreadableException>(() => trainer.Fit(new Samples(network), new Broken())), isLarge);
        Unmoved("a call that is cancelled", () => Assert.Throws<OperationCanceledException>(
            () => trainer.Fit(new Samples(network), cancellationToken: new CancellationToken(canceled: true))));

        // The same step of Fit was taken, and nothing of the next.
        Assert.Throws<UnreadableException>(() => trainer.Fit(new Samples(network, throwAt: Batch + 2)));
        Assert.Throws<UnreadableException>(() => twin.Fit(new Samples(network), progress: new Broken()));
        Assert.Equal(twin.State(), trainer.State());

        Assert.Equal(twin.Step(good, labels), trainer.Step(good, labels));
        Assert.Equal(twin.State(), trainer.State());
        var (own, loaded) = trainer.Outputs(network.Input(3));
        Assert.Equal(loaded, own);
        Assert.All(own, output => Assert.True(float.IsFinite(output)));

        ZooTrainer Trainer() => network.Create(1).TrainerOf(new Sgd(1e-3f, isLarge ? 0 : 0.5f), threads);

        void Unmoved(string what, Action call, bool isSeenLater = false)
        {
            call();
            if (!isSeenLater)
                Assert.Equal((what, before), (what, trainer.State()));
        }
    }

    private sealed class UnreadableException : Exception;

    /// <summary>Two batches of samples, one of which cannot be read.</summary>
    private sealed class Samples(ZooNetwork network, int throwAt = 0)
        : Dataset(2 * Batch, network.InputLength, network.OutputLength / network.Labels, 0, network.Labels)
    {
        private readonly float[][] _inputs = [.. Enumerable.Range(4, 2 * Batch).Select(network.Input)];
        private int _reads;

        public override void CopyInput(int index, Span<float> destination)
        {
            if (Interlocked.Increment(ref _reads) == throwAt)
                throw new UnreadableException();
            _inputs[index].CopyTo(destination);
        }

        public override void CopyLabels(int index, Span<int> destination) => destination.Clear();
    }

    private sealed class Broken : Schedule, IProgress<TrainingProgress>
    {
        public override float Factor(long step, int stepsPerEpoch, long totalSteps) => throw new UnreadableException();

        public void Report(TrainingProgress value) => throw new UnreadableException();
    }
}
