using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cnn.Tests.Support;
using Cnn.Zoo.Tests.Support;
using Xunit;

namespace Cnn.Zoo.Tests;

/// <summary>Training with batch normalisation beside PyTorch's, from the same weights on the same batch.</summary>
[Collection("PyTorch")]
public sealed class TrainingTests(PyTorchFixture fixture)
{
    private const int Steps = 20;
    private const double GradientTolerance = 1e-3;
    private const double StepsTolerance = 1e-3;

    /// <summary>A power of two so large that a step leaves nothing of the weight but its gradient, to the last bits.</summary>
    private const float EnormousRate = 1 << 20;

    /// <summary>
    /// The terms of the gradient of a bias in front of a batch normalisation cancel altogether, and rounding is left. A tensor's scale is
    /// therefore at least this part of the network's largest gradient.
    /// </summary>
    private const double Cancelled = 1e-2;

    [Theory]
    [MemberData(nameof(Networks.TrainedCases), MemberType = typeof(Networks))]
    public void Gradients_are_PyTorchs(string name, string order)
    {
        var run = fixture.PyTorch.Of(name);
        var instance = Networks.Undropped(name, order).Load(run.Weights);
        var before = instance.Tensors();

        instance.Trainer(new Sgd(EnormousRate), threads: 2)(run.Numbers["inputs." + order].Values, run.Numbers["labels"].Integers);

        var after = instance.Tensors();
        var gradients = run.Numbers.ParameterNames.ToDictionary(
            key => key,
            key => before[key].Zip(after[key], (from, to) => ((double)from - to) / EnormousRate).ToArray());
        var expected = gradients.ToDictionary(entry => entry.Key, entry => run.Numbers["gradient." + entry.Key].Values);
        Assert.Equal(Networks.Undropped(name, order).Parameters.Count(tensor => !tensor.IsBuffer), gradients.Count);
        CheckAll(expected, gradients, GradientTolerance);
    }

    [Theory]
    [MemberData(nameof(Networks.TrainedCases), MemberType = typeof(Networks))]
    public void Twenty_steps_of_SGD_keep_to_PyTorchs(string name, string order)
    {
        var run = fixture.PyTorch.Of(name);
        var instance = Networks.Undropped(name, order).Load(run.Weights);
        var before = instance.Tensors();
        var rate = float.Parse(run.Numbers.Metadata["rate"], CultureInfo.InvariantCulture);
        var step = instance.Trainer(new Sgd(rate, momentum: 0.9f), threads: 2);
        var inputs = run.Numbers["inputs." + order].Values;
        var labels = run.Numbers["labels"].Integers;

        var losses = Enumerable.Range(0, Steps).Select(_ => step(inputs, labels)).ToArray();

        Assert.Equal(Steps, run.Numbers["losses"].Values.Length);
        foreach (var (expected, actual) in run.Numbers["losses"].Values.Zip(losses))
            Assert.InRange(actual, expected * (1 - StepsTolerance), expected * (1 + StepsTolerance));
        foreach (var (key, values) in instance.Tensors())
        {
            var final = run.Numbers["final." + key].Values;
            Assert.NotEqual(before[key], values);
            Agreement.Check(final, values, StepsTolerance, key);
        }
    }

    private static void CheckAll(Dictionary<string, float[]> expected, Dictionary<string, double[]> actual, double tolerance)
    {
        var network = expected.Values.Max(Largest);
        foreach (var (key, values) in expected)
        {
            var scale = Math.Max(Largest(values), Cancelled * network);
            var error = values.Zip(actual[key]).Max(pair => double.IsFinite(pair.Second) ? Math.Abs(pair.First - pair.Second) : double.MaxValue);
            Assert.True(error <= tolerance * scale, $"The gradient of {key} is off by {error / scale:R} of its scale.");
        }
    }

    private static double Largest(float[] values) => values.Max(value => Math.Abs((double)value));
}
