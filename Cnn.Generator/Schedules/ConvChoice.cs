using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;

namespace Cnn.Generator.Schedules;

/// <summary>The axis that the vectors of a convolution's kernel run across.</summary>
internal enum ConvWay
{
    /// <summary>The output channels of a group.</summary>
    Channels,

    /// <summary>The width of the output.</summary>
    Width,

    /// <summary>The channels, each of which is a group.</summary>
    Depthwise,

    /// <summary>Pixels and channels of the output alike, from the source's side.</summary>
    Scatter,

    /// <summary>The channels of source and result, in a Winograd convolution.</summary>
    Winograd,
}

/// <summary>Which way a convolution is computed, with the reason that the generated comment gives.</summary>
/// <param name="Way">The axis that the vectors run across.</param>
/// <param name="SourceOrder">The order in which the source lies, which the weights follow.</param>
/// <param name="Reason">Why.</param>
internal sealed record ConvChoice(ConvWay Way, VolumeLayout SourceOrder, string Reason)
{
    /// <summary>Gets a value indicating whether it is vectorised across the width of the output instead of across its channels.</summary>
    public bool ByWidth => Way == ConvWay.Width;

    /// <summary>Gets the order in which the result lies.</summary>
    public VolumeLayout TargetOrder => ScatterOrder ?? (ByWidth ? VolumeLayout.Chw : VolumeLayout.Hwc);

    /// <summary>Gets the tiles of a Winograd convolution; null where it is another.</summary>
    public WinogradTiling? Winograd { get; private init; }

    /// <summary>Gets the order into which outputs that were collected are brought; null where the way decides.</summary>
    private VolumeLayout? ScatterOrder { get; init; }

    /// <summary>Gets how adjacent rows of outputs are computed in pairs; null if each is by itself.</summary>
    public RowPairs? Pairs { get; private init; }

    /// <summary>The direct way, in pairs of rows or not, or Winograd's where that takes clearly less time and the numerics allow it.</summary>
    /// <param name="task">The convolution.</param>
    /// <param name="sourceOrder">The order in which its source would lie.</param>
    /// <param name="isPooled">Whether a 2x2 pooling is fused into it.</param>
    /// <param name="numerics">How exact inference has to be.</param>
    /// <param name="hasResidual">Whether another volume, its channels innermost, is added to the result.</param>
    public static ConvChoice ForInference(
        ConvTask task, VolumeLayout sourceOrder, bool isPooled, NumericsMode numerics, bool hasResidual = false)
    {
        var direct = Choose(task, sourceOrder, isPooled, mayGoByWidth: !hasResidual);
        var paired = hasResidual ? null : WorthwhilePairs(task, direct, isPooled);
        var least = paired is null ? double.MaxValue : PairedCycles(task, paired, isPooled);
        return !task.IsTransposed && WorthwhileTiling(task, direct, isPooled, numerics) is { } tiling && ConvCost.Of(tiling) < least
            ? Of(tiling, Cycles(task, direct, isPooled))
            : paired ?? direct;
    }

    /// <summary>
    /// The direct way, whose order the weights keep and in which their gradient is computed, with the tiles of a Winograd convolution where
    /// that takes clearly less time. Its numerics are precise: errors of a forward pass grow on the way back.
    /// </summary>
    /// <param name="task">The convolution.</param>
    /// <param name="sourceOrder">The order in which its source would lie.</param>
    public static ConvChoice ForTraining(ConvTask task, VolumeLayout sourceOrder)
    {
        var direct = Choose(task, sourceOrder, isPooled: false);
        return WorthwhileTiling(task, direct, isPooled: false, NumericsMode.Precise) is { } tiling && tiling.WeightsLength <= WinogradThresholds.LargestTrained
            ? Of(tiling, Cycles(task, direct, isPooled: false)) with { Way = ConvWay.Channels }
            : direct;
    }

