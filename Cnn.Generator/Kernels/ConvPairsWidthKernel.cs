using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Pairs of rows vectorised across the width of the output: a tile of filters x two pairs x a vector of columns stays in registers. Source and
/// target are planar.
/// </summary>
internal sealed record ConvPairsWidthKernel(
    RowPairs Pairs,
    ConvGeometry Geometry,
    TensorView Source,
    TensorView Target,
    Epilogue Epilogue,
    ConvPacking Packing,
    bool HasBias,
    string Choice) : ConvPairsKernel(Pairs, Geometry, Source, Target, Epilogue, Packing, HasBias, Choice)
{
    protected override int PairsOfABand => PairThresholds.FewestRows / 2;

    public override bool HasWide(int part) => true;

    protected override RowRun RunOf(ConvSegment segment) =>
        new(segment.Offset, segment.Blocks * Geometry.InChannels * Geometry.KernelWidth, segment.Width);

    protected override void EmitTiles(KernelBody body, VectorWidth width, string y, string memory)
    {
        var cut = PairCut.Of(width, Width);
        foreach (var segment in Packing.Segments)
        {
            Repeat(body, "group", segment.Blocks, group =>
            {
                var own = Enumerable.Range(0, PairsOfABand).Select(pair => new Vector(0, pair)).ToList();
                if (cut.Whole > 0)
                    EmitColumns(body, new Tile(width, segment, group, own), cut.Whole, y, memory);
                foreach (var part in cut.Parts)
                    EmitColumns(body, new Tile(part.Width, segment, group, [new Vector(part.Column, null)]), 0, y, memory);
            });
        }
    }

    /// <summary>Opens the loops over filters and columns, and prints a tile.</summary>
    private void EmitColumns(KernelBody body, Tile tile, int columns, string y, string memory)
    {
        foreach (var run in Tiling.Cut(tile.Segment.Lanes, PairSchedule.MostFilters(tile.Width, tile.Vectors.Count)))
        {
            Repeat(body, "part", run.Count, part =>
            {
                var (scope, x) = columns == 0 ? (body.Open(), "") : TileLoop.Open(body, "x", columns, tile.Width.Lanes);
                using (scope)
                    EmitTile(body, tile with { Filters = run.Size, First = run.Start, Part = part }, y, x, memory);
            });
        }
    }

    private void EmitTile(KernelBody body, Tile tile, string y, string x, string memory)
    {
        var (width, segment) = (tile.Width, tile.Segment);
        for (var g = 0; g < tile.Filters; g++)
        {
            var bias = HasBias
                ? width.BroadcastAt("bias", Distance(segment.First + tile.First + g, (tile.Group, segment.Lanes), (tile.Part, tile.Filters)))
                : width.Zero;
            body.Declare(width.Local, Enumerable.Range(0, tile.Sums).Select(sum =>
                new LocalVariable(Sum(g, sum), sum == 0 ? bias : sum == 1 ? width.Zero : Sum(g, sum % 2))));
        }

        body.Declare(width.Local, Enumerable.Range(0, tile.Vectors.Count).Select(v => "x" + Text.Number(v)));
        EmitProducts(body, tile, x, memory, areCommon: true);
        for (var g = 0; g < tile.Filters; g++)
        {
            body.Add(Enumerable.Range(0, tile.Vectors.Count).Select(v =>
                SumsAndDifferences.Of(tile.Width, Sum(g, 2 * v), Sum(g, (2 * v) + 1))));
        }

        EmitProducts(body, tile, x, memory, areCommon: false);
        EmitStores(body, tile, y, x);
    }

    private void EmitProducts(KernelBody body, Tile tile, string x, string memory, bool areCommon)
    {
        var segment = tile.Segment;
        var (products, first) = areCommon ? (Pairs.Common, 0) : (Pairs.Own, Pairs.Common.Count);
        var (weights, offset, blockStride, rows) = WeightsOf(segment, areCommon);
        using (body.Open())
        {
            body.Add(Declare("s", memory, first * RowLength, (x, 1)));
            body.Add(Declare("w", weights, offset + tile.First, (tile.Group, blockStride), (tile.Part, tile.Filters)));
            var (channelScope, c) = Loop(body, "c", Geometry.InChannels);
            using (channelScope)
            {
                if (c.Length > 0)
                    body.Refer("sc", new Place("s", 0));
                var (columnScope, kx) = Loop(body, "kx", Geometry.KernelWidth);
                using (columnScope)
                {
                    for (var i = 0; i < products.Count; i++)
                        EmitProduct(body, tile, i, products[i]);
                    if (kx.Length > 0)
                        body.Advance("s", 1);
                    body.Advance("w", rows * segment.Width);
                }

                if (c.Length > 0)
                    body.Advance("s", "sc", PlaneStride);
            }
        }
    }

    private void EmitProduct(KernelBody body, Tile tile, int number, RowProduct product)
    {
        for (var v = 0; v < tile.Vectors.Count; v++)
        {
            var vector = tile.Vectors[v];
            int[] pairs = vector.Pair is { } pair ? [pair] : [0, 1];
            body.Assign("x" + Text.Number(v), tile.Width.Join("s", [.. pairs.Select(p => vector.Column + (p * PairStride) + (number * RowLength))]));
        }

        for (var g = 0; g < tile.Filters; g++)
        {
            var vectors = Enumerable.Range(0, tile.Vectors.Count).ToList();
            body.Add(tile.Width.MultiplyAdd(
                "w",
                (product.Row * tile.Segment.Width) + g,
                [.. vectors.Select(v => "x" + Text.Number(v))],
                [.. vectors.Select(v => Sum(g, (2 * v) + product.Sum))]));
        }
    }

    private void EmitStores(KernelBody body, Tile tile, string y, string x)
    {
        body.Add(Declare(
            "t",
            "target",
            (tile.Segment.First + tile.First) * Target.Channel,
            (tile.Group, tile.Segment.Lanes * Target.Channel),
            (tile.Part, tile.Filters * Target.Channel),
            (Pooled(y), Target.Row),
            (Pooled(x), 1)));
        for (var g = 0; g < tile.Filters; g++)
        {
            for (var v = 0; v < tile.Vectors.Count; v++)
            {
                var offset = (g * Target.Channel) + (tile.Vectors[v].Column / (Pools ? 2 : 1));
                if (Pools)
                    EmitPooled(body, tile, v, Sum(g, 2 * v), Sum(g, (2 * v) + 1), offset);
                else
                    EmitRows(body, tile, v, [Sum(g, 2 * v), Sum(g, (2 * v) + 1)], offset);
            }
        }
    }

    private void EmitRows(KernelBody body, Tile tile, int v, string[] sums, int offset)
    {
        for (var row = 0; row < sums.Length; row++)
        {
            var value = Epilogue.Activate(tile.Width, sums[row]);
            if (tile.Vectors[v].Pair is { } pair)
            {
                body.Add(tile.Width.Store(value, "t", offset + (((2 * pair) + row) * Target.Row)));
                continue;
            }

            if (value != sums[row])
                body.Assign(sums[row], value);
            body.Add(tile.Width.Half.Store(sums[row] + ".GetLower()", "t", offset + (row * Target.Row)));
            body.Add(tile.Width.Half.Store(sums[row] + ".GetUpper()", "t", offset + ((2 + row) * Target.Row)));
        }
    }

    private void EmitPooled(KernelBody body, Tile tile, int v, string upper, string lower, int offset)
    {
        body.Assign(upper, Epilogue.Combine(tile.Width, upper, lower));
        body.Add(PairPooling.Emit(tile.Width, Epilogue.Pool, upper));
        if (tile.Vectors[v].Pair is { } pair)
            LaneStore.EmitHalf(body, tile.Width, half => Epilogue.Finish(half, $"VectorLanes.Even({upper})"), "t", offset + (pair * Target.Row));
        else
            LaneStore.EmitHalves(body, Epilogue.Finish(tile.Width.Half, $"VectorLanes.Even({upper})"), "t", offset, Target.Row);
    }

    private static string Sum(int filter, int number) => "abcdef"[filter] + Text.Number(number);

    /// <summary>A vector of a tile.</summary>
    /// <param name="Column">The first column, from the tile's on.</param>
    /// <param name="Pair">The pair of rows; null where both share the vector.</param>
    private readonly record struct Vector(int Column, int? Pair);

    /// <summary>The tile at hand.</summary>
    private sealed record Tile(VectorWidth Width, ConvSegment Segment, string Group, IReadOnlyList<Vector> Vectors)
    {
        /// <summary>Gets its filters, the first of them in the segment's block, and the index of so many.</summary>
        public int Filters { get; init; }

        public int First { get; init; }

        public string Part { get; init; } = "";

        /// <summary>Gets the sums of a filter: two of each vector.</summary>
        public int Sums => 2 * Vectors.Count;
    }
}
