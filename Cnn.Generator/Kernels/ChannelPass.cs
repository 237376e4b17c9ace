using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn.Generator.Kernels;

/// <summary>A pass of a convolution over its pixels.</summary>
/// <param name="Cut">Its channels.</param>
/// <param name="Shape">The pixels of a tile, before any pooling.</param>
internal sealed record ChannelPass(ChannelCut Cut, PixelTile Shape)
{
    /// <summary>How many times less the cost of two passes must be, for the second one to be worth its text.</summary>
    private const double WorthAPass = 1.08;

    /// <summary>The passes that cost least, each of several blocks together where a block is one vector.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="pools">Whether 2x2 pixels are pooled into one.</param>
    /// <param name="segment">The channels.</param>
    /// <param name="width">The vectors.</param>
    public static IReadOnlyList<ChannelPass> Best(ConvGeometry geometry, bool pools, ConvSegment segment, VectorWidth width)
    {
        if (segment.Lanes != width.Lanes)
            return [Shaped(ChannelCut.Of(segment, width))];
        return ChannelCut.Passes(segment, width)
            .Select(cuts => cuts.Select(Shaped).ToList())
            .OrderBy(passes => passes.Sum(Cost) * (passes.Count > 1 ? WorthAPass : 1))
            .First();

        ChannelPass Shaped(ChannelCut cut) => new(cut, Tile(cut.Vectors));

        double Cost(ChannelPass pass) =>
            pass.Cut.Blocks * pass.Shape.Cost(geometry.OutHeight, geometry.OutWidth, Weights(pass.Cut.Vectors));

        PixelTile Tile(int vectors)
        {
            if (!pools)
                return PixelTile.Best(geometry.OutHeight, geometry.OutWidth, width.Accumulators / vectors, Weights(vectors));
            var sums = new WeightPanel(4 * vectors);
            var pooled = TileLoop.Best(1, geometry.OutWidth / 2, Math.Max(1, width.Accumulators / sums.Vectors), sums);
            return new PixelTile(2, 2 * pooled.Columns);
        }

        WeightPanel Weights(int vectors) => new(vectors, width.Lanes, geometry.Taps);
    }
}
