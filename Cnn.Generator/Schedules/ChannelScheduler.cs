using System;
using Cnn.Generator.Graph;

namespace Cnn.Generator.Schedules;

/// <summary>Decides everything about a pass but its channels and its tile.</summary>
/// <param name="problem">The convolution.</param>
/// <param name="pass">The pass.</param>
internal sealed class ChannelScheduler(ChannelProblem problem, ChannelPass pass)
{
    private readonly ConvGeometry _geometry = problem.Geometry;

    private readonly int _down = pass.Shape.IsRun || problem.Geometry.OutHeight > 1
        ? pass.Shape.Turns(problem.Geometry.Grid(problem.IsPooled).Height, problem.Geometry.OutWidth)
        : TileCost.Count(problem.Geometry.OutWidth, pass.Shape.Columns);

    private readonly int _across = pass.Shape.IsRun || problem.Geometry.OutHeight == 1
        ? 1
        : TileCost.Count(problem.Geometry.OutWidth, pass.Shape.Columns);

    private ChannelCut Cut => pass.Cut;

    private bool IsWide => Cut.Width.Lanes >= VectorWidth.V256.Lanes;

    /// <summary>The pass with all decisions.</summary>
    public ChannelPass Run()
    {
        var (bandTiles, sums) = (BandTiles(), pass.Shape.Pixels * Cut.Vectors);
        var body = problem.IsHot && IsWide ? ChannelThresholds.LongBody : ChannelThresholds.ShortBody;
        var isFar = IsWide && (long)_geometry.OutHeight * _geometry.OutWidth * _geometry.OutChannels >= ChannelThresholds.FarFloats;
        return pass with
        {
            TilesDown = _down,
            TilesAcross = _across,
            BandTiles = bandTiles,
            Share = !problem.IsShared ? PassShare.None
                : bandTiles > 0 ? PassShare.Bands
                : Cut.Blocks > 1 ? PassShare.Blocks
                : PassShare.Tiles,
            Unroll = (body + sums - 1) / sums,
            HoldsTaps = HoldsTaps(),
            FetchedWeights = problem.TapStride == 1 && bandTiles == 0 ? FetchedWeights() : 0,
            FetchesResidual = isFar && problem.HasResidual,
            FetchesTarget = isFar && problem.IsHot && !problem.IsPooled,
        };
    }

    private int BandTiles()
    {
        if (Cut.Blocks == 1)
            return 0;
        var perBand = TileCost.Count(ChannelThresholds.BandTiles, _across);
        if (LeavesCaches() && perBand < _down)
            return perBand;
        return problem.IsShared && !SharesBlocks() ? Math.Max(1, Math.Min(_down / ChannelThresholds.SharedBands, perBand)) : 0;
    }

    /// <summary>Whether source and target leave the nearest caches before the next block of channels, and the weights stay.</summary>
    private bool LeavesCaches()
    {
        var floats = (long)_geometry.OutHeight * _geometry.OutWidth * (_geometry.InChannels + _geometry.OutChannels);
        var weights = _geometry.Taps * _geometry.OutChannels;
        var isWidePointwise = Cut.Width == VectorWidth.V512 && _geometry.Taps == _geometry.InChannels;
        return !problem.IsPooled
            && floats >= ChannelThresholds.CachedFloats
            && weights <= (isWidePointwise ? ChannelThresholds.CachedWideWeights : ChannelThresholds.CachedWeights);
    }

    private bool SharesBlocks()
    {
        var readsMuch = Cut.Segment.Blocks * Cut.Segment.BlockStride >= ChannelThresholds.SharedWeights
            || _down * _across < 2 * ChannelThresholds.SharedBands;
        return Cut.Blocks > _down || (readsMuch && Cut.Blocks >= ChannelThresholds.SharedTurns);
    }

    /// <remarks>The sums must not change with the width of the vectors, so the columns of the kernel have to follow each other already.</remarks>
    private bool HoldsTaps() => _geometry.Taps > 0
        && Cut.Vectors == 1
        && pass.Shape is { IsRun: false, Columns: > 1 }
        && problem.SourceOrder == VolumeLayout.Chw
        && _geometry.Window is { StrideWidth: 1, DilationWidth: 1 }
        && _geometry.KernelWidth > 1
        && _geometry.KernelWidth <= Cut.Width.MostVectors
        && pass.Shape.Pixels + _geometry.KernelWidth + ChannelThresholds.SpareRegisters <= Cut.Width.Registers;

    /// <summary>
    /// The floats of the next block's weights that each tap fetches, if the weights come from memory and few tiles use them: all tiles of a block
    /// together fetch at least the next one.
    /// </summary>
    private int FetchedWeights()
    {
        var weights = (long)_geometry.Taps * _geometry.OutChannels * problem.Repetitions;
        var tiles = _down * _across;
        if (!problem.IsHot || !IsWide || weights <= ChannelThresholds.CachedWeights || tiles > ChannelThresholds.FetchingTiles)
            return 0;
        var floats = 1;
        while (floats * tiles < Cut.Together * Cut.Segment.Width)
            floats *= 2;
        return floats;
    }
}