    /// <summary>The same for the gradient of a convolution's input, or from the side of its source where that takes clearly less time.</summary>
    /// <param name="task">The convolution that computes it.</param>
    /// <param name="sourceOrder">The order in which the gradient of the output lies.</param>
    /// <param name="targetOrder">The order in which the input lies.</param>
    public static ConvChoice ForGradient(ConvTask task, VolumeLayout sourceOrder, VolumeLayout targetOrder)
    {
        var direct = ForTraining(task, sourceOrder);
        if (direct.Winograd is not null || !ScatterTile.Fits(task))
            return direct;
        var geometry = task.Phases[0].Geometry;
        var (cycles, scattered) = (Cycles(task, direct, isPooled: false), ConvCost.Scattered(geometry));
        if (scattered > Math.Min(cycles * ChoiceThresholds.WorthAScatter, cycles - ChoiceThresholds.WorthText))
            return direct;
        var reason = $"from the source's side, whose pixels reach {geometry.KernelWidth} x {geometry.OutChannels} floats of a row each: "
            + $"estimated at {Percent(scattered / cycles)} of the time from the side of the outputs, with the zeros around the source";
        return new ConvChoice(ConvWay.Scatter, sourceOrder, reason) { ScatterOrder = targetOrder };
    }

    /// <summary>All ways that could be chosen, however slow: for measurements.</summary>
    /// <inheritdoc cref="ForInference(ConvTask, VolumeLayout, bool, NumericsMode, bool)"/>
    public static IReadOnlyList<ConvChoice> Candidates(ConvTask task, VolumeLayout sourceOrder, bool isPooled, NumericsMode numerics)
    {
        if (task.IsDepthwise)
            return [Choose(task, sourceOrder, isPooled)];
        var candidates = new List<ConvChoice> { new(ConvWay.Channels, sourceOrder, "vectorised across the output channels") };
        if (FitsWidth(task, isPooled))
            candidates.Add(new ConvChoice(ConvWay.Width, VolumeLayout.Chw, "vectorised across the width"));
        candidates.AddRange(candidates.Select(direct => InPairs(task, direct, isPooled)).OfType<ConvChoice>().ToList());
        if (!task.IsTransposed && WinogradTiling.Fits(task))
            candidates.AddRange(Tilings(task, isPooled, numerics).Select(tiling => Of(tiling, Cycles(task, candidates[0], isPooled))));
        return candidates;
    }

    /// <summary>
    /// Compares what both ways cost. Across channels vectors are padded; across the width the columns left over of some rows share vectors, or the
    /// last vector overlaps the one before it.
    /// </summary>
    public static ConvChoice Choose(ConvTask task, VolumeLayout sourceOrder, bool isPooled, bool mayGoByWidth = true)
    {
        if (task.IsDepthwise)
            return new ConvChoice(ConvWay.Depthwise, VolumeLayout.Hwc, $"vectorised across the {task.Groups} channels, each by itself");
        var geometry = task.Phases[0].Geometry;
        var channels = task.Groups == 1 ? $"{geometry.OutChannels} channels" : $"the {geometry.OutChannels} of a group";
        var across = task.Groups == 1 ? "the output channels" : "the output channels of a group";
        if (!mayGoByWidth || !FitsWidth(task, isPooled))
            return new ConvChoice(ConvWay.Channels, sourceOrder, $"vectorised across {across}: {Working(ByChannels)}");
        var worth = geometry.Taps == geometry.InChannels ? ChoiceThresholds.WorthDistantPlanes : ChoiceThresholds.WorthPlanes;
        var planes = ConvCost.ByWidth(geometry, isPooled) + (sourceOrder == VolumeLayout.Hwc ? ConvCost.Reordered(geometry) : 0);
        return ConvCost.ByChannels(geometry, sourceOrder, isPooled) >= worth * planes
            ? new ConvChoice(
                ConvWay.Width, VolumeLayout.Chw, $"vectorised across the width: {Working(ByWidth)}, against {Shares(ByChannels)} across {channels}")
            : new ConvChoice(
                ConvWay.Channels, sourceOrder, $"vectorised across {across}: {Working(ByChannels)}, against {Shares(ByWidth)} across the width");

        double ByChannels(int lanes) => (double)geometry.OutChannels / Tiling.RoundUp(geometry.OutChannels, lanes);

        double ByWidth(int lanes)
        {
            var (height, width) = geometry.Grid(isPooled);
            return ColumnCut.Utilization(ColumnCut.Fits(lanes, height, width) ? lanes : lanes / 2, height, width);
        }

        // For vectors of 256 and of 512 bits.
        static string Shares(Func<int, double> share)
        {
            var (narrow, wide) = (Percent(share(VectorWidth.V256.Lanes)), Percent(share(VectorWidth.V512.Lanes)));
            return narrow == wide ? narrow : $"{narrow} or {wide}";
        }

        static string Working(Func<int, double> share) => Shares(share) + " of the lanes work";
    }

