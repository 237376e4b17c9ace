using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Direct convolution vectorised across the width of the output, for few output channels and adjacent windows: a tile of filters x
/// rows x one vector of columns stays in registers. Source and target are planar. Where the width is no multiple of the vector, the columns
/// left over of some rows share vectors, or the last tile overlaps the one before it: see <see cref="ColumnCut"/>.
/// </summary>
internal sealed record ConvWidthKernel(
    ConvGeometry Geometry,
    TensorView Source,
    TensorView Target,
    Epilogue Epilogue,
    ConvPacking Packing,
    bool HasBias,
    string Choice) : Kernel
{
    protected override EquatableArray<Parameter> State() => Geometry.Parameters(Source, Target, Packing.Length, HasBias, Pools);

    public override int Parts => Packing.Segments.Count;

    public override bool CanShare => true;

    public override string Reason => Choice;

    public override bool HasWide(int part) => ColumnCut.Fits(VectorWidth.V512.Lanes, Height, Width);

    private bool Pools => Epilogue.Pool != FusedPool.None;

    private int Height => Geometry.Grid(Pools).Height;

    private int Width => Geometry.Grid(Pools).Width;

    /// <summary>The schedule of one part of the filters.</summary>
    public WidthSchedule ScheduleOf(VectorWidth width, int part) => WidthSchedule.Of(width, Packing.Segments[part].Lanes, Height, Width);

    public override string Describe(VectorWidth width, int part) => ScheduleOf(width, part).Describe();

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var segment = Packing.Segments[part];
        var (_, _, rows, cut) = ScheduleOf(width, part);
        var (groupScope, group) = Loop(body, "group", segment.Blocks);
        using (groupScope)
        {
            if (cut.Whole > 0)
            {
                var (rowScope, y) = TileLoop.Open(body, "y", Height, rows, IsShared);
                using (rowScope)
                {
                    var (columnScope, x) = TileLoop.Open(body, "x", cut.Whole, width.Lanes);
                    using (columnScope)
                        EmitTile(body, width, segment, group, TileVector.OfRows(rows), y, x);
                }
            }

            if (cut.Joined.Count > 0)
            {
                var (rowScope, y) = TileLoop.Open(body, "y", Height, WidthThresholds.JoinedRows, IsShared);
                using (rowScope)
                    EmitTile(body, width, segment, group, cut.Joined, y, "");
            }
        }
    }

    private void EmitTile(
        KernelBody body, VectorWidth width, ConvSegment segment, string group, IReadOnlyList<TileVector> tile, string y, string x)
    {
        for (var g = 0; g < segment.Lanes; g++)
        {
            var bias = HasBias
                ? width.BroadcastAt("bias", Distance(segment.First + g, (group, segment.Width)))
                : width.Zero;
            body.Declare(width.Local, Enumerable.Range(0, tile.Count).Select(v => new LocalVariable(Sum(g, v), v == 0 ? bias : Sum(g, 0))));
        }

        if (Geometry.Taps > 0)
            EmitTaps(body, width, segment, group, tile, y, x);
        body.Add(Declare(
            "t",
            "target",
            segment.First * Target.Channel,
            (group, segment.Lanes * Target.Channel),
            (Pooled(y), Target.Row),
            (Pooled(x), 1)));
        EmitStores(body, width, segment, tile);
    }

    private void EmitTaps(
        KernelBody body, VectorWidth width, ConvSegment segment, string group, IReadOnlyList<TileVector> tile, string y, string x)
    {
        string[] element = tile.Count <= width.MostVectors ? [] : ["v"];
        body.Declare(width.Local, [.. element, .. Enumerable.Range(0, tile.Count).Select(v => "x" + Text.Number(v))]);
        body.Add(Declare("s", "source", 0, (y, Geometry.Window.StrideHeight * Source.Row), (x, 1)));
        body.Add(Declare("w", "weights", segment.Offset, (group, segment.BlockStride)));
        var (channelScope, channel) = Loop(body, "c", Geometry.InChannels);
        using (channelScope)
        {
            if (channel.Length > 0)
                body.Refer("sc", new Place("s", 0));
            var (columnScope, kx) = Loop(body, "kx", Geometry.KernelWidth);
            using (columnScope)
            {
                for (var v = 0; v + 1 < tile.Count && SharesRows(tile); v++)
                    body.Assign("x" + Text.Number(v), width.Load("s", v * Source.Row));
                for (var ky = 0; ky < Geometry.KernelHeight; ky++)
                    EmitTap(body, width, segment, tile, ky);
                if (kx.Length > 0)
                    body.Advance("s", Geometry.Window.DilationWidth);
                body.Advance("w", segment.Column);
            }

            if (channel.Length > 0)
                body.Advance("s", "sc", Source.Channel);
        }
    }

    private void EmitTap(KernelBody body, VectorWidth width, ConvSegment segment, IReadOnlyList<TileVector> tile, int ky)
    {
        for (var v = SharesRows(tile) ? tile.Count - 1 : 0; v < tile.Count; v++)
            body.Assign(Variable(tile, ky, v), width.Join("s", [.. Enumerable.Range(0, tile[v].Rows).Select(r => SourceOffset(tile[v], ky, r))]));

        for (var g = 0; g < segment.Lanes; g++)
        {
            var (offset, vectors) = ((ky * segment.Row) + g, Enumerable.Range(0, tile.Count).ToList());
            var (rows, sums) = (vectors.ConvertAll(v => Variable(tile, ky, v)), vectors.ConvertAll(v => Sum(g, v)));
            if (tile.Count <= width.MostVectors)
                body.Add(width.MultiplyAdd("w", offset, rows, sums));
            else
                body.Add([new Broadcast("v", width.Broadcast("w", offset)), .. vectors.Select(v => width.Accumulate(rows[v], "v", sums[v]))]);
        }
    }

    /// <summary>Where a row of a vector meets row <paramref name="ky"/> of the kernel.</summary>
    private int SourceOffset(TileVector vector, int ky, int row)
    {
        var window = Geometry.Window;
        return vector.Column + (((ky * window.DilationHeight) + ((vector.Row + row) * window.StrideHeight)) * Source.Row);
    }

    /// <summary>Whether a source row that is loaded once serves all rows of the tile.</summary>
    private bool SharesRows(IReadOnlyList<TileVector> tile) => tile[0].Rows == 1 && Geometry.Window is { StrideHeight: 1, DilationHeight: 1 };

    /// <summary>The variable with what vector <paramref name="v"/> of the tile meets at row <paramref name="ky"/> of the kernel.</summary>
    private string Variable(IReadOnlyList<TileVector> tile, int ky, int v) => "x" + Text.Number(SharesRows(tile) ? (ky + v) % tile.Count : v);

    private void EmitStores(KernelBody body, VectorWidth width, ConvSegment segment, IReadOnlyList<TileVector> tile)
    {
        for (var g = 0; g < segment.Lanes; g++)
        {
            var offset = g * Target.Channel;
            for (var v = 0; v < tile.Count; v += Pools && tile[v].Rows <= 2 ? 2 : 1)
            {
                if (!Pools)
                    EmitRows(body, width, tile[v], Sum(g, v), offset);
                else
                    EmitPooled(body, width, tile[v], Sum(g, v), tile[v].Rows <= 2 ? Sum(g, v + 1) : "", offset);
            }
        }
    }

    /// <summary>Stores the rows that a vector joins.</summary>
    private void EmitRows(KernelBody body, VectorWidth width, TileVector vector, string sum, int offset)
    {
        var value = Epilogue.Activate(width, sum);
        if (vector.Rows > 1 && value != sum)
        {
            body.Assign(sum, value);
            value = sum;
        }

        var part = vector.Rows switch { 1 => width, 2 => width.Half, _ => width.Half.Half };
        for (var r = 0; r < vector.Rows; r++)
            body.Add(part.Store(value + Part(r, vector.Rows), "t", offset + vector.Column + ((vector.Row + r) * Target.Row)));
    }

    /// <summary>Pools the rows of one or two vectors, which become one row, or two next to each other.</summary>
    private void EmitPooled(KernelBody body, VectorWidth width, TileVector vector, string sum, string below, int offset)
    {
        var (upper, lower) = vector.Rows switch
        {
            1 => (sum, below),
            2 => ($"VectorLanes.Lower({sum}, {below})", $"VectorLanes.Upper({sum}, {below})"),
            _ => (sum, $"VectorLanes.SwapQuarters({sum})"),
        };
        body.Assign(sum, Epilogue.Combine(width, upper, lower));
        body.Add(PairPooling.Emit(width, Epilogue.Pool, sum));
        var target = offset + (vector.Column / 2) + (vector.Row / 2 * Target.Row);
        if (vector.Rows == 1)
            LaneStore.EmitHalf(body, width, half => Epilogue.Finish(half, $"VectorLanes.Even({sum})"), "t", target);
        else if (vector.Rows == 2)
            LaneStore.EmitHalves(body, Epilogue.Finish(width.Half, $"VectorLanes.Even({sum})"), "t", target, Target.Row);
        else
            LaneStore.EmitHalves(body, Epilogue.Finish(VectorWidth.V128, $"VectorLanes.EvenOfQuarters({sum})"), "t", target, Target.Row);
    }

    private string Pooled(string index) => index.Length == 0 || !Pools ? index : $"({index} / 2)";

    private static string Sum(int filter, int vector) => "abcdef"[filter] + Text.Number(vector);

    /// <summary>One of the rows that a vector joins.</summary>
    private static string Part(int row, int rows) => rows == 1 ? "" : (row < rows / 2 ? ".GetLower()" : ".GetUpper()") + Part(row % (rows / 2), rows / 2);
}
