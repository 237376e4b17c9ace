using System;
using System.Linq;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;

namespace Cnn.Reference.Tests;

/// <summary>The parts that make a reference network a graph: names, joins, several outputs, buffers, masks of a batch.</summary>
public sealed class ReferenceGraphTests
{
    /// <summary>A smooth graph with two branches, every kind of join, batch normalisation, both dropouts and two outputs.</summary>
    private static readonly ReferenceNode[] Branches =
    [
        new("a", new ReferenceLayer.Conv(3, new Window(3, 2, 1, 1, 0, 1, 1))),
        new("bn", new ReferenceLayer.BatchNorm(0.1)),
        new("act", new ReferenceLayer.Silu()),
        new("drop", new ReferenceLayer.SpatialDropout(0.5)),
        new("b", new ReferenceLayer.ConvTranspose(3, new Window(1, 1)), "input"),
        new("sum", new ReferenceLayer.Add(), "b", "drop", "b"),
        new("pool", new ReferenceLayer.GlobalAvgPool()),
        new("squeeze", new ReferenceLayer.Conv(3, new Window(1, 1))),
        new("gate", new ReferenceLayer.Sigmoid()),
        new("gated", new ReferenceLayer.Multiply(), "gate", "sum"),
        new("joined", new ReferenceLayer.Concat(), "gated", "input"),
        new("dropped", new ReferenceLayer.Dropout(0.25)),
        new("flat", new ReferenceLayer.Flatten()),
        new("norm", new ReferenceLayer.BatchNorm(0.1, Affine: false)),
        new("head", new ReferenceLayer.Dense(3)),
    ];

