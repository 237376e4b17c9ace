using System;
using System.Linq;
using System.Threading;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>The promises of the public members beside the numbers.</summary>
[Trait("Category", "Numerics")]
public sealed class ContractTests
{
    [Theory]
    [InlineData("LeNet5")]
    [InlineData("Large")]
    public void Eight_threads_at_once_get_the_same_bits(string name)
    {
        const int Threads = 8;
        var network = SharedNetworks.Create(name);
        var inputs = SharedNetworks.Inputs(network, Threads);
        var expected = network.ForwardEach(inputs);
        var outputs = Enumerable.Range(0, Threads).Select(_ => new float[expected.Length]).ToArray();
        using var start = new Barrier(Threads);

        var threads = outputs.Select((output, index) => new Thread(() =>
        {
            start.SignalAndWait();
            for (var round = 0; round < 10; round++)
            {
                for (var n = 0; n < Threads; n++)
                {
                    // Each thread begins elsewhere, so that different samples are on their way at once.
                    var sample = (n + index) % Threads;
                    network.Forward(
                        inputs.AsSpan(sample * network.InputLength, network.InputLength),
                        output.AsSpan(sample * network.OutputLength, network.OutputLength));
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.All(outputs, output => Assert.Equal(expected, output));
    }

    [Fact]
    public void An_arena_above_the_limit_of_the_stack_is_the_threads_own()
    {
        var network = SharedNetworks.Large();
        Assert.True(network.ArenaBytes > 128 * 1024, $"The arena has only {network.ArenaBytes} bytes.");
        var input = SharedNetworks.Inputs(network, 1);
        var expected = network.ForwardEach(input);
        float[]? actual = null;

        // Far less stack than the arena needs.
        var thread = new Thread(() => actual = network.ForwardEach(input), 128 * 1024);
        thread.Start();
        thread.Join();

        Assert.Equal(expected, actual);
        Assert.Equal(Array.IndexOf(expected, expected.Max()), network.Predict(input));
    }

    [Theory]
    [InlineData(783)]
    [InlineData(785)]
    [InlineData(0)]
    public void An_input_of_another_length_is_refused_with_the_right_one(int length)
    {
        var network = SharedNetworks.LeNet5();

        Assert.Contains("784", Refusal(() => network.Forward(new float[length], new float[10])), StringComparison.Ordinal);
        Assert.Contains("784", Refusal(() => network.Predict(new float[length])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(11)]
    public void An_output_of_another_length_is_refused_with_the_right_one(int length)
    {
        var network = SharedNetworks.LeNet5();
        var input = SharedNetworks.Inputs(network, 1);

        Assert.Contains("10 floats", Refusal(() => network.Forward(input, new float[length])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_that_is_no_whole_number_of_samples_is_refused()
    {
        var network = SharedNetworks.LeNet5();

        Assert.Contains("784", Refusal(() => network.ForwardBatch(new float[785], new float[10], 1)), StringComparison.Ordinal);
        Assert.Contains("20", Refusal(() => network.ForwardBatch(new float[2 * 784], new float[10], 1)), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.ForwardBatch(new float[784], new float[10], 0));
    }

    [Fact]
    public void An_output_within_the_input_is_refused()
    {
        var network = SharedNetworks.LeNet5();
        var memory = SharedNetworks.Inputs(network, 2);
        var before = memory.ToArray();

        Assert.Contains(
            "overlap", Refusal(() => network.Forward(memory.AsSpan(0, 784), memory.AsSpan(780, 10))), StringComparison.Ordinal);
        Assert.Contains(
            "overlap", Refusal(() => network.ForwardBatch(memory.AsSpan(0, 784), memory.AsSpan(0, 10), 2)), StringComparison.Ordinal);
        Assert.Equal(before, memory);
    }

    [Fact]
    public void An_empty_batch_is_no_work()
    {
        SharedNetworks.LeNet5().ForwardBatch([], [], 4);
    }

    [Fact]
    public void The_same_dropout_seed_gives_the_same_bits_and_another_seed_does_not()
    {
        var network = SharedNetworks.Dropping();
        var batch = new Batch(SharedNetworks.Inputs(network, 3), SharedNetworks.Labels(network, 3), null);
        var workspace = TrainingRun.Workspace(network, 3);

        var first = TrainingRun.Of(network, batch, workspace, 3, seed: 1);
        var other = TrainingRun.Of(network, batch, workspace, 3, seed: 2);
        var again = TrainingRun.Of(network, batch, workspace, 3, seed: 1);

        Assert.Equal(first.Logits, again.Logits);
        Assert.Equal(first.Gradients, again.Gradients);
        Assert.NotEqual(first.Logits, other.Logits);
        Assert.NotEqual(first.Gradients, other.Gradients);
    }

    [Fact]
    public void The_backward_pass_adds_to_the_gradients()
    {
        var network = SharedNetworks.LeNet5();
        var batch = new Batch(SharedNetworks.Inputs(network, 7), SharedNetworks.Labels(network, 7), null);
        var workspace = TrainingRun.Workspace(network, 7);
        var single = TrainingRun.Of(network, batch, workspace, 7).Gradients;
        var twice = single.ToArray();

        network.TrainBackward(0, twice, workspace, 7, 7, 5);

        var largest = single.Max(Math.Abs);
        Assert.True(largest > 0);
        for (var i = 0; i < twice.Length; i++)
            Assert.InRange(twice[i] - (2 * single[i]), -1e-5f * largest, 1e-5f * largest);
    }

    [Fact]
    public void Below_the_lowest_trained_layer_no_gradient_is_computed()
    {
        var network = SharedNetworks.LeNet5();
        var batch = new Batch(SharedNetworks.Inputs(network, 3), SharedNetworks.Labels(network, 3), null);
        var workspace = TrainingRun.Workspace(network, 3);
        var all = TrainingRun.Of(network, batch, workspace, 3);
        foreach (var lowest in network.Parameters.Select(parameter => parameter.Layer).Distinct())
        {
            var some = new float[network.WeightsLength];
            TrainingRun.Forward(network, batch, workspace, 3);
            network.TrainBackward(0, some, workspace, 3, 3, 5, lowest);
            foreach (var parameter in network.Parameters)
            {
                var expected = LoadedNetwork.Canonical(parameter, all.Gradients);
                var actual = LoadedNetwork.Canonical(parameter, some);
                Assert.Equal(parameter.Layer < lowest ? new float[expected.Length] : expected, actual);
            }
        }
    }

    [Fact]
    public void A_project_that_checks_for_overflow_computes_the_same_bits()
    {
        var plain = SharedNetworks.Dropping();
        var checkedNetwork = SharedNetworks.Checked("Dropping");
        var batch = new Batch(SharedNetworks.Inputs(plain, 7), SharedNetworks.Labels(plain, 7), null);

        var expected = TrainingRun.Of(plain, batch, TrainingRun.Workspace(plain, 7), 7, seed: ulong.MaxValue);
        var actual = TrainingRun.Of(checkedNetwork, batch, TrainingRun.Workspace(checkedNetwork, 7), 7, seed: ulong.MaxValue);

        Assert.Equal(plain.ForwardEach(batch.Inputs), checkedNetwork.ForwardEach(batch.Inputs));
        Assert.Equal(expected.Logits, actual.Logits);
        Assert.Equal(expected.Gradients, actual.Gradients);
    }

    private static string Refusal(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}
