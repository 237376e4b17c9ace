using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Reference.Tests;

/// <summary>The layers of graphs against what PyTorch computes for each: fixtures/windows.safetensors and units.safetensors.</summary>
public sealed class GraphLayerFixtureTests
{
    private const double Tolerance = 1e-5;

    private static readonly FixtureFile Windows = FixtureFile.Open("windows");
    private static readonly FixtureFile Units = FixtureFile.Open("units");

    public static TheoryData<string> WindowCases => [.. FixtureLayers.Cases(Windows)];

    public static TheoryData<string> UnitCases =>
        [.. FixtureLayers.Cases(Units).Where(name => !name.Contains("entropy.") && !name.StartsWith("huber.", StringComparison.Ordinal))];

    public static TheoryData<string> PixelCases =>
        [.. FixtureLayers.Cases(Units).Where(name => name.StartsWith("pixel_", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(WindowCases))]
    public void A_layer_with_a_window_agrees_with_PyTorch(string name) => Check(Windows, name);

    [Theory]
    [MemberData(nameof(UnitCases))]
    public void A_layer_without_a_window_agrees_with_PyTorch(string name) => Check(Units, name);

    [Theory]
    [InlineData("batchnorm.volume")]
    [InlineData("batchnorm.vector")]
    [InlineData("batchnorm.plain")]
    public void Running_averages_and_inference_of_batch_normalisation_agree_with_PyTorch(string name)
    {
        var layer = Assert.IsType<ReferenceLayer.BatchNorm>(FixtureLayers.Read(Units, name));
        var inputs = FixtureLayers.Samples(Units[name + ".input"]);
        var weight = Optional(name + ".weight");
        var bias = Optional(name + ".bias");
        var mean = Values(name + ".running_mean");
        var variance = Values(name + ".running_var");

        var after = BatchNorm.Running(mean, variance, BatchNorm.Statistics(inputs), layer.Momentum);
        var outputs = inputs.SelectMany(input => BatchNorm.Forward(input, weight, bias, mean, variance, layer.Epsilon).Values).ToArray();

        Agreement.Check(Units[name + ".mean_after"].Values, after.Mean, Tolerance, "running_mean");
        Agreement.Check(Units[name + ".var_after"].Values, after.Variance, Tolerance, "running_var");
        Agreement.Check(Units[name + ".inference"].Values, outputs, Tolerance, "inference");
    }

    [Theory]
    [MemberData(nameof(PixelCases))]
    public void The_cross_entropy_per_pixel_agrees_with_PyTorch(string name)
    {
        var logits = FixtureLayers.Samples(Units[name + ".input"])[0];
        var smoothing = Units[name + ".settings"].Scalar;
        var target = Units.Tensors.TryGetValue(name + ".labels", out var labels)
            ? PixelCrossEntropy.OneHot(logits.Shape, labels.Integers)
            : FixtureLayers.Samples(Units[name + ".target"])[0];

        CheckLoss(name, PixelCrossEntropy.Forward(logits, target, smoothing), PixelCrossEntropy.Backward(logits, target, smoothing).Values);
    }

    [Fact]
    public void The_cross_entropy_with_label_smoothing_agrees_with_PyTorch()
    {
        const string Name = "smooth_cross_entropy.label";
        var logits = Values(Name + ".input");
        var label = Units[Name + ".labels"].Integers[0];
        var smoothing = Units[Name + ".settings"].Scalar;

        CheckLoss(Name, CrossEntropy.Forward(logits, label, smoothing), CrossEntropy.Backward(logits, label, smoothing));
    }

    [Fact]
    public void The_binary_cross_entropy_on_logits_agrees_with_PyTorch()
    {
        const string Name = "binary_cross_entropy.plain";
        var logits = Values(Name + ".input");
        var target = Values(Name + ".target");

        CheckLoss(Name, BinaryCrossEntropy.Forward(logits, target), BinaryCrossEntropy.Backward(logits, target));
    }

    [Theory]
    [InlineData("huber.delta_1.0")]
    [InlineData("huber.delta_0.7")]
    public void The_Huber_loss_agrees_with_PyTorch(string name)
    {
        var output = Values(name + ".input");
        var target = Values(name + ".target");
        var delta = Units[name + ".settings"].Scalar;

        CheckLoss(name, Huber.Forward(output, target, delta), Huber.Backward(output, target, delta));
    }

    private static void CheckLoss(string name, double loss, double[] gradient)
    {
        Agreement.Check(Units[name + ".output"].Values, [loss], Tolerance, name);
        Agreement.Check(Units[name + ".input_gradient"].Values, gradient, Tolerance, name + ".input_gradient");
    }

    private static void Check(FixtureFile fixture, string name)
    {
        List<string> inputs = ["input", "input2", "input3"];
        inputs.RemoveAll(role => !fixture.Tensors.ContainsKey($"{name}.{role}"));
        var pass = new LayerPass(
            FixtureLayers.Read(fixture, name),
            [.. inputs.Select(role => FixtureLayers.Samples(fixture[$"{name}.{role}"]))],
            isHwc: name is "reshape.hwc" or "reshape.vector",
            fixture.Tensors.TryGetValue(name + ".keep", out var keep) ? [[.. keep.Values.Select(value => value == 1)]] : null);
        foreach (var (suffix, values) in pass.Run.Tensors)
            Array.ConvertAll(fixture[$"{name}.{suffix}"].Values, value => (double)value).CopyTo(values, 0);

        var outputs = pass.Forward();
        var gradients = pass.Backward(FixtureLayers.Samples(fixture[name + ".output_gradient"]));

        Agreement.Check(fixture[name + ".output"].Values, Joined(outputs), Tolerance, name + ".output");
        foreach (var (role, gradient) in inputs.Zip(gradients))
            Agreement.Check(fixture[$"{name}.{role}_gradient"].Values, Joined(gradient), Tolerance, $"{name}.{role}_gradient");
        foreach (var (suffix, gradient) in pass.Run.Gradients)
            Agreement.Check(fixture[$"{name}.{suffix}_gradient"].Values, gradient, Tolerance, $"{name}.{suffix}_gradient");
    }

    private static double[] Joined(Volume[] samples) => [.. samples.SelectMany(sample => sample.Values)];

    private static double[] Values(string name) => Array.ConvertAll(Units[name].Values, value => (double)value);

    private static double[]? Optional(string name) => Units.Tensors.ContainsKey(name) ? Values(name) : null;
}