    [Fact]
    public void The_gradients_of_a_graph_over_a_batch_are_its_finite_differences() =>
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[0, 1_000_000]).ForAll(
            (isHwc, masked, seed) =>
            {
                var random = new Random(seed);
                var network = new ReferenceNetwork(3, 4, 2, isHwc, Branches, ["head", "gated"]);
                foreach (var parameter in network.Parameters)
                    Floats(random, parameter.Values.Length).CopyTo(parameter.Values, 0);
                const int Count = 3;
                var inputs = Floats(random, Count * network.InputLength);
                bool[][]? masks = masked ? [Mask(random, Count * 3), Mask(random, Count * 5 * 12)] : null;
                var labels = Enumerable.Range(0, Count).ToArray();
                var targets = Floats(random, Count * network.OutputLength);

                CheckDifferences(network, inputs, () => network.MeanGradients(inputs, labels, ReferenceLoss.Smoothed(0.1), masks));
                CheckDifferences(network, inputs, () => network.MeanGradients(inputs, targets, ReferenceLoss.MeanSquaredError, masks));
            },
            cases: 4);

    [Fact]
    public void Values_are_read_by_name_and_outputs_follow_one_another_in_the_given_order()
    {
        var network = new ReferenceNetwork(
            1,
            2,
            2,
            true,
            [
                new ReferenceNode("relu", new ReferenceLayer.Relu()),
                new ReferenceNode("unused", new ReferenceLayer.Tanh(), "input"),
                new ReferenceNode("sum", new ReferenceLayer.Add(), "input", "relu"),
            ],
            ["sum", "relu"]);

        Assert.Equal([-1, 4, 6, -4, 0, 2, 3, 0], network.Forward([-1, 2, 3, -4]));
        Assert.Equal(8, network.OutputLength);
        Assert.Equal(new VolumeShape(2, 1, 2), network.Shape("relu"));

        var gradients = network.Gradients([-1, 2, 3, -4], new float[8], ReferenceLoss.MeanSquaredError);

        // The loss is an eighth of x^2 where x < 0, else of (2 x)^2 + x^2, so that its derivative is x / 4 or 10 x / 8.
        Assert.Equal([-0.25, 2.5, 3.75, -1], gradients.Input);
    }

    [Fact]
    public void A_loss_per_pixel_takes_a_label_for_each_pixel_and_passes_over_a_final_softmax()
    {
        var network = new ReferenceNetwork(1, 2, 2, true, new ReferenceLayer.Softmax());

        var gradients = network.MeanGradients([3, 1, 0, 0], [0, 1], ReferenceLoss.PixelCrossEntropy);

        Assert.Equal([3, 1, 0, 0], gradients.Logits);
        Assert.Equal((Math.Log(1 + Math.Exp(-2)) + Math.Log(2)) / 2, gradients.Loss, 12);
        Assert.Equal(-gradients.Output[1] / 2, gradients.Input[0], 12);
        Assert.Equal([0.25, -0.25], gradients.Input[2..]);
    }

    [Fact]
    public void Batch_normalisation_is_over_the_whole_batch_and_leaves_running_averages_that_inference_reads()
    {
        var network = new ReferenceNetwork(1, 1, 1, true, new ReferenceLayer.BatchNorm(0, 0.5));

        var gradients = network.MeanGradients([1, 3], [1f, 1f], ReferenceLoss.MeanSquaredError);

        Assert.Equal([-1, 1], gradients.Output);
        Assert.Equal([1], gradients.Buffers["bn1.running_mean"]);
        Assert.Equal([1.5], gradients.Buffers["bn1.running_var"]);
        Assert.Equal(2, network.Forward([2])[0]);
        network.TakeBuffers(gradients);
        Assert.Equal(1 / Math.Sqrt(1.5), network.Forward([2])[0], 12);
        Assert.Equal(["bn1.running_mean", "bn1.running_var"], network.Buffers.Select(buffer => buffer.Name));
        Assert.Equal(["bn1.weight", "bn1.bias"], network.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Parameters_have_PyTorchs_shapes_and_are_numbered_per_kind()
    {
        var network = new ReferenceNetwork(
            6,
            6,
            4,
            true,
            new ReferenceLayer.Conv(6, new Window(3, 2), Groups: 2, Bias: false),
            new ReferenceLayer.DepthwiseConv(new Window(2, 3), Multiplier: 2),
            new ReferenceLayer.ConvTranspose(8, new Window(2, 2), Groups: 4),
            new ReferenceLayer.GroupNorm(2),
            new ReferenceLayer.InstanceNorm(Affine: true),
            new ReferenceLayer.LayerNorm(WholeSample: true),
            new ReferenceLayer.LayerNorm(),
            new ReferenceLayer.PRelu(PerChannel: true));

        Assert.Equal(
            [
                "conv1.weight [6, 2, 3, 2]",
                "depthwise1.weight [12, 1, 2, 3]", "depthwise1.bias [12]",
                "convtranspose1.weight [12, 2, 2, 2]", "convtranspose1.bias [8]",
                "gn1.weight [8]", "gn1.bias [8]", "in1.weight [8]", "in1.bias [8]",
                "ln1.weight [8, 4, 4]", "ln1.bias [8, 4, 4]", "ln2.weight [8]", "ln2.bias [8]",
                "prelu1.weight [8]",
            ],
            network.Parameters.Select(parameter => $"{parameter.Name} [{string.Join(", ", parameter.Shape)}]"));
        Assert.All(network["gn1.weight"], value => Assert.Equal(1, value));
        Assert.All(network["prelu1.weight"], value => Assert.Equal(0.25, value));
    }

    [Fact]
    public void Unknown_names_names_given_twice_and_outputs_without_the_last_node_are_refused()
    {
        var relu = new ReferenceLayer.Relu();

        Refused("No value before it is called b, only input, a", new("a", relu), new("c", relu, "b"));
        Refused("Two values are called a", new("a", relu), new("a", relu));
        Refused("Two values are called input", new ReferenceNode("input", relu));
        Refused("reads one value, not 2", new ReferenceNode("a", relu, "input", "input"));
        Assert.Throws<ArgumentException>(
            () => new ReferenceNetwork(1, 1, 1, true, [new ReferenceNode("a", relu), new ReferenceNode("b", relu)], ["a"]));
    }

    [Fact]
    public void Labels_for_a_loss_of_elements_and_batches_of_the_wrong_size_are_refused()
    {
        var network = new ReferenceNetwork(1, 2, 2, true, new ReferenceLayer.Relu());

        Assert.Contains("target vectors", Assert.Throws<ArgumentException>(
            () => network.MeanGradients(new float[4], [0], ReferenceLoss.Huber())).Message);
        Assert.Contains("must hold 2", Assert.Throws<ArgumentException>(
            () => network.MeanGradients(new float[4], [0], ReferenceLoss.PixelCrossEntropy)).Message);
        Assert.Contains("must hold 4", Assert.Throws<ArgumentException>(() => network.MeanGradients(new float[5], [0])).Message);
    }

    private static void Refused(string message, params ReferenceNode[] nodes) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => new ReferenceNetwork(1, 1, 1, true, nodes)).Message);

    /// <summary>
    /// Parameters are floats, so the step must be coarse: 2^-10 on values up to 1 is exact enough to leave an error of 1e-5.
    /// </summary>
    private static void CheckDifferences(ReferenceNetwork network, float[] inputs, Func<ReferenceGradients> pass)
    {
        var gradients = pass();
        foreach (var parameter in network.Parameters)
            CheckDifference(gradients.Parameters[parameter.Name], parameter.Values, parameter.Name);
        CheckDifference(gradients.Input, inputs, "input");

        void CheckDifference(double[] gradient, float[] x, string what)
        {
            const float Step = 1f / 1024;
            var differences = new double[x.Length];
            for (var i = 0; i < x.Length; i++)
            {
                var kept = x[i];
                double high = x[i] = kept + Step;
                var above = pass().Loss;
                double low = x[i] = kept - Step;
                var below = pass().Loss;
                x[i] = kept;
                differences[i] = (above - below) / (high - low);
            }

            // A bias before a batch normalisation has no gradient but rounding: the scale holds it to an absolute tolerance.
            Agreement.Check([.. differences, 0.1], [.. gradient, 0.1], 1e-4, what);
        }
    }

    private static float[] Floats(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() * 2) - 1)];

    private static bool[] Mask(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() < 0.6f)];
}
