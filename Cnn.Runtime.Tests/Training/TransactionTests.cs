using System;
using System.IO;
using System.Linq;
using System.Threading;
using Xunit;

namespace Cnn.Tests.Training;

/// <summary>A step is taken whole or not at all, whatever stops it.</summary>
public sealed class TransactionTests
{
    private const int Batch = 4;
    private const int Samples = 11;

    public static TheoryData<string, int> Trainers
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var optimizer in new[] { "sgd", "rmsprop", "adam", "adamw" })
            {
                data.Add(optimizer, 1);
                data.Add(optimizer, 2);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void A_step_that_is_refused_changes_nothing_and_the_next_is_that_of_a_trainer_that_never_saw_it(string optimizer, int threads)
    {
        foreach (var limit in new float?[] { null, 0.5f })
        {
            var (network, twinsNetwork) = (NormalizedNetwork.Create(), NormalizedNetwork.Create());
            using var trainer = Make(network, optimizer, threads, limit);
            using var twin = Make(twinsNetwork, optimizer, threads, limit);
            var (inputs, targets) = NormalizedNetwork.Draw(Batch, 1);
            Assert.Equal(twin.Step(inputs, targets), trainer.Step(inputs, targets));
            var before = TrainerState.Of(trainer, network);

            var gradient = limit is null ? "A gradient is NaN, or larger than " : "The norm of the gradients is ";
            const string statistics = "The mean or the variance of the batch at bn1 is not finite ";
            Refused("The loss is NaN ", (0, float.NaN));
            Refused("The loss is Infinity ", (0, float.PositiveInfinity));
            Refused("The loss is ", (0, 3e38f));
            Refused(statistics, (1, float.NaN));
            Refused(statistics, (1, float.NegativeInfinity));

            // The mean and the deviation that threads exchange are finite; the running variance is beyond floats.
            const int next = NormalizedNetwork.Inputs;
            Refused(statistics, (1, 1e20f), (1 + next, 1e20f), (1 + (2 * next), -1e20f), (1 + (3 * next), -1e20f));
            Refused(statistics, (1, 3e38f), (1 + next, -3e38f));
            Refused(gradient, (2, float.NaN));
            Refused(gradient, (2, float.PositiveInfinity));
            if (optimizer != "sgd" && limit is null)
                Refused("A gradient is NaN, or larger than 1.8E+019, ", (2, 1e20f));

            Assert.Equal(twin.Step(inputs, targets), trainer.Step(inputs, targets));
            Assert.Equal(TrainerState.Of(twin, twinsNetwork), TrainerState.Of(trainer, network));
            Assert.Equal((twin.GradientNorm, twinsNetwork.Changes), (trainer.GradientNorm, network.Changes));

            void Refused(string message, params (int Place, float Value)[] faults)
            {
                var (norm, changes) = (trainer.GradientNorm, network.Changes);
                var bad = inputs.ToArray();
                foreach (var (place, value) in faults)
                    bad[place] = value;
                var exception = Assert.Throws<InvalidOperationException>(() => trainer.Step(bad, targets));
                Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
                Assert.Contains(" at step 2, with a learning rate of ", exception.Message, StringComparison.Ordinal);
                Assert.Contains(" The step was not taken. Lower the learning rate", exception.Message, StringComparison.Ordinal);
                Assert.Equal(before, TrainerState.Of(trainer, network));
                Assert.Equal((norm, changes), (trainer.GradientNorm, network.Changes));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void A_fit_that_is_stopped_at_any_read_stands_after_its_last_whole_step_and_can_go_on_from_there(string optimizer, int threads)
    {
        var wholeNetwork = NormalizedNetwork.Create();
        using var whole = Make(wholeNetwork, optimizer, threads);
        whole.Fit(new Source(), 2, Batch, seed: 3);
        var (inputs, targets) = NormalizedNetwork.Draw(Batch, 1);

        // Two epochs of 4, 4 and 3 samples; each is read twice, for its input and its target.
        for (var read = 1; read <= 4 * Samples; read += 5)
        {
            foreach (var fault in new[] { Fault.Throws, Fault.IsNaN, Fault.HasUnusableStatistics })
            {
                var network = NormalizedNetwork.Create();
                using var trainer = Make(network, optimizer, threads);
                var before = TrainerState.Of(trainer, network);
                var taken = 0;
                var source = new Source { FaultyRead = read, Fault = fault };
                var progress = new Listener(() => taken++);
                var stopped = Assert.ThrowsAny<Exception>(() => trainer.Fit(source, 2, Batch, seed: 3, progress: progress));
                Assert.IsType(fault == Fault.Throws ? typeof(UnreadableException) : typeof(InvalidOperationException), stopped);

                // The checkpoint is that of a run that was cancelled after as many steps.
                if (taken == 0)
                {
                    Assert.Equal(before, TrainerState.Of(trainer, network));
                    continue;
                }

                var twinsNetwork = NormalizedNetwork.Create();
                using var twin = Make(twinsNetwork, optimizer, threads);
                using var cancellation = new CancellationTokenSource();
                progress = new Listener(() => CancelAfter(ref taken, cancellation));
                Assert.Throws<OperationCanceledException>(
                    () => twin.Fit(new Source(), 2, Batch, seed: 3, progress: progress, cancellationToken: cancellation.Token));
                var state = TrainerState.Of(trainer, network);
                Assert.Equal(TrainerState.Of(twin, twinsNetwork), state);

                var checkpoint = Path.GetTempFileName();
                trainer.SaveCheckpoint(checkpoint);
                trainer.Fit(new Source(), 2, Batch, seed: 3, resumeFrom: checkpoint);
                File.Delete(checkpoint);
                Assert.Equal(TrainerState.Of(whole, wholeNetwork), TrainerState.Of(trainer, network));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void What_is_stopped_before_its_first_step_changes_nothing_not_even_where_an_earlier_fit_stands(string optimizer, int threads)
    {
        var network = NormalizedNetwork.Create();
        using var trainer = Make(network, optimizer, threads);
        trainer.Fit(new Source(), 1, Batch, seed: 3);
        var before = TrainerState.Of(trainer, network);

        var cancelled = new CancellationToken(canceled: true);
        Stopped<OperationCanceledException>(() => trainer.Fit(new Source(), 1, Batch, cancellationToken: cancelled));
        Stopped<UnreadableException>(() => trainer.Fit(new Source(), 1, Batch, schedule: new Broken()));
        Stopped<UnreadableException>(() => trainer.Fit(new Source { FaultyRead = 2 }, 1, Batch));
        Stopped<InvalidOperationException>(() => trainer.Fit(new Source { FaultyRead = 2, Fault = Fault.IsNaN }, 1, Batch));
        Stopped<UnreadableException>(() => trainer.Evaluate(new Source { FaultyRead = 2 }));
        Stopped<FileNotFoundException>(() => trainer.LoadCheckpoint(Path.Combine(Path.GetTempPath(), "there is none")));
        Stopped<ArgumentException>(() => trainer.Step([], new float[1]));

        void Stopped<TException>(Action call)
            where TException : Exception
        {
            Assert.Throws<TException>(call);
            Assert.Equal(before, TrainerState.Of(trainer, network));
        }
    }

    [Fact]
    public void A_fit_that_is_stopped_between_epochs_goes_on_with_the_validation()
    {
        var wholeNetwork = NormalizedNetwork.Create();
        using var whole = Make(wholeNetwork, "adam", 1);
        var expected = whole.Fit(new Source(), 2, Batch, new Source());

        var network = NormalizedNetwork.Create();
        using var trainer = Make(network, "adam", 1);
        Assert.Throws<UnreadableException>(() => trainer.Fit(new Source(), 2, Batch, new Source { FaultyRead = 3 }));
        var checkpoint = Path.GetTempFileName();
        trainer.SaveCheckpoint(checkpoint);
        var steps = 0;
        var results = trainer.Fit(new Source(), 2, Batch, new Source(), resumeFrom: checkpoint, progress: new Listener(() => steps++));
        File.Delete(checkpoint);
        Assert.Equal((3, 2), (steps, results.Count));
        Assert.Equal(expected.Select(result => result.Validation!.Loss), results.Select(result => result.Validation!.Loss));
        Assert.Equal(TrainerState.Of(whole, wholeNetwork), TrainerState.Of(trainer, network));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Running_averages_move_with_the_step_frozen_or_not(int threads)
    {
        var network = NormalizedNetwork.Create();
        using var trainer = Make(network, "sgd", threads);
        trainer.Freeze("dense1");
        float[] inputs = new float[2 * NormalizedNetwork.Inputs];
        (inputs[1], inputs[1 + NormalizedNetwork.Inputs]) = (1, 3);
        trainer.Step(inputs, new float[2]);

        // A quarter of the mean, 2, and of the unbiased variance, 2.
        Assert.Equal([0.5f, 1.25f], network.Weights[NormalizedNetwork.MeanOffset..][..2]);
    }

    [Fact]
    public void Running_averages_that_are_not_finite_begin_anew_with_the_batch()
    {
        var network = NormalizedNetwork.Create();
        network.Weights[NormalizedNetwork.MeanOffset] = float.NaN;
        network.Weights[NormalizedNetwork.VarianceOffset] = float.PositiveInfinity;
        using var trainer = Make(network, "sgd", 1);
        float[] inputs = new float[2 * NormalizedNetwork.Inputs];
        (inputs[1], inputs[1 + NormalizedNetwork.Inputs]) = (1, 3);
        trainer.Step(inputs, new float[2]);
        Assert.Equal([2f, 2f], network.Weights[NormalizedNetwork.MeanOffset..][..2]);
    }

    [Fact]
    public void Weights_that_are_not_finite_themselves_are_named()
    {
        var network = NormalizedNetwork.Create();
        network.Weights[0] = float.NaN;
        using var trainer = Make(network, "sgd", 1);
        var (inputs, targets) = NormalizedNetwork.Draw(Batch, 1);
        var exception = Assert.Throws<InvalidOperationException>(() => trainer.Step(inputs, targets));
        Assert.Equal(
            "The loss is NaN at step 1, with a learning rate of 0.01. The step was not taken. " +
            "dense1.weight holds numbers that are not finite: load weights that are.",
            exception.Message);
    }

    [Fact]
    public void Gradients_of_every_length_and_place_are_checked()
    {
        for (var length = 1; length < 40; length++)
        {
            for (var place = 0; place < length; place++)
            {
                foreach (var (value, areWithin) in new[] { (2f, true), (-2f, true), (2.5f, false), (-2.5f, false), (float.NaN, false) })
                {
                    var gradients = new float[length];
                    gradients[place] = value;
                    Assert.Equal(areWithin, GradientNorm.AreWithin(gradients, 2));
                }
            }
        }

        Assert.True(GradientNorm.AreWithin([], 0));
    }

    private static void CancelAfter(ref int steps, CancellationTokenSource cancellation)
    {
        if (--steps == 0)
            cancellation.Cancel();
    }

    private static Trainer<NormalizedNetwork> Make(NormalizedNetwork network, string optimizer, int threads, float? limit = null) => new(
        network,
        optimizer switch
        {
            "sgd" => new Sgd(0.01f, 0.9f),
            "rmsprop" => new RmsProp(0.01f, momentum: 0.5f, centered: true),
            "adam" => new Adam(0.01f),
            _ => new AdamW(0.01f),
        },
        new MeanSquaredError(),
        threads)
    { MaxGradientNorm = limit };

    private enum Fault
    {
        Throws,
        IsNaN,
        HasUnusableStatistics,
    }

    private sealed class UnreadableException : Exception;

    private sealed class Listener(Action action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action();
    }

    private sealed class Broken : Schedule
    {
        public override float Factor(long step, int stepsPerEpoch, long totalSteps) => throw new UnreadableException();
    }

    /// <summary>Samples one of whose reads fails, by an exception or by what it gives.</summary>
    private sealed class Source() : Dataset(Samples, NormalizedNetwork.Inputs, 0, 1)
    {
        private readonly (float[] Inputs, float[] Targets) _data = NormalizedNetwork.Draw(Samples, 7);
        private int _reads;

        public int FaultyRead { get; init; }

        public Fault Fault { get; init; }

        public override void CopyInput(int index, Span<float> destination)
        {
            _data.Inputs.AsSpan(index * InputLength, InputLength).CopyTo(destination);
            if (Fails())
                destination[Fault == Fault.IsNaN ? 0 : 1] = float.NaN;
        }

        public override void CopyTarget(int index, Span<float> destination)
        {
            destination[0] = Fails() ? float.NaN : _data.Targets[index];
        }

        private bool Fails()
        {
            var fails = Interlocked.Increment(ref _reads) == FaultyRead;
            return fails && Fault == Fault.Throws ? throw new UnreadableException() : fails;
        }
    }
}
