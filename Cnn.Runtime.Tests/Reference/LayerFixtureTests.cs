using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Reference.Tests;

/// <summary>Each reference layer against what PyTorch computes for it: fixtures/layers.safetensors.</summary>
public sealed class LayerFixtureTests
{
    private const double ForwardTolerance = 1e-5;
    private const double GradientTolerance = 1e-4;

    private static readonly FixtureFile Fixtures = FixtureFile.Open("layers");

    public static IEnumerable<object[]> Cases(string kind) => Fixtures.Tensors.Keys
        .Where(name => name.StartsWith(kind + ".", StringComparison.Ordinal) && name.EndsWith(".output", StringComparison.Ordinal))
        .Select(name => new object[] { name[..^".output".Length] });

    [Theory]
    [MemberData(nameof(Cases), "conv")]
    public void Convolution_agrees_with_PyTorch(string name)
    {
        var (window, input, outputGradient) = Windowed(name);
        var weight = Values(name + ".weight");
        var bias = Optional(name + ".bias");
        var dw = new double[weight.Length];
        var db = bias is null ? null : new double[bias.Length];

        var output = Convolution.Forward(input, weight, bias, outputGradient.Channels, window);
        var dx = Convolution.Backward(input, weight, outputGradient, window, dw, db);

        CheckOutput(name, output.Values);
        CheckGradient(name + ".input_gradient", dx.Values);
        CheckGradient(name + ".weight_gradient", dw);
        if (db is not null)
            CheckGradient(name + ".bias_gradient", db);
    }

    [Theory]
    [MemberData(nameof(Cases), "max_pool")]
    public void Max_pooling_agrees_with_PyTorch(string name)
    {
        var (window, input, outputGradient) = Windowed(name);

        CheckOutput(name, MaxPooling.Forward(input, window).Values);
        CheckGradient(name + ".input_gradient", MaxPooling.Backward(input, outputGradient, window).Values);
    }

    [Theory]
    [MemberData(nameof(Cases), "avg_pool")]
    public void Average_pooling_agrees_with_PyTorch(string name)
    {
        var (window, input, outputGradient) = Windowed(name);

        CheckOutput(name, AveragePooling.Forward(input, window).Values);
        CheckGradient(name + ".input_gradient", AveragePooling.Backward(input, outputGradient, window).Values);
    }

    [Theory]
    [MemberData(nameof(Cases), "dense")]
    public void A_dense_layer_agrees_with_PyTorch(string name)
    {
        var input = Values(name + ".input");
        var weight = Values(name + ".weight");
        var bias = Optional(name + ".bias");
        var outputGradient = Values(name + ".output_gradient");
        var dw = new double[weight.Length];
        var db = bias is null ? null : new double[bias.Length];

        var dx = Dense.Backward(input, weight, outputGradient, dw, db);

        CheckOutput(name, Dense.Forward(input, weight, bias, outputGradient.Length));
        CheckGradient(name + ".input_gradient", dx);
        CheckGradient(name + ".weight_gradient", dw);
        if (db is not null)
            CheckGradient(name + ".bias_gradient", db);
    }

    [Fact]
    public void Relu_agrees_with_PyTorch() => CheckActivation("relu.special", Relu.Forward, Relu.Backward);

    [Theory]
    [MemberData(nameof(Cases), "leaky_relu")]
    public void Leaky_relu_agrees_with_PyTorch(string name)
    {
        var slope = Fixtures[name + ".slope"].Scalar;
        CheckActivation(name, x => LeakyRelu.Forward(x, slope), (x, g) => LeakyRelu.Backward(x, g, slope));
    }

    [Fact]
    public void The_sigmoid_agrees_with_PyTorch() => CheckActivation("sigmoid.special", Sigmoid.Forward, Sigmoid.Backward);

    [Fact]
    public void The_hyperbolic_tangent_agrees_with_PyTorch() => CheckActivation("tanh.special", Tanh.Forward, Tanh.Backward);

