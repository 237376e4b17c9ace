using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Direct convolution vectorised across output channels: a tile of pixels x channels stays in registers, each tap broadcasts
/// one activation a pixel and multiplies it with the weights of all channels of the block. The source may lie in any order;
/// the target has its channels innermost.
/// </summary>
internal sealed record ConvChannelsKernel(
    ConvGeometry Geometry,
    TensorLayout Source,
    TensorLayout Target,
    Epilogue Epilogue,
    ConvPacking Packing,
    string Choice) : Kernel
{
    /// <summary>Accumulators a tile may hold: with two vectors of weights and one broadcast, 15 of 16 registers.</summary>
    private const int Accumulators = 12;

    /// <summary>Multiply-adds a method may hold, well within what the JIT still optimises.</summary>
    private const int MethodBudget = 300;

    public override string Signature => "ref float source, ref float weights, ref float target";

    public override int Parts => Packing.Segments.Count;

    public override string Reason => Choice;

    private bool Pools => Epilogue.Pool != FusedPool.None;

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        var segment = Packing.Segments[part];
        var vectors = Math.Min(2, (segment.Lanes + width.Lanes - 1) / width.Lanes);
        var lanes = vectors * width.Lanes;
        var groups = (segment.Lanes + lanes - 1) / lanes;
        var (blockScope, block) = Loop(writer, "block", segment.Blocks);
        using (blockScope)
        {
            for (var group = 0; group < groups; group++)
            {
                var live = Math.Min(lanes, segment.Lanes - (group * lanes));
                EmitGroup(writer, new Tile(width, segment, block, group * lanes, (live + width.Lanes - 1) / width.Lanes, live, 1), groups);
                if (group + 1 < groups)
                    writer.Line();
            }
        }
    }

    /// <summary>The shapes of tile that together cover the output, for tiles of so many vectors of channels.</summary>
    private IReadOnlyList<(TileRun Rows, TileRun Columns)> Cover(int vectors)
    {
        var tiles = new List<(TileRun Rows, TileRun Columns)>();
        if (Pools)
        {
            var pooled = Math.Min(Math.Max(1, Accumulators / (4 * vectors)), Geometry.OutWidth / 2);
            foreach (var columns in Tiling.Cut(Geometry.OutWidth / 2, pooled))
                tiles.Add((new TileRun(0, 2, Geometry.OutHeight / 2), new TileRun(columns.Start * 2, columns.Size * 2, columns.Count)));
            return tiles;
        }

        var pixels = Accumulators / vectors;
        foreach (var columns in Tiling.Cut(Geometry.OutWidth, Math.Min(pixels, Geometry.OutWidth)))
        {
            foreach (var rows in Tiling.Cut(Geometry.OutHeight, Math.Min(Geometry.OutHeight, Math.Max(1, pixels / columns.Size))))
                tiles.Add((rows, columns));
        }

        return tiles;
    }

    private void EmitGroup(CodeWriter writer, Tile tile, int groups)
    {
        var cover = Cover(tile.Vectors);

        // A run of taps is printed unrolled and then its remainder: at most twice the unrolling, less one.
        var share = MethodBudget / (cover.Count * groups * Accumulators);
        foreach (var (rows, columns) in cover)
        {
            var fits = Math.Min(60 / (rows.Size * columns.Size * tile.Vectors), Math.Max(1, (share + 1) / 2));
            EmitTiles(writer, tile with { Unroll = fits }, rows, columns);
        }
    }

    private void EmitTiles(CodeWriter writer, Tile tile, TileRun rows, TileRun columns)
    {
        var window = Geometry.Window;
        var (rowScope, y) = Loop(writer, "y", rows.Count);
        using (rowScope)
        {
            var (columnScope, x) = Loop(writer, "x", columns.Count);
            using (columnScope)
            {
                var stepY = rows.Size * window.StrideHeight * Source.GridRow;
                var stepX = columns.Size * window.StrideWidth * Source.GridColumn;
                var start = Source.Corner(window.Top, window.Left)
                    + (rows.Start * window.StrideHeight * Source.GridRow)
                    + (columns.Start * window.StrideWidth * Source.GridColumn);
                EmitAccumulators(writer, tile, rows.Size * columns.Size);
                writer.Line(Declare("s", "source", start, (y, stepY), (x, stepX)));
                writer.Line(Declare("w", "weights", tile.Segment.Offset + tile.FirstLane, (tile.Block, tile.Segment.BlockStride)));
                EmitTaps(writer, tile, rows.Size, columns.Size);
                EmitStores(writer, tile, rows, columns, y, x);
            }
        }
    }

    private void EmitAccumulators(CodeWriter writer, Tile tile, int pixels)
    {
        for (var q = 0; q < tile.Vectors; q++)
        {
            var offset = tile.Segment.BiasOffset + tile.FirstLane + (q * tile.Width.Lanes);
            var bias = Packing.HasBias
                ? tile.Width.LoadAt("weights", Offset(offset, (tile.Block, tile.Segment.Width)))
                : tile.Width.Zero;
            writer.Line($"{tile.Width.Float} {string.Join(", ", Enumerable.Range(0, pixels).Select(p =>
                p == 0 ? $"{Sum(0, q)} = {bias}" : $"{Sum(p, q)} = {Sum(0, q)}"))};");
        }

        writer.Line($"{tile.Width.Float} v, {string.Join(", ", Enumerable.Range(0, tile.Vectors).Select(q => "k" + Text(q)))};");
    }

    private void EmitTaps(CodeWriter writer, Tile tile, int rows, int columns)
    {
        var planar = Source.Order == VolumeLayout.Chw;
        var contiguous = !planar && Source.GridColumn == Geometry.InChannels;
        var run = planar ? Geometry.KernelWidth : contiguous ? Geometry.KernelWidth * Geometry.InChannels : Geometry.InChannels;
        var loops = planar
            ? new[] { ("c", Geometry.InChannels, Source.Channel), ("ky", Geometry.KernelHeight, Source.GridRow) }
            : contiguous
                ? [("ky", Geometry.KernelHeight, Source.GridRow)]
                : [("ky", Geometry.KernelHeight, Source.GridRow), ("kx", Geometry.KernelWidth, Source.GridColumn)];
        var pixels = new int[rows * columns];
        for (var p = 0; p < pixels.Length; p++)
        {
            pixels[p] = (p / columns * Geometry.Window.StrideHeight * Source.GridRow)
                + (p % columns * Geometry.Window.StrideWidth * Source.GridColumn);
        }

        TapLoops.Emit(writer, loops, run, tile.Segment.Width, tile.Unroll, tap => EmitTap(writer, tile, pixels, tap));
    }

    private void EmitTap(CodeWriter writer, Tile tile, int[] pixels, int tap)
    {
        for (var q = 0; q < tile.Vectors; q++)
            writer.Line($"k{q} = {tile.Width.Load("w", (tap * tile.Segment.Width) + (q * tile.Width.Lanes))};");
        for (var p = 0; p < pixels.Length; p++)
        {
            writer.Line($"v = {tile.Width.Broadcast(Scalar("s", pixels[p] + tap))};");
            for (var q = 0; q < tile.Vectors; q++)
                writer.Line($"{Sum(p, q)} = {tile.Width.MultiplyAdd("v", "k" + Text(q), Sum(p, q))};");
        }
    }

    private void EmitStores(CodeWriter writer, Tile tile, TileRun rows, TileRun columns, string y, string x)
    {
        var shrink = Pools ? 2 : 1;
        var firstRow = rows.Start / shrink;
        var firstColumn = columns.Start / shrink;
        var start = Target.Origin + tile.Segment.First + tile.FirstLane + (firstRow * Target.Row) + (firstColumn * Target.Pixel);
        writer.Line(Declare(
            "t",
            "target",
            start,
            (tile.Block, tile.Segment.Lanes),
            (y, rows.Size / shrink * Target.Row),
            (x, columns.Size / shrink * Target.Pixel)));
        for (var r = 0; r < rows.Size / shrink; r++)
        {
            for (var c = 0; c < columns.Size / shrink; c++)
            {
                for (var q = 0; q < tile.Vectors; q++)
                {
                    var lanes = Math.Min(tile.Width.Lanes, tile.Live - (q * tile.Width.Lanes));
                    writer.Line($"k{q} = {Value(tile, r, c, q, columns.Size)};");
                    LaneStore.Emit(
                        writer, tile.Width, "k" + Text(q), "t", (r * Target.Row) + (c * Target.Pixel) + (q * tile.Width.Lanes), lanes);
                }
            }
        }
    }

    private string Value(Tile tile, int row, int column, int q, int columns)
    {
        if (!Pools)
            return Epilogue.Activate(tile.Width, Sum((row * columns) + column, q));
        var first = (row * 2 * columns) + (column * 2);
        var combined = Epilogue.Combine(tile.Width, Sum(first, q), Sum(first + 1, q), Sum(first + columns, q), Sum(first + columns + 1, q));
        return Epilogue.Finish(tile.Width, combined);
    }

    private static string Sum(int pixel, int vector) => "abcd"[vector] + Text(pixel);

    /// <summary>The part of a block of output channels that one pass over the pixels computes.</summary>
    private sealed record Tile(VectorWidth Width, ConvSegment Segment, string Block, int FirstLane, int Vectors, int Live, int Unroll);
}
