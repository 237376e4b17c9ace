using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>
/// The effect of a pixel that is NaN, infinite or far too large on the outputs that do not see it, at every vector width.
/// </summary>
[Trait("Category", "Numerics")]
public sealed class IsolationTests
{
    /// <summary>Winograd's F(4x4, 3x3) computes 4x4 outputs from 6x6 inputs: an output is this far from an input of its tile at most.</summary>
    private const int ReachOfTile = 5;

    private static readonly float[] Strangers = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e6f, 1e30f];

    public static TheoryData<string, int, int, int, bool> Layers => new()
    {
        { "Conv(24, 3, Padding = 1)", 14, 14, 24, true },
        { "Conv(24, 3, Padding = 1)", 13, 15, 24, false },
        { "Conv(64, 3)", 9, 11, 64, true },
        { "Conv(64, 3, Padding = 1, Stride = 2)", 24, 24, 32, true },
        { "Conv(64, 3, Padding = 1, Stride = 2)", 22, 33, 32, false },
        { "Conv(6, 5, Padding = 2)", 28, 28, 1, true },
        { "Conv(6, 5)", 32, 32, 3, false },
        { "Conv(16, 5)", 14, 14, 6, true },
        { "Conv(16, 5)", 14, 14, 6, false },
        { "Conv(20, 3, Padding = 1)", 12, 12, 5, true },
        { "Conv(3, 3, Stride = 2)", 15, 17, 7, false },
        { "Conv(24, 1)", 7, 9, 16, true },
        { "Conv(16, 3, Padding = 2, Dilation = 2)", 11, 12, 8, true },
        { "Conv(16, 3, Padding = 1, Groups = 2)", 11, 12, 16, true },
        { "DepthwiseConv(3, Padding = 1)", 12, 11, 16, true },
        { "DepthwiseConv(3, Padding = 1)", 12, 11, 16, false },
        { "MaxPool(2)", 12, 10, 16, true },
        { "MaxPool(3, Stride = 2)", 13, 11, 5, false },
        { "AvgPool(2)", 12, 10, 16, true },
        { "AvgPool(3, Stride = 2)", 13, 11, 5, false },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Outputs_that_do_not_see_a_pixel_do_not_depend_on_it(string layer, int height, int width, int channels, bool isHwc)
    {
        ForEachStranger(layer, height, width, channels, isHwc, isFast: false, (place, stranger, before, after, seen) =>
        {
            for (var i = 0; i < before.Length; i++)
            {
                if (!seen(i))
                {
                    var what = $"Input {place} is {stranger}: output {i}, which does not see it, is {after[i]} instead of {before[i]}.";
                    Assert.True(before[i].Equals(after[i]), what);
                }
                else if (float.IsNaN(stranger) && layer.Contains("Conv"))
                {
                    Assert.True(float.IsNaN(after[i]), $"Input {place} is NaN: output {i}, which sees it, is {after[i]}.");
                }
            }
        });
    }

    /// <summary>The documented effect of Numerics.Fast.</summary>
    [Theory]
    [InlineData(16, 16, 24, true)]
    [InlineData(17, 15, 24, false)]
    public void With_fast_numerics_a_pixel_reaches_the_outputs_of_its_tiles_and_no_others(int height, int width, int channels, bool isHwc)
    {
        var spoiled = 0;
        ForEachStranger("Conv(24, 3, Padding = 1)", height, width, channels, isHwc, isFast: true, (place, stranger, before, after, seen) =>
        {
            int Pixel(int index, int depth) => isHwc ? index / depth : index % (height * width);
            var (y, x) = Math.DivRem(Pixel(place, channels), width);
            for (var i = 0; i < before.Length; i++)
            {
                var (row, column) = Math.DivRem(Pixel(i, 24), width);
                if (Math.Abs(row - y) > ReachOfTile || Math.Abs(column - x) > ReachOfTile)
                    Assert.Equal(before[i], after[i]);
                else if (!seen(i) && !float.IsFinite(after[i]))
                    spoiled++;
            }
        });
        Assert.NotEqual(0, spoiled);
    }

    private static void ForEachStranger(
        string layer,
        int height,
        int width,
        int channels,
        bool isHwc,
        bool isFast,
        Action<int, float, float[], float[], Func<int, bool>> check)
    {
        string Declared(string name, string numerics) =>
            $"[Cnn.Input({height}, {width}, {channels}, Layout = Cnn.Layout.{(isHwc ? "Hwc" : "Chw")}, Numerics = Cnn.Numerics.{numerics})] "
            + $"[Cnn.{layer}] public partial class {name};\n";
        var batch = NetworkBatch.Compile(Declared("Network", isFast ? "Fast" : "Precise") + Declared("Exact", "Precise"));
        foreach (var bits in NetworkBatch.Widths)
        {
            batch.Bits = bits;
            var network = batch.Create("Network");
            var inputs = DrawnNumbers.Of(new Random(1), network.InputLength);
            foreach (var place in Places(height, width, channels, isHwc))
            {
                var seen = Seen(batch.Create("Exact"), layer, place);
                var own = inputs[place];
                var before = network.ForwardEach(inputs);
                foreach (var stranger in Strangers)
                {
                    inputs[place] = stranger;
                    check(place, stranger, before, network.ForwardEach(inputs), i => seen[i]);
                }

                inputs[place] = own;
            }
        }
    }

    /// <summary>The first and last pixel, and some within.</summary>
    private static IEnumerable<int> Places(int height, int width, int channels, bool isHwc)
    {
        var pixels = new[]
        {
            (0, 0, 0), (height - 1, width - 1, channels - 1), (height / 2, (width / 2) + 1, channels / 2), (3, 4, 0),
        };
        foreach (var (y, x, c) in pixels)
            yield return isHwc ? (((y * width) + x) * channels) + c : (((c * height) + y) * width) + x;
    }

    /// <summary>
    /// The outputs that see an input: those that differ between an input of zeros and one that is not zero there. A sum of one product is exact.
    /// </summary>
    private static bool[] Seen(LoadedNetwork network, string layer, int place)
    {
        var input = new float[network.InputLength];
        var without = network.ForwardEach(input);
        input[place] = layer.StartsWith("MaxPool") ? 1 : 1024;
        var with = network.ForwardEach(input);
        return [.. without.Zip(with, (a, b) => a != b)];
    }
}