    [Theory]
    [MemberData(nameof(Cases), "softmax")]
    public void Softmax_agrees_with_PyTorch(string name) => CheckActivation(name, Softmax.Forward, Softmax.Backward);

    [Fact]
    public void Dropout_with_a_given_mask_agrees_with_PyTorch()
    {
        const string Name = "dropout.given_mask";
        var keep = Fixtures[Name + ".keep"].Integers.Select(value => value == 1).ToArray();
        var rate = Fixtures[Name + ".rate"].Scalar;
        CheckActivation(Name, x => Dropout.Forward(x, keep, rate), (_, g) => Dropout.Backward(g, keep, rate));
    }

    [Fact]
    public void Reading_a_volume_channels_innermost_agrees_with_PyTorch()
    {
        const string Name = "flatten.hwc";
        var input = VolumeOf(Name + ".input");

        CheckOutput(Name, Flatten.Forward(input, hwc: true));
        CheckGradient(Name + ".input_gradient", Flatten.Backward(input, Values(Name + ".output_gradient"), hwc: true).Values);
    }

    [Theory]
    [InlineData("cross_entropy.plain")]
    [InlineData("cross_entropy.extreme")]
    public void The_cross_entropy_of_a_label_agrees_with_PyTorch(string name)
    {
        var logits = Values(name + ".input");
        var label = (int)Fixtures[name + ".label"].Scalar;

        CheckOutput(name, [CrossEntropy.Forward(logits, label)]);
        CheckGradient(name + ".input_gradient", CrossEntropy.Backward(logits, label));
    }

    [Fact]
    public void The_cross_entropy_of_a_distribution_agrees_with_PyTorch()
    {
        const string Name = "cross_entropy.distribution";
        var logits = Values(Name + ".input");
        var target = Values(Name + ".target");

        CheckOutput(Name, [CrossEntropy.Forward(logits, target)]);
        CheckGradient(Name + ".input_gradient", CrossEntropy.Backward(logits, target));
    }

    [Fact]
    public void The_mean_squared_error_agrees_with_PyTorch()
    {
        const string Name = "mse.plain";
        var output = Values(Name + ".input");
        var target = Values(Name + ".target");

        CheckOutput(Name, [MeanSquaredError.Forward(output, target)]);
        CheckGradient(Name + ".input_gradient", MeanSquaredError.Backward(output, target));
    }

    private static void CheckActivation(string name, Func<double[], double[]> forward, Func<double[], double[], double[]> backward)
    {
        var input = Values(name + ".input");
        CheckOutput(name, forward(input));
        CheckGradient(name + ".input_gradient", backward(input, Values(name + ".output_gradient")));
    }

    private static void CheckOutput(string name, double[] actual) =>
        Agreement.Check(Fixtures[name + ".output"].Values, actual, ForwardTolerance, name + ".output");

    private static void CheckGradient(string name, double[] actual) =>
        Agreement.Check(Fixtures[name].Values, actual, GradientTolerance, name);

    private static (Window Window, Volume Input, Volume OutputGradient) Windowed(string name) =>
        Fixtures[name + ".window"].Integers is [var kernelHeight, var kernelWidth, var stride, var top, var left, var bottom, var right]
            ? (new Window(kernelHeight, kernelWidth, stride, top, left, bottom, right),
                VolumeOf(name + ".input"),
                VolumeOf(name + ".output_gradient"))
            : throw new InvalidOperationException($"{name}.window must hold seven numbers.");

    private static Volume VolumeOf(string name) => Fixtures[name].Shape is [var channels, var height, var width]
        ? new Volume(channels, height, width, Values(name))
        : throw new InvalidOperationException($"{name} must have three dimensions.");

    private static double[] Values(string name) => Array.ConvertAll(Fixtures[name].Values, value => (double)value);

    private static double[]? Optional(string name) => Fixtures.Tensors.ContainsKey(name) ? Values(name) : null;
}
