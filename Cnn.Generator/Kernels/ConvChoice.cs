using System;
using System.Globalization;
using Cnn.Generator.Graph;

namespace Cnn.Generator.Kernels;

/// <summary>Which way a convolution is computed, with the reason that the generated comment gives.</summary>
/// <param name="ByWidth">Vectorised across the width of the output instead of across its channels.</param>
/// <param name="SourceOrder">The order in which the source lies, which the weights follow.</param>
/// <param name="Reason">Why.</param>
internal sealed record ConvChoice(bool ByWidth, VolumeLayout SourceOrder, string Reason)
{
    /// <summary>Rows of a kernel that the width-vectorised tile unrolls; beyond it the body passes what a JIT loop should hold.</summary>
    private const int TallestUnrolled = 7;

    /// <summary>The lanes of the vectors on which the estimate rests.</summary>
    private const int Lanes = 8;

    /// <summary>Gets the order in which the result lies.</summary>
    public VolumeLayout TargetOrder => ByWidth ? VolumeLayout.Chw : VolumeLayout.Hwc;

    /// <summary>
    /// Compares the lanes that do useful work: across channels they are padded to a multiple of eight, across the width the last tile
    /// overlaps the one before it.
    /// </summary>
    public static ConvChoice Choose(ConvGeometry geometry, VolumeLayout sourceOrder, bool pooled)
    {
        var width = pooled ? geometry.OutWidth / 2 * 2 : geometry.OutWidth;
        var byChannel = (double)geometry.OutChannels / Tiling.RoundUp(geometry.OutChannels, Lanes);
        var byWidth = (double)width / Tiling.RoundUp(Math.Max(width, 1), Lanes);
        var eligible = width >= Lanes && geometry.Window is { StrideHeight: 1, StrideWidth: 1 } && geometry.KernelHeight <= TallestUnrolled;
        if (eligible && byWidth > byChannel)
        {
            return new ConvChoice(
                true,
                VolumeLayout.Chw,
                $"vectorised across the width: {Percent(byWidth)} of the lanes work, against {Percent(byChannel)} across {geometry.OutChannels} channels");
        }

        var reason = !eligible
            ? $"vectorised across the output channels: {Percent(byChannel)} of the lanes work"
            : $"vectorised across the output channels: {Percent(byChannel)} of the lanes work, against {Percent(byWidth)} across the width";
        return new ConvChoice(false, sourceOrder, reason);
    }

    public ConvPacking Pack(ConvGeometry geometry, bool hasBias) =>
        ByWidth ? ConvPacking.ByGroup(geometry, hasBias) : ConvPacking.ByOutputChannel(geometry, SourceOrder, hasBias);

    public Kernel Build(ConvGeometry geometry, TensorLayout source, TensorLayout target, Epilogue epilogue, bool hasBias)
    {
        var packing = Pack(geometry, hasBias);
        return ByWidth
            ? new ConvWidthKernel(geometry, source, target, epilogue, packing, Reason)
            : new ConvChannelsKernel(geometry, source, target, epilogue, packing, Reason);
    }

    private static string Percent(double share) => Math.Round(share * 100).ToString(CultureInfo.InvariantCulture) + " %";
}
