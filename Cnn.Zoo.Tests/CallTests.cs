using System;
using System.Linq;
using System.Threading;
using Cnn.Tests.Support;
using Cnn.Zoo.Tests.Support;
using Xunit;

namespace Cnn.Zoo.Tests;

/// <summary>The promises of a call beside its numbers.</summary>
public sealed class CallTests
{
    private const int Seed = 1;

    [Theory]
    [MemberData(nameof(Networks.Cases), MemberType = typeof(Networks))]
    public void A_call_allocates_nothing(string name, string order)
    {
        var network = Networks.Get(name, order);
        var instance = network.Create(Seed);
        var input = network.Input(Seed);
        var output = new float[network.OutputLength];

        Allocation.AssertNone(() => instance.Forward(input, output), calls: 2);
    }

    [Theory]
    [MemberData(nameof(Networks.Cases), MemberType = typeof(Networks))]
    public void Threads_that_call_at_once_get_the_bits_of_a_single_one(string name, string order)
    {
        const int Threads = 3;
        var network = Networks.Get(name, order);
        var instance = network.Create(Seed);
        var inputs = Enumerable.Range(0, Threads).Select(network.Input).ToArray();
        var expected = Array.ConvertAll(inputs, input => instance.Output(network, input));
        var actual = new float[Threads][];
        using var start = new Barrier(Threads);

        var threads = Enumerable.Range(0, Threads).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            actual[index] = instance.Output(network, inputs[index]);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(expected, actual);
        Assert.NotEqual(expected[0], expected[1]);
    }

    [Theory]
    [MemberData(nameof(Networks.TrainedCases), MemberType = typeof(Networks))]
    public void A_step_of_training_allocates_nothing(string name, string order)
    {
        const int Batch = 2;
        var network = Networks.Get(name, order);
        var step = network.Create(Seed).Trainer(new Sgd(1e-4f, momentum: 0.9f), threads: 1);
        float[] inputs = [.. network.Input(1), .. network.Input(2)];
        var labels = new int[Batch * network.Labels];

        Allocation.AssertNone(() => step(inputs, labels), calls: 2);
    }
}
