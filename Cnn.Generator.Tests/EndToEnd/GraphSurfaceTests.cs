using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>
/// The results of the members of a network with several outputs, joins and blocks, against numbers worked out by hand or by loops.
/// </summary>
[Trait("Category", "Numerics")]
public sealed class GraphSurfaceTests
{
    private const string Source = """
        using Cnn;

        [Input(2, 2, 1)]
        [Output("a"), Conv(1, 1, Name = "a"), Relu, Output("input")]
        [Flatten, Dense(1, Name = "d")]
        public partial class Several;

        [Input(2, 1, 2, Layout = Layout.Chw)]
        [Conv(2, 1, Name = "x"), Output("x"), Flatten, Dense(1, Name = "d")]
        public partial class Planar;

        [Input(6, 5, 3)]
        [Residual(typeof(Body), Shortcut = typeof(Way), ShortcutName = "downsample", Name = "layer.0"), Relu]
        [Residual(typeof(Keep), Name = "layer", Repeat = 2), Relu]
        [Flatten, Dense(4, Name = "fc")]
        public partial class Net;

        [Conv(5, 3, Padding = 1), Relu, Conv(5, 3, Padding = 1)]
        public class Body;

        [Conv(5, 1, Name = "0")]
        public class Way;

        [Conv(5, 3, Padding = 1), Tanh(Name = "t"), Add("input")]
        public class Keep;

        [Input(6, 5, 3)]
        [Conv(2, 3, Name = "features.0"), Relu, Flatten, Dense(4, Name = "classifier.1")]
        public partial class Theirs;

        [Input(6, 5, 3)]
        [Block(typeof(Stem), Name = "stem"), Flatten, Dense(4, Name = "fc")]
        public partial class Ours;

        [Conv(2, 3), Relu]
        public class Stem;
        """;

    private static readonly Lazy<NetworkBatch> Batch = new(() => NetworkBatch.Compile(Source));

    [Fact]
    public void The_last_value_comes_first_and_the_named_ones_behind_it_in_the_order_of_their_attributes()
    {
        var network = Create("Several", new() { ["a.weight"] = [2], ["a.bias"] = [-1], ["d.weight"] = [1, 2, 3, 4], ["d.bias"] = [0.5f] });
        Assert.Equal(1 + 4 + 4, network.Constant("OutputLength"));

        // a = 2 x - 1, d = 0.5 + 1 relu(a0) + 2 relu(a1) + 3 relu(a2) + 4 relu(a3).
        ForEachWidth(() => Assert.Equal([13.5f, 1, -1, -3, 3, 1, 0, -1, 2], network.ForwardEach([1, 0, -1, 2])));
    }

    [Fact]
    public void A_volume_that_leaves_lies_in_the_order_of_the_network()
    {
        var network = Create("Planar", new()
        {
            ["x.weight"] = [1, 1, 1, -1],
            ["x.bias"] = [0, 0],
            ["d.weight"] = [1, 10, 100, 1000],
            ["d.bias"] = [0],
        });

        // Channel 0 is x + y and channel 1 is x - y, each with its two rows next to each other.
        ForEachWidth(() => Assert.Equal([4 + 60 - 200 - 2000, 4, 6, -2, -2], network.ForwardEach([1, 2, 3, 4])));
    }

    [Fact]
    public void Several_samples_leave_one_behind_the_other_each_with_all_its_outputs()
    {
        var network = Create("Several", new() { ["a.weight"] = [1], ["a.bias"] = [0], ["d.weight"] = [1, 1, 1, 1], ["d.bias"] = [0] });
        var outputs = new float[18];
        network.ForwardBatch([1, 2, 3, 4, 5, 6, 7, 8], outputs, 2);
        Assert.Equal([10, 1, 2, 3, 4, 1, 2, 3, 4, 26, 5, 6, 7, 8, 5, 6, 7, 8], outputs);
    }

