using System.Collections.Generic;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Schedules;

/// <summary>
/// A run of output channels that the kernel handles in blocks: filter First + block * Lanes + lane stands, for input channel c and
/// tap (ky, kx), at Offset + block * BlockStride + c * Channel + ky * Row + kx * Column + lane.
/// </summary>
/// <remarks>
/// Width is the stride of the taps in floats; lanes beyond Lanes are zero. The biases stand apart, that of the first filter
/// at First.
/// </remarks>
internal sealed record ConvSegment(
    int First,
    int Blocks,
    int Lanes,
    int Width,
    int Offset,
    int BlockStride,
    int Channel,
    int Row,
    int Column);

/// <summary>The order in which the kernel of one phase of a convolution reads the weights of one group.</summary>
/// <param name="Segments">The output channels, in order.</param>
/// <param name="Length">Floats, padding included.</param>
internal sealed record ConvPacking(EquatableArray<ConvSegment> Segments, int Length)
{
    /// <summary>
    /// Blocks of 16 output channels, the last one of 8 or 16, padded with zeros. Within a block the taps follow the order in which the
    /// source lies: [c][ky][kx] where it is planar, [ky][kx][c] where channels are innermost.
    /// </summary>
    public static ConvPacking ByOutputChannel(ConvGeometry geometry, VolumeLayout sourceOrder)
    {
        var segments = new List<ConvSegment>();
        var full = geometry.OutChannels / 16;
        var rest = geometry.OutChannels % 16;
        var offset = 0;
        if (full > 0)
        {
            segments.Add(Segment(geometry, sourceOrder, 0, full, 16, 16, 0));
            offset = full * 16 * geometry.Taps;
        }

        if (rest > 0)
            segments.Add(Segment(geometry, sourceOrder, full * 16, 1, rest, Tiling.RoundUp(rest, 8), offset));
        return new ConvPacking(segments.ToEquatableArray(), offset + (Tiling.RoundUp(rest, 8) * geometry.Taps));
    }

    /// <summary>
    /// Groups of up to six filters, [c][kx][ky] within a group: the order in which a tile walks down the columns of the kernel.
    /// </summary>
    public static ConvPacking ByFilters(ConvGeometry geometry)
    {
        var segments = new List<ConvSegment>();
        foreach (var run in Tiling.Cut(geometry.OutChannels, WidthThresholds.MostFilters))
        {
            segments.Add(new ConvSegment(
                run.Start,
                run.Count,
                run.Size,
                run.Size,
                run.Start * geometry.Taps,
                run.Size * geometry.Taps,
                geometry.KernelWidth * geometry.KernelHeight * run.Size,
                run.Size,
                geometry.KernelHeight * run.Size));
        }

        return new ConvPacking(segments.ToEquatableArray(), geometry.OutChannels * geometry.Taps);
    }

    /// <summary>
    /// All filters of a row of the kernel side by side, [ky][c][kx] from the last column to the first, which is turned, padded to whole vectors.
    /// </summary>
    public static ConvPacking Scattered(ConvGeometry geometry)
    {
        var (channels, pitch) = (geometry.OutChannels, ScatterTile.Pitch(geometry));
        var row = geometry.InChannels * pitch;
        return new ConvPacking(
            [new ConvSegment(0, 1, channels, channels, (geometry.KernelWidth - 1) * channels, 0, pitch, row, -channels)], geometry.KernelHeight * row);
    }

    /// <summary>A depthwise convolution's: [ky][kx][c], the channels, each of which is a group, padded to whole vectors.</summary>
    public static ConvPacking Depthwise(ConvGeometry geometry, int channels)
    {
        var pitch = Tiling.RoundUp(channels, 8);
        var segment = new ConvSegment(0, 1, 1, pitch, 0, 0, 0, geometry.KernelWidth * pitch, pitch);
        return new ConvPacking([segment], geometry.KernelHeight * geometry.KernelWidth * pitch);
    }

    private static ConvSegment Segment(
        ConvGeometry geometry, VolumeLayout order, int first, int blocks, int lanes, int width, int offset)
    {
        var planar = order == VolumeLayout.Chw;
        var column = planar ? width : geometry.InChannels * width;
        return new ConvSegment(
            first,
            blocks,
            lanes,
            width,
            offset,
            geometry.Taps * width,
            planar ? geometry.KernelHeight * geometry.KernelWidth * width : width,
            geometry.KernelWidth * column,
            column);
    }
}
