using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Direct convolution vectorised across the width of the output, for few output channels at stride 1: a tile of filters x rows x one
/// vector of columns stays in registers, and a source row that is loaded once serves all rows of the tile. Source and target are
/// planar. Where the width is no multiple of the vector, the last tile overlaps the one before it.
/// </summary>
internal sealed record ConvWidthKernel(
    ConvGeometry Geometry,
    TensorLayout Source,
    TensorLayout Target,
    Epilogue Epilogue,
    ConvPacking Packing,
    string Choice) : Kernel
{
    public override string Signature => "ref float source, ref float weights, ref float target";

    public override int Parts => Packing.Segments.Count;

    public override string Reason => Choice;

    private bool Pools => Epilogue.Pool != FusedPool.None;

    private int Height => Pools ? Geometry.OutHeight / 2 * 2 : Geometry.OutHeight;

    private int Width => Pools ? Geometry.OutWidth / 2 * 2 : Geometry.OutWidth;

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        var segment = Packing.Segments[part];
        var (groupScope, group) = Loop(writer, "group", segment.Blocks);
        using (groupScope)
        {
            var tallest = segment.Lanes <= 2 ? 4 : 2;
            foreach (var rows in Rows(tallest))
                EmitRows(writer, width, segment, group, rows);
        }
    }

    private IEnumerable<TileRun> Rows(int tallest)
    {
        var full = Height / tallest;
        if (full > 0)
            yield return new TileRun(0, tallest, full);
        if (Height % tallest > 0)
            yield return new TileRun(full * tallest, Height % tallest, 1);
    }

    private void EmitRows(CodeWriter writer, VectorWidth width, ConvSegment segment, string group, TileRun rows)
    {
        var tiles = (Width + width.Lanes - 1) / width.Lanes;
        var (rowScope, y) = Loop(writer, "y", rows.Count);
        using (rowScope)
        {
            var (tileScope, tile) = Loop(writer, "tile", tiles);
            using (tileScope)
            {
                var x = "";
                if (tiles > 1)
                {
                    x = "x";
                    var regular = $"tile * {width.Lanes}";
                    var start = Width % width.Lanes == 0 ? regular : $"{tile} == {tiles - 1} ? {Width - width.Lanes} : {regular}";
                    writer.Line($"int x = {start};");
                }

                EmitTile(writer, width, segment, group, rows, y, x);
            }
        }
    }

    private void EmitTile(CodeWriter writer, VectorWidth width, ConvSegment segment, string group, TileRun rows, string y, string x)
    {
        var window = Geometry.Window;
        for (var g = 0; g < segment.Lanes; g++)
        {
            var bias = Packing.HasBias
                ? width.Broadcast($"Unsafe.Add(ref weights, {Offset(segment.BiasOffset + g, (group, segment.Width))})")
                : width.Zero;
            writer.Line($"{width.Float} {string.Join(", ", Enumerable.Range(0, rows.Size).Select(r =>
                r == 0 ? $"{Sum(g, 0)} = {bias}" : $"{Sum(g, r)} = {Sum(g, 0)}"))};");
        }

        writer.Line($"{width.Float} v, {string.Join(", ", Enumerable.Range(0, rows.Size).Select(r => "x" + Text(r)))};");
        var corner = Source.Corner(window.Top, window.Left) + (rows.Start * Source.GridRow);
        writer.Line(Declare("s", "source", corner, (y, rows.Size * Source.GridRow), (x, 1)));
        writer.Line(Declare("w", "weights", segment.Offset, (group, segment.BlockStride)));
        EmitTaps(writer, width, segment, rows.Size);
        var shrink = Pools ? 2 : 1;
        var start = Target.Origin + (segment.First * Target.Channel) + (rows.Start / shrink * Target.Row);
        var column = x.Length == 0 || shrink == 1 ? x : "x / 2";
        writer.Line(Declare(
            "t", "target", start, (group, segment.Lanes * Target.Channel), (y, rows.Size / shrink * Target.Row), (column, 1)));
        EmitStores(writer, width, segment, rows.Size);
    }

    private void EmitTaps(CodeWriter writer, VectorWidth width, ConvSegment segment, int rows)
    {
        var (channelScope, channel) = Loop(writer, "c", Geometry.InChannels);
        using (channelScope)
        {
            if (channel.Length > 0)
                writer.Line("ref float sc = ref s;");
            var (columnScope, kx) = Loop(writer, "kx", Geometry.KernelWidth);
            using (columnScope)
            {
                for (var r = 0; r + 1 < rows; r++)
                    writer.Line($"x{r} = {width.Load("s", r * Source.GridRow)};");
                for (var ky = 0; ky < Geometry.KernelHeight; ky++)
                {
                    writer.Line($"x{(ky + rows - 1) % rows} = {width.Load("s", (ky + rows - 1) * Source.GridRow)};");
                    for (var g = 0; g < segment.Lanes; g++)
                    {
                        writer.Line($"v = {width.Broadcast(Scalar("w", (ky * segment.Row) + g))};");
                        for (var r = 0; r < rows; r++)
                            writer.Line($"{Sum(g, r)} = {width.MultiplyAdd($"x{(ky + r) % rows}", "v", Sum(g, r))};");
                    }
                }

                if (kx.Length > 0)
                    writer.Line("s = ref Unsafe.Add(ref s, 1);");
                writer.Line($"w = ref Unsafe.Add(ref w, {segment.Column});");
            }

            if (channel.Length > 0)
                writer.Line($"s = ref Unsafe.Add(ref sc, {Source.Channel});");
        }
    }

    private void EmitStores(CodeWriter writer, VectorWidth width, ConvSegment segment, int rows)
    {
        for (var g = 0; g < segment.Lanes; g++)
        {
            for (var r = 0; r < rows; r += Pools ? 2 : 1)
            {
                var offset = (g * Target.Channel) + (r / (Pools ? 2 : 1) * Target.Row);
                if (!Pools)
                {
                    writer.Line(VectorWidth.Store(Epilogue.Activate(width, Sum(g, r)), "t", offset));
                    continue;
                }

                writer.Line($"v = {Epilogue.Combine(width, Sum(g, r), Sum(g, r + 1))};");
                writer.Line(PairPooling.Emit(width, Epilogue.Pool, "v"));
                LaneStore.EmitHalf(writer, width, half => Epilogue.Finish(half, "VectorLanes.Even(v)"), "t", offset);
            }
        }
    }

    private static string Sum(int filter, int row) => "abcdef"[filter] + Text(row);
}
