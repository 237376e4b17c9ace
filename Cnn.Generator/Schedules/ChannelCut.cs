using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn.Generator.Schedules;

/// <summary>How the output channels of a segment are divided among passes over the pixels, or over the taps.</summary>
/// <param name="Segment">The channels.</param>
/// <param name="Width">The vectors.</param>
/// <param name="Together">Blocks of a pass, a vector each.</param>
/// <param name="Halves">Or the passes of a block.</param>
/// <param name="Vectors">Vectors of a pass.</param>
internal sealed record ChannelCut(ConvSegment Segment, VectorWidth Width, int Together, int Halves, int Vectors)
{
    /// <summary>Gets the blocks, or what of them is taken together.</summary>
    public int Blocks => Segment.Blocks / Together;

    /// <summary>Gets the floats of weights from one of them to the next.</summary>
    public int Floats => Together * Segment.BlockStride;

    /// <summary>Gets the floats of weights from one vector of a tap to the next.</summary>
    public int Distance => Together > 1 ? Segment.BlockStride : Width.Lanes;

    /// <summary>Gets the channels of a pass.</summary>
    public int Live => Together * Segment.Lanes / Halves;

    /// <summary>Whole blocks are halved where they are wider than two vectors; what remains of the channels goes in one piece.</summary>
    public static ChannelCut Of(ConvSegment segment, VectorWidth width)
    {
        var vectors = (segment.Lanes + width.Lanes - 1) / width.Lanes;
        var halves = segment.Lanes % (2 * width.Lanes) == 0 ? segment.Lanes / (2 * width.Lanes) : 1;
        return new ChannelCut(segment, width, 1, halves, vectors / halves);
    }

    /// <summary>All ways to take blocks of one vector together that leave none.</summary>
    public static IEnumerable<ChannelCut> AllTogether(ConvSegment segment, VectorWidth width) =>
        Passes(segment, width).Where(passes => passes.Count == 1).Select(passes => passes[0]);

    /// <summary>All ways to take a number of a segment's blocks together, a vector each, and the remainder in a last pass.</summary>
    public static IEnumerable<IReadOnlyList<ChannelCut>> Passes(ConvSegment segment, VectorWidth width)
    {
        for (var together = 1; together <= Math.Min(segment.Blocks, width.MostVectors); together++)
        {
            var rest = segment.Blocks % together;
            var whole = segment.Blocks - rest;
            var most = new ChannelCut(segment with { Blocks = whole }, width, together, 1, together);
            if (rest == 0)
            {
                yield return [most];
                continue;
            }

            var (first, offset) = (segment.First + (whole * segment.Lanes), segment.Offset + (whole * segment.BlockStride));
            yield return [most, new ChannelCut(segment with { First = first, Offset = offset, Blocks = rest }, width, rest, 1, rest)];
        }
    }
}
