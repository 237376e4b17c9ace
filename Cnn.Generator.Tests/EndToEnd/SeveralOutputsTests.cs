using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Cnn.Generator.Tests.Support;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Predicting and training mean the last layer's output, whatever else leaves; one output is a yes or no.</summary>
[Trait("Category", "Numerics")]
public sealed class SeveralOutputsTests
{
    private const string Source = """
        using Cnn;

        [Input(4, 4, 1)]
        [Conv(2, 3, Padding = 1), Relu, MaxPool(2, Name = "pool1"), Output("pool1"), Flatten, Dense(3, Name = "digit")]
        public partial class Bare;

        [Input(4, 4, 1)]
        [Conv(2, 3, Padding = 1), Relu, MaxPool(2, Name = "pool1"), Output("pool1"), Flatten, Dense(3, Name = "digit"), Softmax]
        public partial class Soft;

        [Input(4, 4, 1)]
        [Conv(2, 3, Padding = 1), Relu, MaxPool(2, Name = "pool1"), Flatten, Dense(3, Name = "digit"), Softmax]
        public partial class Alone;

        [Input(4)]
        [Dense(3, Name = "shared"), Relu(Name = "shared.relu")]
        [Dense(2, Name = "left"), Softmax(Name = "colour"), Output("colour")]
        [Dense(3, From = "shared.relu", Name = "equals"), Output("equals"), Softmax, Output("input")]
        public partial class Heads;

        [Input(2), Dense(1, Name = "d")]
        public partial class Logit;

        [Input(2), Dense(1, Name = "d"), Sigmoid, Dropout(0.1)]
        public partial class Probability;

        [Input(2), Dense(1, Name = "d"), HardSigmoid, Output("d")]
        public partial class Both;
        """;

    private static readonly Lazy<NetworkBatch> Compiled = new(() => NetworkBatch.Compile(Source));

    [Fact]
    public void Predict_gives_the_class_of_the_last_layer_however_large_another_output_is()
    {
        var network = Compiled.Value.Create("Bare");
        network.SetParameters(parameter => parameter.Name switch
        {
            "digit.bias" => [-7, -5, -6],
            "conv1.bias" => [50, 40],
            _ => new float[parameter.Length],
        });
        Assert.Equal(1, network.Predict(new float[16]));
    }

    [Theory]
    [InlineData("Logit", 0.25f, 1)]
    [InlineData("Logit", -0.25f, 0)]
    [InlineData("Probability", 0.25f, 1)]
    [InlineData("Probability", -0.25f, 0)]
    [InlineData("Both", 0.25f, 1)]
    [InlineData("Both", -0.25f, 0)]
    [InlineData("Logit", float.NaN, 0)]
    public void A_single_output_predicts_yes_above_zero_as_a_logit_and_above_a_half_as_a_probability(string name, float logit, int expected)
    {
        var network = Compiled.Value.Create(name);
        network.SetParameters(parameter => parameter.Name == "d.bias" ? [logit] : [0, 0]);
        Assert.Equal(expected, network.Predict([1, 1]));
    }

    [Fact]
    public void The_outputs_are_named_with_their_shapes_and_ranges()
    {
        Assert.Equal(
            [("Main", "digit", 0, 3, 1, 0), ("Pool1", "pool1", 3, 2, 2, 2)],
            Named("Bare").Select(output => (output.Member, output.Value.Name, output.Value.Offset, output.Value.Height, output.Value.Width, output.Value.Channels)));

        // A name that a class has already gets an underscore.
        Assert.Equal(["Main", "Colour", "Equals_", "Input"], Named("Heads").Select(output => output.Member));
        Assert.Equal([0..3, 3..5, 5..8, 8..12], Named("Heads").Select(output => output.Value.Range));
        Assert.Null(Compiled.Value.Assembly.GetType("Alone", true)!.GetNestedType("Outputs"));
    }

    [Fact]
    public void A_range_cuts_an_output_out_of_the_whole()
    {
        Assert.Empty(Harness.Run(
            "using Cnn; [Input(2), Dense(3, Name = \"x\"), Output(\"x\"), Dense(1)] public partial class Net; public static class Use { public static "
            + "System.Span<float> Of(System.Span<float> output) => output[Net.Outputs.X.Range][..Net.Outputs.Main.Length]; }").CompilerProblems
            .Where(problem => problem.Id != "CS1591"));
    }

    [Fact]
    public void Training_with_labels_is_that_of_the_network_without_the_other_output()
    {
        var inputs = DrawnNumbers.Of(new Random(3), 5 * 16);
        int[] labels = [0, 1, 2, 1, 0];
        float[]? expected = null;
        foreach (var name in new[] { "Alone", "Soft", "Bare" })
        {
            var network = Compiled.Value.Create(name, seed: 4);
            var step = network.Trainer(new Sgd(0.1f), 2);
            for (var i = 0; i < 3; i++)
                step(inputs, labels);
            var weights = network.Parameters.SelectMany(parameter => LoadedNetwork.Canonical(parameter, network.Weights)).ToArray();
            Agreement.Check((expected ??= weights).Select(weight => (double)weight).ToArray(), weights, 1e-5, name);
        }
    }

    [Fact]
    public void Of_two_heads_that_end_in_a_softmax_the_last_is_trained_on_its_logits()
    {
        var network = Compiled.Value.Create("Heads", seed: 2);
        network.SetParameters(parameter => parameter.Name == "equals.bias" ? [2, 1, 0] : new float[parameter.Length]);
        var loss = network.Trainer(new Sgd(1), 1)([1, 1, 1, 1], [2]);

        // The softmax of a softmax would give ln 3 almost.
        var sum = Math.Exp(2) + Math.Exp(1) + 1;
        Assert.Equal(Math.Log(sum), loss, 1e-5);
        var bias = LoadedNetwork.Canonical(network.Parameters.Single(parameter => parameter.Name == "equals.bias"), network.Weights);
        Agreement.Check([2 - (Math.Exp(2) / sum), 1 - (Math.Exp(1) / sum), 1 - (1 / sum)], bias, 1e-5, "equals.bias");
    }

    private static IEnumerable<(string Member, NetworkOutput Value)> Named(string network) => Compiled.Value.Assembly.GetType(network, true)!
        .GetNestedType("Outputs")!
        .GetProperties(BindingFlags.Public | BindingFlags.Static)
        .Select(property => (property.Name, (NetworkOutput)property.GetValue(null)!));
}
