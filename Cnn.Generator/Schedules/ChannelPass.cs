using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Schedules;

/// <summary>The part of a pass that the threads of one inference share.</summary>
internal enum PassShare
{
    /// <summary>Nothing: one thread does it all.</summary>
    None,

    /// <summary>Its bands of tiles.</summary>
    Bands,

    /// <summary>Its blocks of channels.</summary>
    Blocks,

    /// <summary>Its tiles.</summary>
    Tiles,
}

/// <summary>A pass of a direct convolution over its pixels, for some of its output channels: everything that its text follows from.</summary>
/// <param name="Cut">The channels.</param>
/// <param name="Shape">The pixels of a tile, before any pooling.</param>
internal sealed record ChannelPass(ChannelCut Cut, PixelTile Shape)
{
    /// <summary>Gets the tiles of the outermost loop over pixels.</summary>
    public int TilesDown { get; init; }

    /// <summary>Gets the tiles of one turn of that loop.</summary>
    public int TilesAcross { get; init; }

    /// <summary>
    /// Gets the tiles of the outermost loop that all channels compute before the next ones; 0 if each block of channels goes through all pixels.
    /// In bands, everything that is read and written stays in the cache, and threads wait for each other once, not once per block.
    /// </summary>
    public int BandTiles { get; init; }

    /// <summary>Gets the part that threads share.</summary>
    public PassShare Share { get; init; }

    /// <summary>Gets the most taps of a turn of the innermost loop.</summary>
    public int Unroll { get; init; }

    /// <summary>
    /// Gets a value indicating whether registers hold the weights of a row of the kernel, so that each element of the source is read once for all
    /// pixels that need it: with one vector of channels, a multiply-add would otherwise read an element of its own, and two of them start per
    /// cycle, as loads do.
    /// </summary>
    public bool HoldsTaps { get; init; }

    /// <summary>Gets the floats of the next block's weights that each tap fetches into the cache; 0 for none.</summary>
    public int FetchedWeights { get; init; }

    /// <summary>Gets a value indicating whether a tile fetches what it adds to its sums before the taps: loads after them would wait.</summary>
    public bool FetchesResidual { get; init; }

    /// <summary>Gets a value indicating whether a tile fetches the lines that it writes: a store waits for the line of the one before it.</summary>
    public bool FetchesTarget { get; init; }

    /// <summary>Gets the tiles that use one block of weights.</summary>
    public int TilesOfABlock => TilesDown * TilesAcross;

    /// <summary>The passes that cost least, of several blocks each if a block is one vector.</summary>
    /// <param name="problem">The convolution.</param>
    /// <param name="segment">The channels.</param>
    /// <param name="widest">The widest vectors.</param>
    public static EquatableArray<ChannelPass> Best(ChannelProblem problem, ConvSegment segment, VectorWidth widest)
    {
        var width = Fitting(segment, widest);
        var passes = segment.Lanes != width.Lanes
            ? [Shaped(problem, ChannelCut.Of(segment, width))]
            : ChannelCut.Passes(segment, width)
                .Select(cuts => cuts.Select(cut => Shaped(problem, cut)).ToList())
                .OrderBy(passes => passes.Sum(pass => pass.Cost(problem.Geometry)) * (passes.Count > 1 ? ChannelThresholds.WorthAPass : 1))
                .First();
        return passes.Select(pass => new ChannelScheduler(problem, pass).Run()).ToEquatableArray();
    }

    /// <summary>Every pass over all of these channels at once, however slow: for measurements.</summary>
    /// <inheritdoc cref="Best(ChannelProblem, ConvSegment, VectorWidth)"/>
    public static IEnumerable<ChannelPass> All(ChannelProblem problem, ConvSegment segment, VectorWidth widest)
    {
        var width = Fitting(segment, widest);
        IEnumerable<ChannelCut> cuts = segment.Lanes == width.Lanes ? ChannelCut.AllTogether(segment, width) : [ChannelCut.Of(segment, width)];
        return from cut in cuts
               from shape in PixelTile.All(problem.Geometry.OutHeight, problem.Geometry.OutWidth, width.Accumulators / cut.Vectors)
               select new ChannelScheduler(problem, new(cut, shape)).Run();
    }

    /// <summary>Whether it is a pass over these channels in these vectors.</summary>
    public bool IsOf(ConvSegment segment, VectorWidth widest) => Cut.Width == Fitting(segment, widest)
        && segment.First <= Cut.Segment.First
        && Cut.Segment.First < segment.First + (segment.Blocks * segment.Lanes);

    /// <summary>The figure it is chosen by: its cycles, and more for each load, since another thread may share the core.</summary>
    public double Cost(ConvGeometry geometry) => Cut.Blocks * Shape.Cost(geometry.OutHeight, geometry.OutWidth, Weights(geometry, Cut));

    /// <summary>The cycles of the multiply-adds, on a core of its own.</summary>
    public double Cycles(ConvGeometry geometry) =>
        Cut.Blocks * Cut.Halves * Shape.Cycles(geometry.OutHeight, geometry.OutWidth, Weights(geometry, Cut));

    /// <summary>The words for the comment: <c>2 vectors of 8 channels x 1x6 pixels, 2 taps per turn</c>.</summary>
    public string Describe()
    {
        var vectors = Text.Count(Cut.Vectors, "vector");
        var pixels = Shape.IsRun ? $"a run of {Text.Count(Shape.Columns, "pixel")}" : $"{Text.Number(Shape.Rows)}x{Text.Number(Shape.Columns)} pixels";
        List<string> parts = [$"{vectors} of {Text.Number(Cut.Width.Lanes)} channels x {pixels}"];
        if (HoldsTaps)
            parts.Add("a row of taps in registers");
        else
            parts.Add($"at most {Text.Count(Unroll, "tap")} per turn");
        if (BandTiles > 0)
            parts.Add($"bands of {Text.Count(BandTiles, "tile")}");
        if (FetchedWeights > 0)
            parts.Add("the next block's weights fetched");
        return string.Join(", ", parts);
    }

    /// <summary>The widest vectors that a block of channels fills.</summary>
    private static VectorWidth Fitting(ConvSegment segment, VectorWidth widest) => widest.Lanes > segment.Width ? widest.Half : widest;

    private static WeightPanel Weights(ConvGeometry geometry, ChannelCut cut) => new(cut.Vectors, cut.Width.Lanes, geometry.Taps);

    private static ChannelPass Shaped(ChannelProblem problem, ChannelCut cut)
    {
        var geometry = problem.Geometry;
        if (!problem.IsPooled)
            return new(cut, PixelTile.Best(geometry.OutHeight, geometry.OutWidth, cut.Width.Accumulators / cut.Vectors, Weights(geometry, cut)));
        var sums = new WeightPanel(4 * cut.Vectors);
        var pooled = TileCost.Best(1, geometry.OutWidth / 2, Math.Max(1, cut.Width.Accumulators / sums.Vectors), sums);
        return new(cut, new PixelTile(2, 2 * pooled.Columns));
    }
}
