using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Pairs of rows vectorised across output channels: a tile of one pair x columns x channels stays in registers. The source is planar, or its rows
/// have no gaps; the target has its channels innermost.
/// </summary>
internal sealed record ConvPairsChannelsKernel(
    RowPairs Pairs,
    ConvGeometry Geometry,
    TensorView Source,
    TensorView Target,
    Epilogue Epilogue,
    ConvPacking Packing,
    bool HasBias,
    string Choice) : ConvPairsKernel(Pairs, Geometry, Source, Target, Epilogue, Packing, HasBias, Choice)
{
    protected override int PairsOfABand => 1;

    /// <summary>Gets the taps of a row of the kernel that follow each other.</summary>
    private int RunLength => IsPlanar ? Geometry.KernelWidth : Geometry.KernelWidth * Geometry.InChannels;

    public override bool HasWide(int part) => Packing.Segments.Any(segment => segment.Width == VectorWidth.V512.Lanes);

    protected override RowRun RunOf(ConvSegment segment) => new(segment.Offset, segment.Blocks * Planes, RunLength * segment.Width);

    protected override void EmitTiles(KernelBody body, VectorWidth width, string y, string memory)
    {
        foreach (var segment in Packing.Segments)
        {
            var schedule = ScheduleOf(width, segment);
            var (cut, columns) = (schedule.Cut, schedule.Columns);
            Repeat(body, "block", cut.Blocks, block => Repeat(body, "half", cut.Halves, half =>
            {
                var (scope, x) = TileLoop.Open(body, "x", Width, columns);
                using (scope)
                    EmitTile(body, new Tile(schedule, block, half), y, x, memory);
            }));
        }
    }

    private PairSchedule ScheduleOf(VectorWidth width, ConvSegment segment) => PairSchedule.Of(new(Geometry, Source.Order, Pools), segment, width);

    public override string Describe(VectorWidth width, int part) =>
        string.Join("; ", Packing.Segments.Select(segment => ScheduleOf(width, segment).Describe()));

    private void EmitTile(KernelBody body, Tile tile, string y, string x, string memory)
    {
        var (cut, width) = (tile.Cut, tile.Cut.Width);
        for (var q = 0; q < cut.Vectors; q++)
        {
            var offset = Distance(cut.Segment.First + (q * width.Lanes), (tile.Block, cut.Segment.Lanes), (tile.Half, cut.Live));
            var bias = HasBias ? width.LoadAt("bias", offset) : width.Zero;
            body.Declare(width.Local, Enumerable.Range(0, 2 * tile.Columns).Select(p =>
                new LocalVariable(Sum(p, q), p == 0 ? bias : p == tile.Columns ? width.Zero : Sum(p / tile.Columns * tile.Columns, q))));
        }

        var weights = tile.Schedule.HoldsTaps ? Geometry.KernelWidth : cut.Vectors;
        body.Declare(width.Local, Enumerable.Range(0, weights).Select(k => "k" + Text.Number(k)));
        EmitProducts(body, tile, x, memory, areCommon: true);
        for (var q = 0; q < cut.Vectors; q++)
        {
            for (var p = 0; p < tile.Columns; p++)
                body.Add(SumsAndDifferences.Of(cut.Width, Sum(p, q), Sum(tile.Columns + p, q)));
        }

        EmitProducts(body, tile, x, memory, areCommon: false);
        EmitStores(body, tile, y, x);
    }

    private void EmitProducts(KernelBody body, Tile tile, string x, string memory, bool areCommon)
    {
        var (products, first) = areCommon ? (Pairs.Common, 0) : (Pairs.Own, Pairs.Common.Count);
        var (weights, offset, blockStride, rows) = WeightsOf(tile.Cut.Segment, areCommon);
        var row = RunLength * tile.Cut.Segment.Width;
        using (body.Open())
        {
            body.Add(Declare("s", memory, first * RowLength, (x, Source.Pixel)));
            body.Add(Declare("w", weights, offset, (tile.Block, blockStride), (tile.Half, tile.Cut.Live)));
            if (!IsPlanar)
            {
                EmitPixels(body, tile, products, row);
                return;
            }

            var (scope, c) = Loop(body, "c", Planes);
            using (scope)
            {
                for (var i = 0; i < products.Count; i++)
                {
                    if (tile.Schedule.HoldsTaps)
                        EmitRow(body, tile, products[i].Sum, i * RowLength, products[i].Row * row);
                    else
                        EmitTaps(body, tile, products[i].Sum, i * RowLength, products[i].Row * row);
                }

                if (c.Length > 0)
                {
                    body.Advance("s", PlaneStride);
                    body.Advance("w", rows * row);
                }
            }
        }
    }

    /// <summary>The taps of pixels whose channels are innermost, one channel of a pixel a turn.</summary>
    private void EmitPixels(KernelBody body, Tile tile, EquatableArray<RowProduct> products, int row)
    {
        using (body.For("i", RunLength))
        {
            for (var i = 0; i < products.Count; i++)
                EmitTap(body, tile, products[i].Sum, i * RowLength, products[i].Row * row);
            body.Advance("s", 1);
            body.Advance("w", tile.Cut.Segment.Width);
        }
    }

    /// <summary>A row of the kernel, tap by tap.</summary>
    private void EmitTaps(KernelBody body, Tile tile, int sum, int source, int weights)
    {
        for (var kx = 0; kx < Geometry.KernelWidth; kx++)
            EmitTap(body, tile, sum, source + kx, weights + (kx * tile.Cut.Segment.Width));
    }

    private void EmitTap(KernelBody body, Tile tile, int sum, int source, int weights)
    {
        var cut = tile.Cut;
        var vectors = Enumerable.Range(0, cut.Vectors).Select(q => "k" + Text.Number(q)).ToList();
        body.Add(vectors.Select((k, q) => cut.Width.Load(k, "w", weights + (q * cut.Distance))));
        for (var p = 0; p < tile.Columns; p++)
        {
            var sums = Enumerable.Range(0, cut.Vectors).Select(q => Sum((sum * tile.Columns) + p, q)).ToList();
            body.Add(tile.Cut.Width.MultiplyAdd("s", source + (p * Source.Pixel), vectors, sums));
        }
    }

    /// <summary>A row of the kernel whose weights registers hold, element by element of the source.</summary>
    private void EmitRow(KernelBody body, Tile tile, int sum, int source, int weights)
    {
        var taps = Enumerable.Range(0, Geometry.KernelWidth).ToList();
        body.Add(taps.Select(kx => tile.Cut.Width.Load("k" + Text.Number(kx), "w", weights + (kx * tile.Cut.Segment.Width))));
        for (var x = 0; x < tile.Columns + Geometry.KernelWidth - 1; x++)
        {
            var met = taps.Where(kx => x >= kx && x - kx < tile.Columns).ToList();
            body.Add(tile.Cut.Width.MultiplyAdd(
                "s",
                source + x,
                [.. met.Select(kx => "k" + Text.Number(kx))],
                [.. met.Select(kx => Sum((sum * tile.Columns) + x - kx, 0))]));
        }
    }

    private void EmitStores(KernelBody body, Tile tile, string y, string x)
    {
        var (cut, step) = (tile.Cut, Pools ? 2 : 1);
        body.Add(Declare(
            "t",
            "target",
            cut.Segment.First,
            (tile.Block, cut.Segment.Lanes),
            (tile.Half, cut.Live),
            (Pooled(y), Target.Row),
            (Pooled(x), Target.Pixel)));
        for (var p = 0; p < tile.Columns * (Pools ? 1 : 2); p += step)
        {
            var (row, column) = (p / tile.Columns, p % tile.Columns / step);
            var values = Enumerable.Range(0, cut.Vectors)
                .Select(q => (Pools ? PooledValue(tile, p, q) : Epilogue.Activate(cut.Width, Sum(p, q)), Sum(p, q)))
                .ToList();
            var offset = (row * Target.Row) + (column * Target.Pixel);
            body.Add(LaneStore.SideBySide(cut.Width, values, "t", offset, cut.Live));
        }
    }

    private string PooledValue(Tile tile, int first, int q)
    {
        var second = tile.Columns + first;
        var combined = Epilogue.Combine(tile.Cut.Width, Sum(first, q), Sum(first + 1, q), Sum(second, q), Sum(second + 1, q));
        return Epilogue.Finish(tile.Cut.Width, combined);
    }

    private static string Sum(int pixel, int vector) => "abcdef"[vector] + Text.Number(pixel);

    /// <summary>The tile at hand.</summary>
    private sealed record Tile(PairSchedule Schedule, string Block, string Half)
    {
        public ChannelCut Cut => Schedule.Cut;

        public int Columns => Schedule.Columns;
    }
}
