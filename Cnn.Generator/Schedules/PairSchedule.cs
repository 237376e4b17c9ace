using System;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Schedules;

/// <summary>The schedule of a convolution in pairs of rows across its output channels.</summary>
/// <param name="Cut">The channels.</param>
/// <param name="Columns">Columns of a tile.</param>
/// <param name="HoldsTaps">
/// Whether registers hold the weights of a row of the kernel, so that each element of the source is read once for all columns that need it.
/// </param>
internal sealed record PairSchedule(ChannelCut Cut, int Columns, bool HoldsTaps)
{
    /// <summary>The schedule for some of the channels: the fewest tiles, as even as they can be.</summary>
    /// <param name="problem">The convolution.</param>
    /// <param name="segment">The channels.</param>
    /// <param name="widest">The widest vectors.</param>
    public static PairSchedule Of(ChannelProblem problem, ConvSegment segment, VectorWidth widest)
    {
        var geometry = problem.Geometry;
        var cut = ChannelCut.Of(segment, widest.Lanes > segment.Width ? widest.Half : widest);
        var holdsTaps = problem.SourceOrder == VolumeLayout.Chw
            && cut.Vectors == 1
            && geometry.KernelWidth > 1
            && geometry.KernelWidth <= cut.Width.MostVectors
            && cut.Width == VectorWidth.V512;
        var most = cut.Width.Accumulators / (2 * cut.Vectors);
        if (holdsTaps)
            most = Math.Min(most, (cut.Width.Registers - PairThresholds.SpareRegisters - geometry.KernelWidth) / 2);
        var step = problem.IsPooled ? 2 : 1;
        most = Math.Max(step, most / step * step);
        var width = geometry.Grid(problem.IsPooled).Width;
        return new PairSchedule(cut, Tiling.RoundUp(TileCost.Count(width, TileCost.Count(width, most)), step), holdsTaps);
    }

    /// <summary>Filters of a tile across the width.</summary>
    /// <param name="width">The vectors.</param>
    /// <param name="vectors">Vectors of a filter.</param>
    public static int MostFilters(VectorWidth width, int vectors) =>
        vectors > 1 && width != VectorWidth.V512 ? PairThresholds.FewFilters : WidthThresholds.MostFilters;

    /// <summary>Whether a convolution can be computed in pairs of rows.</summary>
    public static bool Fits(ConvTask task, bool isPooled)
    {
        if (task.Groups != 1 || task.Phases.Count != 1)
            return false;
        var geometry = task.Phases[0].Geometry;
        var (height, width) = geometry.Grid(isPooled);
        var columns = width + geometry.KernelWidth - 1;
        return height % 2 == 0
            && height > 0
            && columns >= PairThresholds.FewestFloats
            && RowPairs.Of(geometry.KernelHeight) is { } pairs
            && (long)pairs.Products * columns * geometry.InChannels <= PairThresholds.LargestPair
            && geometry.Window is { StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1 };
    }

    /// <summary>Whether the body of a tile across the channels stays within what a JIT loop should hold.</summary>
    public static bool FitsChannels(ConvGeometry geometry, VolumeLayout order) =>
        order == VolumeLayout.Hwc || RowPairs.Of(geometry.KernelHeight)!.Products * geometry.KernelWidth <= PairThresholds.MostUnrolled;

    /// <summary>Whether two pairs find room across the width, and the filters of a tap fill a vector when they are transformed.</summary>
    public static bool FitsWidth(ConvGeometry geometry, bool isPooled) => geometry.Grid(isPooled).Height >= PairThresholds.FewestRows
        && Tiling.Cut(geometry.OutChannels, WidthThresholds.MostFilters).All(run => run.Size >= PairThresholds.FewestFloats);

    /// <summary>The words for the comment: <c>a pair of rows x 3 columns x 2 vectors of 8 channels</c>.</summary>
    public string Describe()
    {
        var tile = $"a pair of rows x {Text.Count(Columns, "column")} x {Text.Count(Cut.Vectors, "vector")} of {Text.Number(Cut.Width.Lanes)} channels";
        return HoldsTaps ? tile + ", a row of taps in registers" : tile;
    }
}
