using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Reference.Tests;

// Inside the namespace, where the layers of a chain win over the static classes of the same names.
using static Cnn.Reference.ReferenceLayer;

/// <summary>The reference network against what PyTorch computes for whole networks.</summary>
public sealed class NetworkFixtureTests
{
    private const double ForwardTolerance = 1e-5;
    private const double GradientTolerance = 1e-4;

    [Fact]
    public void The_lecture_network_agrees_with_PyTorch()
    {
        var fixture = FixtureFile.Open("lenet5_lecture");
        var network = Load(fixture, LeNet5(32, 3, padding: 0));

        CheckLabelled(fixture, network, fixture["inputs"].Values, fixture["labels"].Integers);
    }

    [Fact]
    public void LeNet5_on_digits_agrees_with_PyTorch()
    {
        var fixture = FixtureFile.Open("lenet5_mnist");
        var network = Load(fixture, LeNet5(28, 1, padding: 2));

        CheckLabelled(fixture, network, Digits(fixture)[..(16 * 784)], fixture["labels"].Integers[..16]);
    }

    [Fact]
    public void Fifty_steps_of_gradient_descent_with_momentum_follow_PyTorch()
    {
        var fixture = FixtureFile.Open("lenet5_mnist");
        var network = Load(fixture, LeNet5(28, 1, padding: 2));
        var digits = Digits(fixture);
        var labels = fixture["labels"].Integers;
        var velocity = network.Parameters.ToDictionary(p => p.Name, p => new float[p.Values.Length]);
        var losses = new List<double>();

        for (var step = 0; step < 50; step++)
        {
            var batch = step % 4 * 16;
            var gradients = network.MeanGradients(digits.AsSpan(batch * 784, 16 * 784), labels.AsSpan(batch, 16));
            losses.Add(gradients.Loss);
            foreach (var parameter in network.Parameters)
            {
                // v = momentum * v + dL/dp; p = p - rate * v.
                var v = velocity[parameter.Name];
                for (var i = 0; i < v.Length; i++)
                {
                    v[i] = (0.9f * v[i]) + (float)gradients.Parameters[parameter.Name][i];
                    parameter.Values[i] -= 0.05f * v[i];
                }
            }
        }

        var final = Enumerable.Range(0, 64).Average(
            n => CrossEntropy.Forward(network.Gradients(digits.AsSpan(n * 784, 784), labels[n]).Logits, labels[n]));

        // Fifty steps amplify the rounding of the first: 1e-3, as the issue of the whole line demands of the compiled networks.
        Agreement.Check(fixture["sgd_losses"].Values, losses.ToArray(), 1e-3, "losses");
        Agreement.Check(fixture["sgd_final_loss"].Values, [final], 1e-3, "final loss");
        foreach (var parameter in network.Parameters.Where(p => fixture.Tensors.ContainsKey("sgd_final." + p.Name)))
            Agreement.Check(fixture["sgd_final." + parameter.Name].Values, parameter.Values, 1e-3, parameter.Name);
    }

    [Fact]
    public void Same_padding_strides_and_channels_innermost_agree_with_PyTorch()
    {
        var fixture = FixtureFile.Open("same_hwc");
        var network = Load(fixture, new ReferenceNetwork(
            10,
            11,
            3,
            true,
            new Conv(8, 3, 3, 2, 0, 1, 1, 1), new LeakyRelu(0.1),
            new Conv(5, 4, 4, 1, 1, 1, 2, 2, Bias: false), new Tanh(), new AvgPool(2, 2),
            new Flatten(),
            new Dense(7, Bias: false), new Sigmoid(),
            new Dense(4), new Softmax()));

        CheckLabelled(fixture, network, fixture["inputs"].Values, fixture["labels"].Integers);
    }

    [Fact]
    public void Padded_pooling_a_rectangular_kernel_and_the_squared_error_agree_with_PyTorch()
    {
        var fixture = FixtureFile.Open("regression_chw");
        var network = Load(fixture, new ReferenceNetwork(
            10,
            9,
            2,
            false,
            new Conv(4, 5, 3, Bias: false), new Tanh(), new AvgPool(3, 2, 1, 1, 1, 1),
            new Conv(9, 3, 3, 1, 1, 1, 1, 1), new Sigmoid(), new MaxPool(3, 2, 1, 1, 1, 1),
            new Flatten(),
            new Dense(6), new LeakyRelu(),
            new Dense(3)));

        CheckTargets(fixture, network);
    }

    [Fact]
    public void A_volume_as_output_agrees_with_PyTorch()
    {
        var fixture = FixtureFile.Open("volume_hwc");
        var network = Load(fixture, new ReferenceNetwork(
            9,
            11,
            3,
            true,
            new Conv(10, 3, 3, 2, 1, 1, 1, 1), new Relu(),
            new Conv(3, 2, 2), new Tanh(), new MaxPool(2, 1)));

        CheckTargets(fixture, network);
    }

    private static ReferenceNetwork LeNet5(int size, int channels, int padding) => new(
        size,
        size,
        channels,
        false,
        new Conv(6, 5, 5, 1, padding, padding, padding, padding), new Relu(), new MaxPool(2, 2),
        new Conv(16, 5, 5), new Relu(), new MaxPool(2, 2),
        new Flatten(),
        new Dense(120), new Relu(),
        new Dense(84), new Relu(),
        new Dense(10), new Softmax());

    private static ReferenceNetwork Load(FixtureFile fixture, ReferenceNetwork network)
    {
        Assert.Equal(fixture.ParameterNames, network.Parameters.Select(parameter => parameter.Name));
        foreach (var parameter in network.Parameters)
        {
            Assert.Equal(fixture[parameter.Name].Shape, parameter.Shape);
            fixture[parameter.Name].Values.CopyTo(parameter.Values, 0);
        }

        return network;
    }

    private static float[] Digits(FixtureFile fixture) => [.. fixture["digits"].Values.Select(pixel => pixel / 255)];

    private static void CheckLabelled(FixtureFile fixture, ReferenceNetwork network, float[] inputs, int[] labels) =>
        Check(fixture, network, inputs, network.MeanGradients(inputs, labels));

    private static void CheckTargets(FixtureFile fixture, ReferenceNetwork network) => Check(
        fixture,
        network,
        fixture["inputs"].Values,
        network.MeanGradients(fixture["inputs"].Values, fixture["targets"].Values, ReferenceLoss.MeanSquaredError));

    private static void Check(FixtureFile fixture, ReferenceNetwork network, float[] inputs, ReferenceGradients actual)
    {
        var outputs = inputs.Chunk(network.InputLength).SelectMany(input => network.Forward(input)).ToArray();
        Agreement.Check(fixture["outputs"].Values, outputs, ForwardTolerance, "outputs");
        Agreement.Check(fixture["outputs"].Values, actual.Output, ForwardTolerance, "outputs in training");
        Agreement.Check(fixture["logits"].Values, actual.Logits, ForwardTolerance, "logits");
        Agreement.Check([fixture["loss"].Scalar], [actual.Loss], ForwardTolerance, "loss");
        foreach (var (name, gradient) in actual.Parameters)
            Agreement.Check(fixture["gradient." + name].Values, gradient, GradientTolerance, name);
        if (fixture.Tensors.TryGetValue("gradient.inputs", out var inputGradient))
            Agreement.Check(inputGradient.Values, actual.Input, GradientTolerance, "gradient.inputs");
    }
}
