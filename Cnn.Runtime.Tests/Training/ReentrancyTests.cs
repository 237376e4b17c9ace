using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Cnn.Tests.Data;
using Xunit;

namespace Cnn.Tests.Training;

/// <summary>A trainer does one thing at a time; what comes meanwhile is refused by name and spoils nothing.</summary>
public sealed class ReentrancyTests : IDisposable
{
    private const int Epochs = 2;

    private static readonly string[] Exclusive = ["Step", "Step of targets", "Fit", "LoadCheckpoint", "Dispose"];

    private static readonly string[] Interposed = ["Evaluate", "SaveCheckpoint", "Freeze", "Unfreeze", "MaxGradientNorm"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Calls
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var call in Exclusive.Concat(Interposed))
            {
                foreach (var place in new[] { "read", "validation", "another thread" })
                    data.Add(call, place);
            }

            foreach (var call in Exclusive)
            {
                data.Add(call, "progress");
                data.Add(call, "schedule");
            }

            return data;
        }
    }

    private string Earlier => Path.Combine(_folder.Path, "earlier");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_call_in_the_middle_of_a_fit_is_refused_by_name_and_the_fit_goes_on_to_the_same_bits(string call, string place)
    {
        var expected = Undisturbed();
        foreach (var threads in new[] { 1, 2 })
        {
            var network = PixelClassifier.CreateDrawn(1);
            using var trainer = Make(network, threads);
            trainer.SaveCheckpoint(Earlier);
            var refusals = 0;
            Fit(trainer, place, () =>
            {
                var exception = Assert.Throws<InvalidOperationException>(() => Call(trainer, call));
                Assert.StartsWith(
                    $"Trainer.{call.Split(' ')[0]} was called within Trainer.Fit, which has not ended. A trainer does one thing at a time.",
                    exception.Message,
                    StringComparison.Ordinal);
                Interlocked.Increment(ref refusals);
            });

            Assert.True(refusals > 0);
            Assert.Equal(expected[threads], TrainerState.Of(trainer, network));
        }
    }

    [Theory]
    [InlineData("progress")]
    [InlineData("schedule")]
    public void Between_two_steps_a_trainer_can_be_evaluated_and_saved_and_the_fit_goes_on_to_the_same_bits(string place)
    {
        var expected = Undisturbed();
        foreach (var threads in new[] { 1, 2 })
        {
            var network = PixelClassifier.CreateDrawn(1);
            using var trainer = Make(network, threads);
            var seen = new List<double>();
            Fit(trainer, place, () =>
            {
                trainer.SaveCheckpoint(Earlier);
                using var other = Make(PixelClassifier.CreateDrawn(9), threads);
                other.LoadCheckpoint(Earlier);
                var loss = trainer.Evaluate(PixelClassifier.MakeDataset(5, 3)).Loss;
                Assert.Equal(other.Evaluate(PixelClassifier.MakeDataset(5, 3)).Loss, loss);
                seen.Add(loss);
            });

            Assert.Equal(seen.Count, seen.Distinct().Count());
            Assert.Equal(expected[threads], TrainerState.Of(trainer, network));
        }
    }

    [Fact]
    public void Between_two_steps_layers_can_be_frozen_and_gradients_limited()
    {
        var network = PixelClassifier.CreateDrawn(1);
        using var trainer = Make(network, 1);
        var bias = Array.Empty<float>();
        Fit(trainer, "progress", () =>
        {
            if (bias.Length != 0)
                Assert.InRange(trainer.GradientNorm, 0, 100);
            bias = network.Weights.Slice(PixelClassifier.BiasOffset, PixelClassifier.Classes).ToArray();
            trainer.Freeze("conv1");
            trainer.Unfreeze("conv1.weight");
            trainer.MaxGradientNorm = 0.5f;
            Assert.Equal("conv1.bias", Assert.Single(trainer.FrozenParameters));
        }, once: false);
        Assert.Equal(bias, network.Weights.Slice(PixelClassifier.BiasOffset, PixelClassifier.Classes));
        Assert.Contains(bias, value => value != 0);
    }

    [Fact]
    public void A_call_within_an_evaluation_between_two_steps_is_refused_in_the_name_of_the_evaluation()
    {
        using var trainer = Make(PixelClassifier.CreateDrawn(1), 1);
        var refusals = 0;
        Fit(trainer, "progress", () => trainer.Evaluate(new Source(() =>
        {
            var exception = Assert.Throws<InvalidOperationException>(() => trainer.SaveCheckpoint(Earlier));
            Assert.StartsWith("Trainer.SaveCheckpoint was called within Trainer.Evaluate, ", exception.Message, StringComparison.Ordinal);
            refusals++;
        })));
        Assert.Equal(10, refusals);
    }

    [Fact]
    public void A_call_that_throws_leaves_the_trainer_free()
    {
        var network = PixelClassifier.CreateDrawn(1);
        var trainer = Make(network, 1);
        trainer.SaveCheckpoint(Earlier);
        foreach (var place in new[] { "read", "validation", "progress", "schedule" })
        {
            Assert.Throws<NotSupportedException>(() => Fit(trainer, place, () => throw new NotSupportedException()));
            foreach (var call in Interposed.Concat(Exclusive.Where(call => call != "Dispose")))
                Call(trainer, call);
        }

        trainer.Dispose();
        trainer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Call(trainer, "Step"));
    }

    private static Trainer<PixelClassifier> Make(PixelClassifier network, int threads) => new(network, new Adam(0.01f), threads: threads);

    private static Dictionary<int, byte[]> Undisturbed()
    {
        var states = new Dictionary<int, byte[]>();
        foreach (var threads in new[] { 1, 2 })
        {
            var network = PixelClassifier.CreateDrawn(1);
            using var trainer = Make(network, threads);
            Fit(trainer, "nowhere", () => { });
            states[threads] = TrainerState.Of(trainer, network);
        }

        return states;
    }

    /// <summary>A run in which something is done, once, in the middle of the second epoch.</summary>
    private static void Fit(Trainer<PixelClassifier> trainer, string place, Action act, bool once = true)
    {
        var calls = 0;
        Action At(string here, int call) => () =>
        {
            if (here != place && !(here == "progress" && place == "another thread"))
                return;
            var number = Interlocked.Increment(ref calls);
            if (once ? number != call : number < call)
                return;
            if (place == "another thread")
                Elsewhere(act);
            else
                act();
        };

        // Three steps per epoch, of 4, 4 and 2 samples.
        trainer.Fit(
            new Source(At("read", 15)),
            Epochs,
            4,
            new Source(At("validation", 12)),
            new Watched(At("schedule", 5)),
            progress: new Watched(At("progress", 4)));
    }

    private static void Elsewhere(Action act)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(act));
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    private void Call(Trainer<PixelClassifier> trainer, string call)
    {
        var (inputs, labels) = PixelClassifier.Draw(2, 5);
        switch (call)
        {
            case "Step":
                trainer.Step(inputs, Array.ConvertAll(labels, label => (int)label));
                break;
            case "Step of targets":
                trainer.Step(inputs, new float[2 * PixelClassifier.OutputLength]);
                break;
            case "Fit":
                trainer.Fit(PixelClassifier.MakeDataset(4, 1), 1, 2);
                break;
            case "LoadCheckpoint":
                trainer.LoadCheckpoint(Earlier);
                break;
            case "Dispose":
                trainer.Dispose();
                break;
            case "Evaluate":
                trainer.Evaluate(PixelClassifier.MakeDataset(4, 1));
                break;
            case "SaveCheckpoint":
                trainer.SaveCheckpoint(Earlier);
                break;
            case "Freeze":
                trainer.Freeze("conv1.bias");
                break;
            case "Unfreeze":
                trainer.Unfreeze("conv1.bias");
                break;
            default:
                trainer.MaxGradientNorm = null;
                break;
        }
    }

    private sealed class Watched(Action act) : Schedule, IProgress<TrainingProgress>
    {
        public override float Factor(long step, int stepsPerEpoch, long totalSteps)
        {
            act();
            return 1;
        }

        public void Report(TrainingProgress value) => act();
    }

    private sealed class Source(Action act) : Dataset(10, PixelClassifier.InputLength, PixelClassifier.Classes, 0, PixelClassifier.Pixels)
    {
        private readonly Dataset _data = PixelClassifier.MakeDataset(10, 2);

        public override void CopyInput(int index, Span<float> destination)
        {
            act();
            _data.CopyInput(index, destination);
        }

        public override void CopyLabels(int index, Span<int> destination) => _data.CopyLabels(index, destination);
    }
}
