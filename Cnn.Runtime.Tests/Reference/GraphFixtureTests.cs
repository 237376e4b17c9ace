using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Reference.Tests;

/// <summary>Graphs with batch normalisation against what PyTorch computes for them.</summary>
public sealed class GraphFixtureTests
{
    private const double Tolerance = 1e-5;

    /// <summary>Twenty steps in single precision, which is that of the stored parameters, against PyTorch's in double.</summary>
    private const double TrainedTolerance = 1e-4;

    public static TheoryData<string> Names => ["residual_chw", "unet_hwc", "gate_hwc"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_training_pass_agrees_with_PyTorch(string name)
    {
        var fixture = FixtureFile.Open(name);
        var actual = GraphFixtures.Gradients(fixture, GraphFixtures.Read(fixture));

        Agreement.Check([fixture["loss"].Scalar], [actual.Loss], Tolerance, "loss");
        Agreement.Check(fixture["logits"].Values, actual.Logits, Tolerance, "logits");
        Agreement.Check(fixture["outputs"].Values, actual.Output, Tolerance, "outputs");
        Agreement.Check(fixture["gradient.inputs"].Values, actual.Input, Tolerance, "gradient of the inputs");
        foreach (var parameter in fixture.ParameterNames)
            Agreement.Check(fixture["gradient." + parameter].Values, actual.Parameters[parameter], Tolerance, "gradient of " + parameter);
        Assert.Equal(
            fixture.Tensors.Keys.Where(key => key.StartsWith("after.", StringComparison.Ordinal)),
            actual.Buffers.Keys.Select(key => "after." + key));
        foreach (var (buffer, values) in actual.Buffers)
            Agreement.Check(fixture["after." + buffer].Values, values, Tolerance, buffer);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Inference_with_running_averages_agrees_with_PyTorch(string name)
    {
        var fixture = FixtureFile.Open(name);

        Agreement.Check(fixture["inference"].Values, Inference(fixture, GraphFixtures.Read(fixture)), Tolerance, "inference");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Twenty_steps_of_gradient_descent_follow_PyTorch(string name)
    {
        var fixture = FixtureFile.Open(name);
        var network = GraphFixtures.Read(fixture);
        var rate = float.Parse(fixture.Metadata["sgd_rate"], CultureInfo.InvariantCulture);
        var velocity = network.Parameters.ToDictionary(parameter => parameter.Name, parameter => new float[parameter.Values.Length]);
        var losses = new List<double>();

        for (var step = 0; step < 20; step++)
        {
            var gradients = GraphFixtures.Gradients(fixture, network);
            losses.Add(gradients.Loss);
            network.TakeBuffers(gradients);
            foreach (var parameter in network.Parameters)
            {
                var v = velocity[parameter.Name];
                for (var i = 0; i < v.Length; i++)
                {
                    v[i] = (0.9f * v[i]) + (float)gradients.Parameters[parameter.Name][i];
                    parameter.Values[i] -= rate * v[i];
                }
            }
        }

        Agreement.Check(fixture["sgd_losses"].Values, losses.ToArray(), TrainedTolerance, "losses");
        foreach (var tensor in network.Parameters.Concat(network.Buffers))
            Agreement.Check(fixture["sgd_final." + tensor.Name].Values, tensor.Values, TrainedTolerance, tensor.Name);
        Agreement.Check(fixture["sgd_inference"].Values, Inference(fixture, network), TrainedTolerance, "inference");
    }

    private static double[] Inference(FixtureFile fixture, ReferenceNetwork network) =>
        [.. fixture["inputs"].Values.Chunk(network.InputLength).SelectMany(input => network.Forward(input))];
}