    private static WinogradTiling? WorthwhileTiling(ConvTask task, ConvChoice direct, bool isPooled, NumericsMode numerics)
    {
        if (!WinogradTiling.Fits(task))
            return null;
        var cycles = Cycles(task, direct, isPooled);
        var best = Tilings(task, isPooled, numerics).OrderBy(ConvCost.Of).FirstOrDefault();
        return best is null || ConvCost.Of(best) > Math.Min(cycles * ChoiceThresholds.WorthATransform, cycles - ChoiceThresholds.WorthMemory) ? null : best;
    }

    private static double Cycles(ConvTask task, ConvChoice direct, bool isPooled)
    {
        var geometry = task.Phases[0].Geometry;
        return direct.ByWidth ? ConvCost.ByWidth(geometry, isPooled) : ConvCost.ByChannels(geometry, direct.SourceOrder, isPooled);
    }

    /// <summary>The same way in pairs of rows; null where there are none.</summary>
    private static ConvChoice? InPairs(ConvTask task, ConvChoice direct, bool isPooled)
    {
        var geometry = task.Phases[0].Geometry;
        if (direct.Way == ConvWay.Depthwise || !PairSchedule.Fits(task, isPooled))
            return null;
        if (direct.ByWidth ? !PairSchedule.FitsWidth(geometry, isPooled) : !PairSchedule.FitsChannels(geometry, direct.SourceOrder))
            return null;
        var pairs = RowPairs.Of(geometry.KernelHeight)!;
        return direct with { Pairs = pairs, Reason = $"{direct.Reason}; {pairs.Describe()}" };
    }

    private static ConvChoice? WorthwhilePairs(ConvTask task, ConvChoice direct, bool isPooled)
    {
        if (InPairs(task, direct, isPooled) is not { } paired)
            return null;
        var written = ConvCost.Written(task.Phases[0].Geometry, isPooled);
        var cycles = Cycles(task, direct, isPooled) + written;
        return PairedCycles(task, paired, isPooled) + written <= Math.Min(cycles * ChoiceThresholds.WorthPairs, cycles - ChoiceThresholds.WorthText) ? paired : null;
    }

    private static double PairedCycles(ConvTask task, ConvChoice paired, bool isPooled) =>
        ConvCost.InPairs(task.Phases[0].Geometry, isPooled, paired.Pairs!, Cycles(task, paired, isPooled));

    private static IEnumerable<WinogradTiling> Tilings(ConvTask task, bool isPooled, NumericsMode numerics) => WinogradTransform.All
        .Where(transform => transform.Stride == task.Phases[0].Geometry.Window.StrideWidth)
        .Where(transform => transform.Outputs == 2 || numerics == NumericsMode.Fast)
        .Select(transform => WinogradTiling.Best(transform, task.Phases[0].Geometry, isPooled))
        .OfType<WinogradTiling>();

    private static ConvChoice Of(WinogradTiling tiling, double direct)
    {
        var share = Percent(ConvCost.Of(tiling) / direct);
        return new ConvChoice(ConvWay.Winograd, VolumeLayout.Hwc, $"{tiling.Describe()}, estimated at {share} of a direct convolution's time")
        {
            Winograd = tiling,
        };
    }

    private static bool FitsWidth(ConvTask task, bool isPooled)
    {
        return task.Phases[0].Geometry.Grid(isPooled).Width >= WidthThresholds.FewestColumns && task.Phases.All(CanGoByWidth);
    }

    private static bool CanGoByWidth(ConvPhase phase) =>
        phase.StepX == 1 && phase.Geometry.Window.StrideWidth == 1 && phase.Geometry.KernelHeight <= WidthThresholds.TallestUnrolled;

    private static string Percent(double share) => $"{Math.Round(share * 100)} %";
}
