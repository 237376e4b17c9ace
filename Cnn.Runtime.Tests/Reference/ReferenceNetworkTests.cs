using System;
using System.Linq;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;

namespace Cnn.Reference.Tests;

public sealed class ReferenceNetworkTests
{
    /// <summary>A smooth network, so that finite differences hold everywhere.</summary>
    private static readonly ReferenceLayer[] Smooth =
    [
        new ReferenceLayer.Conv(3, 3, 2, 2, 1, 0, 1, 1),
        new ReferenceLayer.Tanh(),
        new ReferenceLayer.AvgPool(2, 1),
        new ReferenceLayer.Dropout(0.25),
        new ReferenceLayer.Conv(4, 2, 2, Bias: false),
        new ReferenceLayer.Sigmoid(),
        new ReferenceLayer.Flatten(),
        new ReferenceLayer.Dense(5, Bias: false),
        new ReferenceLayer.Dropout(0.5),
        new ReferenceLayer.Dense(3),
        new ReferenceLayer.Softmax(),
    ];

    [Fact]
    public void The_gradients_of_a_whole_network_are_its_finite_differences()
    {
        var cases =
            from hwc in Gen.Bool
            from dropout in Gen.Bool
            from seed in Gen.Int[0, 1_000_000]
            from label in Gen.Int[0, 2]
            select (hwc, dropout, seed, label);

        cases.ForAll(
            c =>
            {
                var random = new Random(c.seed);
                var network = new ReferenceNetwork(7, 8, 2, c.hwc, Smooth);
                Fill(network, random);
                var input = Floats(random, network.InputLength);
                bool[][]? masks = c.dropout ? [Mask(random, 3 * 3 * 3), Mask(random, 5)] : null;

                var entropy = network.Gradients(input, c.label, masks);
                CheckDifferences(network, input, entropy, () => network.Gradients(input, c.label, masks).Loss);

                var target = Floats(random, network.OutputLength);
                var error = network.Gradients(input, target, ReferenceLoss.MeanSquaredError, masks);
                CheckDifferences(
                    network, input, error, () => network.Gradients(input, target, ReferenceLoss.MeanSquaredError, masks).Loss);
            },
            cases: 10);
    }

    [Fact]
    public void The_order_of_channels_changes_nothing_but_the_order_of_input_output_and_dense_weights()
    {
        ReferenceLayer[] layers =
        [
            new ReferenceLayer.Conv(4, 3, 3), new ReferenceLayer.Relu(), new ReferenceLayer.MaxPool(2, 1),
            new ReferenceLayer.Flatten(), new ReferenceLayer.Dense(3), new ReferenceLayer.LeakyRelu(),
        ];
        var random = new Random(7);
        var chw = new ReferenceNetwork(5, 6, 2, false, layers);
        var hwc = new ReferenceNetwork(5, 6, 2, true, layers);
        Fill(chw, random);
        foreach (var name in new[] { "conv1.weight", "conv1.bias", "dense1.bias" })
            chw[name].CopyTo(hwc[name], 0);

        // The dense layer reads 4 channels of 2 x 3, the input has 2 of 5 x 6.
        Permute(chw["dense1.weight"], hwc["dense1.weight"], 3, 4, 2, 3);
        var input = Floats(random, chw.InputLength);
        var permuted = new float[input.Length];
        Permute(input, permuted, 1, 2, 5, 6);

        var expected = chw.Gradients(input, 1);
        var actual = hwc.Gradients(permuted, 1);

        Agreement.Check(chw.Forward(input), hwc.Forward(permuted), 1e-12, "output");
        Agreement.Check(expected.Parameters["conv1.weight"], actual.Parameters["conv1.weight"], 1e-12, "conv1.weight");
        Assert.NotEqual(chw.Forward(input), hwc.Forward(input));
    }

