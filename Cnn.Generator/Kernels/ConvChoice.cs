using System;
using System.Globalization;
using System.Linq;
using Cnn.Generator.Graph;

namespace Cnn.Generator.Kernels;

/// <summary>What the vectors of a convolution's kernel run across.</summary>
internal enum ConvWay
{
    /// <summary>The output channels of a group.</summary>
    Channels,

    /// <summary>The width of the output.</summary>
    Width,

    /// <summary>The channels, each of which is a group.</summary>
    Depthwise,
}

/// <summary>Which way a convolution is computed, with the reason that the generated comment gives.</summary>
/// <param name="Way">What the vectors run across.</param>
/// <param name="SourceOrder">The order in which the source lies, which the weights follow.</param>
/// <param name="Reason">Why.</param>
internal sealed record ConvChoice(ConvWay Way, VolumeLayout SourceOrder, string Reason)
{
    /// <summary>Rows of a kernel that the width-vectorised tile unrolls; beyond it the body passes what a JIT loop should hold.</summary>
    private const int TallestUnrolled = 7;

    /// <summary>The lanes of the vectors on which the estimate rests.</summary>
    private const int Lanes = 8;

    /// <summary>Gets a value indicating whether it is vectorised across the width of the output instead of across its channels.</summary>
    public bool ByWidth => Way == ConvWay.Width;

    /// <summary>Gets the order in which the result lies.</summary>
    public VolumeLayout TargetOrder => ByWidth ? VolumeLayout.Chw : VolumeLayout.Hwc;

    /// <summary>
    /// Compares the lanes that do useful work: across channels they are padded to a multiple of eight, across the width the last tile
    /// overlaps the one before it.
    /// </summary>
    public static ConvChoice Choose(ConvTask task, VolumeLayout sourceOrder, bool pooled)
    {
        if (task.IsDepthwise)
            return new ConvChoice(ConvWay.Depthwise, VolumeLayout.Hwc, $"vectorised across the {task.Groups} channels, each by itself");
        var geometry = task.Phases[0].Geometry;
        var width = pooled ? geometry.OutWidth / 2 * 2 : geometry.OutWidth;
        var byChannel = (double)geometry.OutChannels / Tiling.RoundUp(geometry.OutChannels, Lanes);
        var byWidth = (double)width / Tiling.RoundUp(Math.Max(width, 1), Lanes);
        var channels = task.Groups == 1 ? $"{geometry.OutChannels} channels" : $"the {geometry.OutChannels} of a group";
        var across = task.Groups == 1 ? "the output channels" : "the output channels of a group";
        var eligible = width >= Lanes && task.Phases.All(CanGoByWidth);
        if (eligible && byWidth > byChannel)
        {
            return new ConvChoice(
                ConvWay.Width,
                VolumeLayout.Chw,
                $"vectorised across the width: {Percent(byWidth)} of the lanes work, against {Percent(byChannel)} across {channels}");
        }

        var reason = !eligible
            ? $"vectorised across {across}: {Percent(byChannel)} of the lanes work"
            : $"vectorised across {across}: {Percent(byChannel)} of the lanes work, against {Percent(byWidth)} across the width";
        return new ConvChoice(ConvWay.Channels, sourceOrder, reason);
    }

    private static bool CanGoByWidth(ConvPhase phase) =>
        phase.StepX == 1 && phase.Geometry.Window.StrideWidth == 1 && phase.Geometry.KernelHeight <= TallestUnrolled;

    private static string Percent(double share) => Math.Round(share * 100).ToString(CultureInfo.InvariantCulture) + " %";
}