    [Fact]
    public void Residual_blocks_compute_what_loops_in_double_precision_do()
    {
        var random = new Random(7);
        var network = Batch.Value.Create("Net");
        network.SetParameters(parameter => [.. Enumerable.Range(0, parameter.Length).Select(_ => (float)(random.NextDouble() - 0.5) * 0.6f)]);
        var parameters = network.Parameters.ToDictionary(
            parameter => parameter.Name, parameter => LoadedNetwork.Canonical(parameter, network.Weights));
        Assert.Equal(
            [
                "layer.0.conv1", "layer.0.conv2", "layer.0.downsample.0", "layer.1.conv1", "layer.2.conv1", "fc",
            ],
            parameters.Keys.Select(name => name[..name.LastIndexOf('.')]).Distinct());
        var input = Enumerable.Range(0, network.InputLength).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();

        var x = input.Select(value => (double)value).ToArray();
        var body = Conv(Relu(Conv(x, 3, parameters, "layer.0.conv1")), 5, parameters, "layer.0.conv2");
        x = Relu(Sum(body, Conv(x, 3, parameters, "layer.0.downsample.0")));
        foreach (var layer in new[] { "layer.1", "layer.2" })
        {
            var tanh = Conv(x, 5, parameters, layer + ".conv1").Select(Math.Tanh).ToArray();
            x = Sum(Sum(tanh, x), x);
        }

        x = Relu(x);
        var (weight, bias) = (parameters["fc.weight"], parameters["fc.bias"]);
        var expected = bias.Select((start, unit) => start + x.Select((value, i) => value * weight[(unit * x.Length) + i]).Sum()).ToArray();
        ForEachWidth(() => Agreement.Check(expected, network.ForwardEach(input), 1e-5, "outputs"));
    }

    [Fact]
    public void A_file_with_other_names_loads_by_a_map_of_layers_blocks_and_parameters()
    {
        var theirs = Batch.Value.Create("Theirs", seed: 3);
        var input = Enumerable.Range(0, theirs.InputLength).Select(i => i / 100f).ToArray();
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".safetensors");
        try
        {
            theirs.Save(path);
            var ours = Batch.Value.Create("Ours").Load(path, new Dictionary<string, string>
            {
                ["stem.conv1"] = "features.0",
                ["fc.weight"] = "classifier.1.weight",
                ["fc.bias"] = "classifier.1.bias",
            });
            Assert.Equal(theirs.ForwardEach(input), ours.ForwardEach(input));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static LoadedNetwork Create(string name, Dictionary<string, float[]> parameters)
    {
        var network = Batch.Value.Create(name);
        network.SetParameters(parameter => parameters[parameter.Name]);
        return network;
    }

    private static void ForEachWidth(Action check)
    {
        foreach (var bits in NetworkBatch.Widths)
        {
            Batch.Value.Bits = bits;
            check();
        }
    }

    private static double[] Relu(double[] x) => [.. x.Select(value => Math.Max(0, value))];

    private static double[] Sum(double[] x, double[] y) => [.. x.Zip(y, (left, right) => left + right)];

    /// <summary>A convolution of 6 x 5 pixels with 5 filters, of 3x3 with padding 1 or of 1x1, as its definition says.</summary>
    private static double[] Conv(double[] x, int channels, Dictionary<string, float[]> parameters, string name)
    {
        const int Height = 6;
        const int Width = 5;
        const int Filters = 5;
        var (weight, bias) = (parameters[name + ".weight"], parameters[name + ".bias"]);
        var kernel = weight.Length == Filters * channels ? 1 : 3;
        var y = new double[Height * Width * Filters];
        for (var i = 0; i < y.Length; i++)
        {
            var (row, column, filter) = (i / (Width * Filters), i / Filters % Width, i % Filters);
            y[i] = bias[filter];
            for (var k = 0; k < channels * kernel * kernel; k++)
            {
                var (channel, dy, dx) = (k / (kernel * kernel), (k / kernel % kernel) - (kernel / 2), (k % kernel) - (kernel / 2));
                if (row + dy is >= 0 and < Height && column + dx is >= 0 and < Width)
                    y[i] += x[((((row + dy) * Width) + column + dx) * channels) + channel] * weight[(filter * channels * kernel * kernel) + k];
            }
        }

        return y;
    }
}