    [Fact]
    public void Parameters_are_numbered_per_kind_and_come_layer_by_layer_in_canonical_shapes()
    {
        var network = new ReferenceNetwork(7, 8, 2, true, Smooth);

        Assert.Equal(
            [
                "conv1.weight [3, 2, 3, 2]", "conv1.bias [3]", "conv2.weight [4, 3, 2, 2]",
                "dense1.weight [5, 16]", "dense2.weight [3, 5]", "dense2.bias [3]",
            ],
            network.Parameters.Select(parameter => $"{parameter.Name} [{string.Join(", ", parameter.Shape)}]"));
    }

    [Fact]
    public void The_loss_of_a_network_that_ends_in_softmax_acts_on_the_logits()
    {
        var network = new ReferenceNetwork(1, 1, 2, true, new ReferenceLayer.Flatten(), new ReferenceLayer.Softmax());

        var gradients = network.Gradients([3, 1], label: 0);

        Assert.Equal([3, 1], gradients.Logits);
        Assert.Equal(Math.Log(1 + Math.Exp(-2)), gradients.Loss, 12);
        Assert.Equal(-gradients.Output[1], gradients.Input[0], 12);
    }

    [Fact]
    public void A_dense_layer_on_a_volume_is_refused() => Assert.Contains(
        "flatten it first",
        Assert.Throws<ArgumentException>(() => new ReferenceNetwork(2, 2, 1, true, new ReferenceLayer.Dense(3))).Message);

    [Fact]
    public void Inputs_targets_labels_and_masks_of_the_wrong_size_are_refused()
    {
        var network = new ReferenceNetwork(7, 8, 2, true, Smooth);
        var input = new float[112];

        Assert.Contains("must hold 112", Assert.Throws<ArgumentException>(() => network.Forward(new float[111])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Gradients(input, 3));
        Assert.Contains(
            "must hold 3",
            Assert.Throws<ArgumentException>(() => network.Gradients(input, new float[2], ReferenceLoss.CrossEntropy)).Message);
        Assert.Contains(
            "must hold 27",
            Assert.Throws<ArgumentException>(() => network.Gradients(input, 0, [new bool[26], new bool[5]])).Message);
    }

    private static void CheckDifferences(ReferenceNetwork network, float[] input, ReferenceGradients gradients, Func<double> loss)
    {
        foreach (var parameter in network.Parameters)
            Agreement.Check(Differences(parameter.Values, loss), gradients.Parameters[parameter.Name], 1e-6, parameter.Name);
        Agreement.Check(Differences(input, loss), gradients.Input, 1e-6, "input");
    }

    /// <summary>
    /// Central differences with their error of order h^2 taken out by a second pair at twice the distance (Richardson): what is
    /// differentiated is a float, which cannot move by less.
    /// </summary>
    private static double[] Differences(float[] x, Func<double> loss)
    {
        const float Step = 1f / 1024;
        var differences = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var kept = x[i];
            var (near, far) = (Slope(Step), Slope(2 * Step));
            x[i] = kept;
            differences[i] = near + ((near - far) / 3);

            double Slope(float step)
            {
                double high = x[i] = kept + step;
                var above = loss();
                double low = x[i] = kept - step;
                return (above - loss()) / (high - low);
            }
        }

        return differences;
    }

    private static void Permute(float[] chw, float[] hwc, int rows, int channels, int height, int width)
    {
        for (var row = 0; row < rows; row++)
        {
            var start = row * channels * height * width;
            for (var c = 0; c < channels; c++)
            {
                for (var y = 0; y < height; y++)
                {
                    for (var x = 0; x < width; x++)
                        hwc[start + (((y * width) + x) * channels) + c] = chw[start + (((c * height) + y) * width) + x];
                }
            }
        }
    }

    private static void Fill(ReferenceNetwork network, Random random)
    {
        foreach (var parameter in network.Parameters)
            Floats(random, parameter.Values.Length).CopyTo(parameter.Values, 0);
    }

    private static float[] Floats(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() * 2) - 1)];

    private static bool[] Mask(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() < 0.6f)];
}
