using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Kernels;

/// <summary>
/// A run of output channels that the kernel handles in blocks: filter First + block * Lanes + lane stands, for input channel c and
/// tap (ky, kx), at Offset + block * BlockStride + c * Channel + ky * Row + kx * Column + lane.
/// </summary>
/// <remarks>
/// Width is the floats from one tap to the next; lanes beyond Lanes are zero. The biases of all blocks follow each other from
/// BiasOffset, padded as the weights are.
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
    int Column,
    int BiasOffset);

/// <summary>The order in which a convolution's kernel reads its weights.</summary>
/// <param name="Segments">The output channels, in order.</param>
/// <param name="Length">Floats, padding and bias included.</param>
/// <param name="HasBias">Whether a bias stands behind the weights.</param>
/// <param name="Geometry">The convolution.</param>
internal sealed record ConvPacking(EquatableArray<ConvSegment> Segments, int Length, bool HasBias, ConvGeometry Geometry) : WeightPacking
{
    public override int Length { get; } = Length;

    public override EquatableArray<PackedBlock> Blocks(ParameterSpec parameter) => Segments
        .Select(segment => parameter.Suffix == "bias"
            ? new PackedBlock(
                segment.First,
                segment.BiasOffset,
                [new PackedAxis(segment.Blocks, segment.Lanes, segment.Width), new PackedAxis(segment.Lanes, 1, 1)])
            : new PackedBlock(
                segment.First * Geometry.Taps,
                segment.Offset,
                [
                    new PackedAxis(segment.Blocks, segment.Lanes * Geometry.Taps, segment.BlockStride),
                    new PackedAxis(segment.Lanes, Geometry.Taps, 1),
                    new PackedAxis(Geometry.InChannels, Geometry.KernelHeight * Geometry.KernelWidth, segment.Channel),
                    new PackedAxis(Geometry.KernelHeight, Geometry.KernelWidth, segment.Row),
                    new PackedAxis(Geometry.KernelWidth, 1, segment.Column),
                ]))
        .ToEquatableArray();

    /// <summary>
    /// Blocks of 16 output channels, the last one of 8 or 16, padded with zeros. Within a block the taps follow the order in which the
    /// source lies: [c][ky][kx] where it is planar, [ky][kx][c] where channels are innermost.
    /// </summary>
    public static ConvPacking ByOutputChannel(ConvGeometry geometry, VolumeLayout sourceOrder, bool hasBias)
    {
        var segments = new List<ConvSegment>();
        var full = geometry.OutChannels / 16;
        var rest = geometry.OutChannels % 16;
        var weights = (full * 16 * geometry.Taps) + (Tiling.RoundUp(rest, 8) * geometry.Taps);
        var offset = 0;
        if (full > 0)
        {
            segments.Add(Segment(geometry, sourceOrder, 0, full, 16, 16, 0, weights));
            offset = full * 16 * geometry.Taps;
        }

        if (rest > 0)
            segments.Add(Segment(geometry, sourceOrder, full * 16, 1, rest, Tiling.RoundUp(rest, 8), offset, weights + (full * 16)));
        var bias = hasBias ? (full * 16) + Tiling.RoundUp(rest, 8) : 0;
        return new ConvPacking(segments.ToEquatableArray(), weights + bias, hasBias, geometry);
    }

    /// <summary>
    /// Groups of up to six filters, [c][kx][ky] within a group: the order in which a tile walks down the columns of the kernel.
    /// </summary>
    public static ConvPacking ByGroup(ConvGeometry geometry, bool hasBias)
    {
        var segments = new List<ConvSegment>();
        var weights = geometry.OutChannels * geometry.Taps;
        foreach (var run in Tiling.Cut(geometry.OutChannels, 6))
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
                geometry.KernelHeight * run.Size,
                weights + run.Start));
        }

        return new ConvPacking(segments.ToEquatableArray(), weights + (hasBias ? geometry.OutChannels : 0), hasBias, geometry);
    }

    private static ConvSegment Segment(
        ConvGeometry geometry, VolumeLayout order, int first, int blocks, int lanes, int width, int offset, int bias)
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
            column,
            bias);
    }
}
