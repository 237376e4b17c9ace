using System;
using System.Linq;
using System.Threading;
using Cnn.Zoo.Tests.Support;
using Xunit;

namespace Cnn.Zoo.Tests;

/// <summary>What a call promises beside its numbers.</summary>
[Collection("PyTorch")]
public sealed class CallTests(PyTorchFixture fixture)
{
    [Theory]
    [MemberData(nameof(Networks.Cases), MemberType = typeof(Networks))]
    public void A_call_allocates_nothing(string name, string order)
    {
        var run = fixture.PyTorch.Of(name);
        var network = Networks.Get(name, order);
        var instance = network.Load(run.Weights);
        var input = run.Numbers["input." + order].Values;
        var output = new float[network.OutputLength];

        // The first makes the working memory of this thread.
        instance.Forward(input, output);
        var before = GC.GetAllocatedBytesForCurrentThread();
        instance.Forward(input, output);
        instance.Forward(input, output);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [MemberData(nameof(Networks.Cases), MemberType = typeof(Networks))]
    public void Threads_that_call_at_once_get_the_bits_of_a_single_one(string name, string order)
    {
        const int Threads = 3;
        var run = fixture.PyTorch.Of(name);
        var network = Networks.Get(name, order);
        var instance = network.Load(run.Weights);
        var inputs = Enumerable.Range(0, Threads).Select(index => Scaled(run.Numbers["input." + order].Values, index)).ToArray();
        var expected = inputs.Select(input => Output(instance, network, input)).ToArray();
        var actual = new float[Threads][];
        using var start = new Barrier(Threads);

        var threads = Enumerable.Range(0, Threads).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            actual[index] = Output(instance, network, inputs[index]);
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
        var run = fixture.PyTorch.Of(name);
        var step = Networks.Get(name, order).Load(run.Weights).Trainer(new Sgd(1e-4f, momentum: 0.9f), threads: 1);
        var inputs = run.Numbers["inputs." + order].Values;
        var labels = run.Numbers["labels"].Integers;

        step(inputs, labels);
        var before = GC.GetAllocatedBytesForCurrentThread();
        step(inputs, labels);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static float[] Output(ZooInstance instance, ZooNetwork network, float[] input)
    {
        var output = new float[network.OutputLength];
        instance.Forward(input, output);
        return output;
    }

    private static float[] Scaled(float[] input, int index) => Array.ConvertAll(input, value => value / (index + 1));
}
