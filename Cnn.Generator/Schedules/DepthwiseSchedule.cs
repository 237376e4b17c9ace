using System;
using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Schedules;

/// <summary>The schedule of a depthwise convolution: a tile is some columns of one vector of channels.</summary>
/// <param name="Width">The vectors.</param>
/// <param name="Columns">Columns of a tile.</param>
/// <param name="HoldsTaps">Whether registers hold the weights of a row of the kernel, so that each column of the source is read once.</param>
internal sealed record DepthwiseSchedule(VectorWidth Width, int Columns, bool HoldsTaps)
{
    /// <summary>The tile that covers a row with the fewest columns computed twice, and then with the fewest turns.</summary>
    public static DepthwiseSchedule Of(ConvGeometry geometry, VectorWidth width)
    {
        var columns = Enumerable.Range(1, Math.Min(DepthwiseThresholds.MostColumns, geometry.OutWidth))
            .OrderBy(size => TileCost.Count(geometry.OutWidth, size) * (size + DepthwiseThresholds.Turn))
            .First();
        return new DepthwiseSchedule(width, columns, geometry.KernelWidth <= DepthwiseThresholds.WidestUnrolled);
    }

    /// <summary>The words for the comment: <c>7 columns x a vector of 8 channels, a row of taps in registers</c>.</summary>
    public string Describe() => $"{Text.Count(Columns, "column")} x a vector of {Text.Number(Width.Lanes)} channels{(HoldsTaps ? ", a row of taps in registers" : "")}";
}
