using System;
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
    TensorView Source,
    TensorView Target,
    Epilogue Epilogue,
    ConvPacking Packing,
    bool HasBias,
    string Choice) : Kernel
{
    /// <summary>Accumulators a tile may hold: with two vectors of weights and one broadcast, 15 of 16 registers.</summary>
    private const int Accumulators = 12;

    /// <summary>Multiply-adds that the body of a loop has at least: they hide the loop.</summary>
    private const int ShortBody = 12;

    /// <summary>
    /// The same for inference in wide vectors: where another thread shares the core, the instructions of the loop itself cost up to a tenth.
    /// </summary>
    private const int LongBody = 24;

    public override string Signature =>
        $"ref float source, ref float weights, {(HasBias ? "ref float bias, " : "")}{(Residual is null ? "" : "ref float residual, ")}ref float target";

    /// <summary>
    /// The floats of weights from which threads share the channels, so that each reads its part of the weights once; else they share the rows.
    /// </summary>
    private const int SharedWeights = 128 * 1024;

    /// <summary>Blocks of channels, or rows, that go round among threads.</summary>
    private const int SharedTurns = 4;

    /// <summary>Gets how a volume lies that is added to the result; null where none is.</summary>
    public TensorView? Residual { get; init; }

    /// <summary>Gets a value indicating whether it is worth a longer text.</summary>
    public bool IsHot { get; init; }

    public override int Parts => Packing.Segments.Count;

    public override bool CanShare => true;

    public override string Reason => Choice;

    private bool Pools => Epilogue.Pool != FusedPool.None;

    private int Shrink => Pools ? 2 : 1;

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        var segment = Packing.Segments[part];
        var vectors = (segment.Lanes + width.Lanes - 1) / width.Lanes;

        // Whole blocks are halved where they are wider than two vectors; what remains of the channels goes in one piece.
        var halves = segment.Lanes % (2 * width.Lanes) == 0 ? segment.Lanes / (2 * width.Lanes) : 1;
        var (blockScope, block) = Loop(writer, "block", segment.Blocks, IsShared && SharesBlocks(segment, width));
        using (blockScope)
        {
            var (halfScope, half) = Loop(writer, "half", halves);
            using (halfScope)
                EmitTiles(writer, new Tile(width, segment, block, half, vectors / halves, segment.Lanes / halves, Shape(vectors / halves)));
        }
    }

    private bool SharesBlocks(ConvSegment segment, VectorWidth width)
    {
        if (segment.Blocks * segment.BlockStride >= SharedWeights && segment.Blocks >= SharedTurns)
            return true;
        var halves = Math.Max(1, segment.Lanes / (2 * width.Lanes));
        var rows = Shape((segment.Lanes + width.Lanes - 1) / width.Lanes / halves).Rows;
        return segment.Blocks > (Geometry.OutHeight + rows - 1) / rows;
    }

    /// <summary>Rows and columns of a tile, before any pooling.</summary>
    private (int Rows, int Columns) Shape(int vectors)
    {
        if (!Pools)
            return TileLoop.Best(Geometry.OutHeight, Geometry.OutWidth, Accumulators / vectors, vectors);
        var pooled = TileLoop.Best(1, Geometry.OutWidth / 2, Math.Max(1, Accumulators / (4 * vectors)), 4 * vectors);
        return (2, 2 * pooled.Columns);
    }

    private void EmitTiles(CodeWriter writer, Tile tile)
    {
        var (rows, columns) = tile.Shape;
        var (rowScope, y) = TileLoop.Open(
            writer, "y", Geometry.OutHeight / Shrink * Shrink, rows, IsShared && !SharesBlocks(tile.Segment, tile.Width));
        using (rowScope)
        {
            var (columnScope, x) = TileLoop.Open(writer, "x", Geometry.OutWidth / Shrink * Shrink, columns);
            using (columnScope)
            {
                EmitAccumulators(writer, tile, rows * columns);
                if (Geometry.Taps > 0)
                    EmitTaps(writer, tile, y, x);
                EmitStores(writer, tile, y, x);
            }
        }
    }

    private void EmitAccumulators(CodeWriter writer, Tile tile, int pixels)
    {
        for (var q = 0; q < tile.Vectors; q++)
        {
            var offset = Offset(
                tile.Segment.First + (q * tile.Width.Lanes), (tile.Block, tile.Segment.Width), (tile.Half, tile.Live));
            var bias = HasBias ? tile.Width.LoadAt("bias", offset) : tile.Width.Zero;
            writer.Line($"{tile.Width.Float} {string.Join(", ", Enumerable.Range(0, pixels).Select(p =>
                p == 0 ? $"{Sum(0, q)} = {bias}" : $"{Sum(p, q)} = {Sum(0, q)}"))};");
        }

    }

    private void EmitTaps(CodeWriter writer, Tile tile, string y, string x)
    {
        var window = Geometry.Window;
        writer.Line(Declare("s", "source", 0, (y, window.StrideHeight * Source.Row), (x, window.StrideWidth * Source.Pixel)));
        writer.Line(Declare("w", "weights", tile.Segment.Offset, (tile.Block, tile.Segment.BlockStride), (tile.Half, tile.Live)));
        var planar = Source.Order == VolumeLayout.Chw;
        var contiguous = !planar && Source.Pixel == Geometry.InChannels && window.DilationWidth == 1;
        var ky = ("ky", Geometry.KernelHeight, window.DilationHeight * Source.Row);
        var stepX = window.DilationWidth * Source.Pixel;
        var (run, step) = planar
            ? (Geometry.KernelWidth, stepX)
            : (contiguous ? Geometry.KernelWidth * Geometry.InChannels : Geometry.InChannels, Source.Channel);
        var loops = planar
            ? new[] { ("c", Geometry.InChannels, Source.Channel), ky }
            : contiguous ? [ky] : [ky, ("kx", Geometry.KernelWidth, stepX)];
        var (rows, columns) = tile.Shape;
        writer.Line($"{tile.Width.Float} v, {string.Join(", ", Enumerable.Range(0, tile.Vectors).Select(q => "k" + Text(q)))};");
        var pixels = new int[rows * columns];
        for (var p = 0; p < pixels.Length; p++)
        {
            pixels[p] = (p / columns * window.StrideHeight * Source.Row)
                + (p % columns * window.StrideWidth * Source.Pixel);
        }

        var sums = pixels.Length * tile.Vectors;
        var body = IsHot && tile.Width == VectorWidth.V256 ? LongBody : ShortBody;
        var unroll = (body + sums - 1) / sums;
        TapLoops.Emit(writer, loops, run, step, tile.Segment.Width, unroll, tap => EmitTap(writer, tile, pixels, tap, tap * step));
    }

    private static void EmitTap(CodeWriter writer, Tile tile, int[] pixels, int tap, int offset)
    {
        var vectors = Enumerable.Range(0, tile.Vectors).ToList();
        writer.Line(string.Join(" ", vectors.Select(q =>
            $"k{q} = {tile.Width.Load("w", (tap * tile.Segment.Width) + (q * tile.Width.Lanes))};")));
        for (var p = 0; p < pixels.Length; p++)
        {
            writer.Line($"v = {tile.Width.Broadcast("s", pixels[p] + offset)}; {string.Join(" ", vectors.Select(q =>
                $"{Sum(p, q)} = {VectorWidth.MultiplyAdd("v", "k" + Text(q), Sum(p, q))};"))}");
        }
    }

    private void EmitStores(CodeWriter writer, Tile tile, string y, string x)
    {
        var (rows, columns) = tile.Shape;
        writer.Line(Place("t", "target", Target));
        if (Residual is { } other)
            writer.Line(Place("r", "residual", other));
        for (var r = 0; r < rows / Shrink; r++)
        {
            for (var c = 0; c < columns / Shrink; c++)
            {
                var offset = (r * Target.Row) + (c * Target.Pixel);
                writer.Line(string.Join(" ", Enumerable.Range(0, tile.Vectors).SelectMany(q => LaneStore.Statements(
                    tile.Width,
                    Value(tile, r, c, q),
                    Variable(tile, r, c, q),
                    "t",
                    offset + (q * tile.Width.Lanes),
                    Math.Min(tile.Width.Lanes, tile.Live - (q * tile.Width.Lanes))))));
            }
        }

        string Place(string name, string reference, TensorView view) => Declare(
            name,
            reference,
            tile.Segment.First,
            (tile.Block, tile.Segment.Lanes),
            (tile.Half, tile.Live),
            (Pooled(y), view.Row),
            (Pooled(x), view.Pixel));
    }

    /// <summary>An index of pixels as one of pooled pixels.</summary>
    private string Pooled(string index) => index.Length == 0 || !Pools ? index : $"({index} / 2)";

    private string Value(Tile tile, int row, int column, int q)
    {
        var columns = tile.Shape.Columns;
        if (!Pools)
        {
            var sum = Sum((row * columns) + column, q);
            return Epilogue.Activate(tile.Width, Residual is { } other
                ? $"{sum} + {tile.Width.Load("r", (row * other.Row) + (column * other.Pixel) + (q * tile.Width.Lanes))}"
                : sum);
        }

        var first = (row * 2 * columns) + (column * 2);
        var combined = Epilogue.Combine(tile.Width, Sum(first, q), Sum(first + 1, q), Sum(first + columns, q), Sum(first + columns + 1, q));
        return Epilogue.Finish(tile.Width, combined);
    }

    /// <summary>A sum that has gone into a value and is free to hold it.</summary>
    private string Variable(Tile tile, int row, int column, int q) =>
        Sum((row * Shrink * tile.Shape.Columns) + (column * Shrink), q);

    private static string Sum(int pixel, int vector) => "abcd"[vector] + Text(pixel);

    /// <summary>The part of a block of output channels that one pass over the pixels computes, and the pixels of a tile.</summary>
    private sealed record Tile(
        VectorWidth Width, ConvSegment Segment, string Block, string Half, int Vectors, int Live, (int Rows, int Columns) Shape);
}
