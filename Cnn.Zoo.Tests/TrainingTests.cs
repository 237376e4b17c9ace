using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Cnn.Zoo.Tests.Support;
using Xunit;

namespace Cnn.Zoo.Tests;

/// <summary>Training with batch normalisation beside PyTorch's, from the same weights on the same batch.</summary>
[Collection("PyTorch")]
[Trait("Category", "PyTorch")]
public sealed class TrainingTests(PyTorchFixture fixture)
{
    private const int Steps = 20;

    /// <summary>
    /// This part of a tensor's scale, and what rounding may do: a millionth of the inputs moves some inputs of ReLU and of the maximum over a
    /// bend, and PyTorch says how far its own gradient goes with them.
    /// </summary>
    private const double GradientTolerance = 1e-3;

    private const double LossTolerance = 1e-3;

    /// <summary>
    /// This part of the way that the weights of a tensor go, and what rounding may do: it moves inputs of ReLU that are next to nothing over the
    /// bend, which turns their part of the gradient on or off, and PyTorch says how far the weights go apart where it turns all of those on, or off.
    /// </summary>
    private const double MoveTolerance = 2e-2;

    /// <summary>A power of two so large that a step leaves nothing of the weight but its gradient, to the last bits.</summary>
    private static readonly float EnormousRate = 1 << 20;

    /// <summary>
    /// The terms of the gradient of a bias before a batch normalisation cancel altogether, and rounding is left. A tensor's scale is
    /// therefore at least this part of the network's.
    /// </summary>
    private const double Cancelled = 1e-2;

    [Theory]
    [MemberData(nameof(Networks.TrainedCases), MemberType = typeof(Networks))]
    public void Gradients_are_PyTorchs(string name, string order)
    {
        var run = fixture.PyTorch.Of(name);
        var instance = Networks.Undropped(name, order).Load(run.Weights);
        var before = instance.Tensors();

        instance.Trainer(new Sgd(EnormousRate), threads: 2)(
            run.Numbers["smooth.inputs." + order].Values, run.Numbers["smooth.labels"].Integers);

        var after = instance.Tensors();
        var names = run.Numbers.ParameterNames.ToList();
        Assert.Equal(Networks.Undropped(name, order).Parameters.Count(tensor => !tensor.IsBuffer), names.Count);
        CheckAll(
            names,
            key => Array.ConvertAll(run.Numbers["gradient." + key].Values, value => (double)value),
            key => [.. Difference(before[key], after[key]).Select(value => value / EnormousRate)],
            GradientTolerance,
            key => run.Numbers["noise." + key].Values[0]);
    }

    [Theory]
    [MemberData(nameof(Networks.TrainedCases), MemberType = typeof(Networks))]
    public void Each_of_twenty_steps_of_SGD_is_PyTorchs(string name, string order)
    {
        var run = fixture.PyTorch.Of(name);
        var instance = Networks.Undropped(name, order).Load(run.Weights);
        var step = Step(run, instance, order);
        foreach (var (before, loss) in run.Numbers["losses"].Values.Index())
        {
            instance.LoadInto(run.Behind(before));
            Assert.InRange(step(), loss * (1 - LossTolerance), loss * (1 + LossTolerance));
            CheckMove(run, instance, order, before, before + 1, key => run.Numbers[$"noise{before + 1}.{key}"].Values[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Networks.SmoothCases), MemberType = typeof(Networks))]
    public void Twenty_steps_of_SGD_keep_to_PyTorchs(string name, string order)
    {
        var run = fixture.PyTorch.Of(name);
        var instance = Networks.Undropped(name, order).Load(run.Weights);
        var step = Step(run, instance, order);
        foreach (var loss in run.Numbers["losses"].Values)
            Assert.InRange(step(), loss * (1 - LossTolerance), loss * (1 + LossTolerance));
        CheckMove(run, instance, order, 0, Steps, _ => 0);
    }

    /// <summary>A step of a trainer with momentum on the batch of a run; gives the loss before it.</summary>
    private static Func<float> Step(PyTorchRun run, ZooInstance instance, string order)
    {
        Assert.Equal(Steps, run.Numbers["losses"].Values.Length);
        var rate = float.Parse(run.Numbers.Metadata["rate"], CultureInfo.InvariantCulture);
        var step = instance.Trainer(new Sgd(rate, momentum: 0.9f), threads: 2);
        var inputs = run.Numbers["inputs." + order].Values;
        var labels = run.Numbers["labels"].Integers;
        return () => step(inputs, labels);
    }

    /// <summary>Holds the way that the weights and the running averages went between two numbers of steps to PyTorch's.</summary>
    private static void CheckMove(PyTorchRun run, ZooInstance instance, string order, int first, int last, Func<string, double> noise)
    {
        var network = Networks.Undropped(Path.GetFileName(run.Folder), order);
        var before = network.Load(run.Behind(first)).Tensors();
        var expected = network.Load(run.Behind(last)).Tensors();
        var actual = instance.Tensors();
        var trained = run.Numbers.ParameterNames.ToList();
        var averages = before.Keys.Except(trained).ToList();
        foreach (var (names, rounding) in new[] { (trained, noise), (averages, _ => 0) })
            CheckAll(names, key => Difference(before[key], expected[key]), key => Difference(before[key], actual[key]), MoveTolerance, rounding);
    }

    private static void CheckAll(
        List<string> names, Func<string, double[]> expected, Func<string, double[]> actual, double tolerance, Func<string, double> noise)
    {
        var all = names.ToDictionary(key => key, expected);
        var network = all.Values.Max(Largest);
        foreach (var (key, values) in all)
        {
            var scale = Math.Max(Largest(values), Cancelled * network);
            var error = values.Zip(actual(key)).Max(pair => double.IsFinite(pair.Second) ? Math.Abs(pair.First - pair.Second) : double.MaxValue);
            Assert.True(error <= (tolerance * scale) + noise(key), $"{key} is off by {error / scale:R} of its scale, {scale:R}.");
        }
    }

    private static double[] Difference(float[] from, float[] to) => [.. from.Zip(to, (first, second) => (double)first - second)];

    private static double Largest(double[] values) => values.Max(Math.Abs);
}
