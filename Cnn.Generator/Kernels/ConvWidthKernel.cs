using System;
using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Direct convolution vectorised across the width of the output, for few output channels and adjacent windows: a tile of filters x
/// rows x one vector of columns stays in registers. Source and target are planar. Where the width is no multiple of the vector, the last
/// tile overlaps the one before it.
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
    public override string Signature =>
        $"ref float source, ref float weights, {(HasBias ? "ref float bias, " : "")}ref float target";

    public override int Parts => Packing.Segments.Count;

    public override bool CanShare => true;

    public override string Reason => Choice;

    public override bool HasWide(int part) => Width >= VectorWidth.V512.Lanes;

    private bool Pools => Epilogue.Pool != FusedPool.None;

    private int Height => Pools ? Geometry.OutHeight / 2 * 2 : Geometry.OutHeight;

    private int Width => Pools ? Geometry.OutWidth / 2 * 2 : Geometry.OutWidth;

    /// <summary>Gets a value indicating whether a source row that is loaded once serves all rows of the tile.</summary>
    private bool SharesRows => Geometry.Window is { StrideHeight: 1, DilationHeight: 1 };

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        var segment = Packing.Segments[part];
        var rows = Math.Min(segment.Lanes <= 2 ? 4 : 2, Height);
        var (groupScope, group) = Loop(writer, "group", segment.Blocks);
        using (groupScope)
        {
            var (rowScope, y) = TileLoop.Open(writer, "y", Height, rows, IsShared);
            using (rowScope)
            {
                var (columnScope, x) = TileLoop.Open(writer, "x", Width, width.Lanes);
                using (columnScope)
                    EmitTile(writer, width, segment, group, rows, y, x);
            }
        }
    }

    private void EmitTile(CodeWriter writer, VectorWidth width, ConvSegment segment, string group, int rows, string y, string x)
    {
        for (var g = 0; g < segment.Lanes; g++)
        {
            var bias = HasBias
                ? width.BroadcastAt("bias", Offset(segment.First + g, (group, segment.Width)))
                : width.Zero;
            writer.Line($"{width.Float} {string.Join(", ", Enumerable.Range(0, rows).Select(r =>
                r == 0 ? $"{Sum(g, 0)} = {bias}" : $"{Sum(g, r)} = {Sum(g, 0)}"))};");
        }

        if (Geometry.Taps > 0)
            EmitTaps(writer, width, segment, group, rows, y, x);
        writer.Line(Declare(
            "t",
            "target",
            segment.First * Target.Channel,
            (group, segment.Lanes * Target.Channel),
            (Pooled(y), Target.Row),
            (Pooled(x), 1)));
        EmitStores(writer, width, segment, rows);
    }

    private void EmitTaps(CodeWriter writer, VectorWidth width, ConvSegment segment, string group, int rows, string y, string x)
    {
        writer.Line($"{width.Float} v, {string.Join(", ", Enumerable.Range(0, rows).Select(r => "x" + Text(r)))};");
        writer.Line(Declare("s", "source", 0, (y, Geometry.Window.StrideHeight * Source.Row), (x, 1)));
        writer.Line(Declare("w", "weights", segment.Offset, (group, segment.BlockStride)));
        var (channelScope, channel) = Loop(writer, "c", Geometry.InChannels);
        using (channelScope)
        {
            if (channel.Length > 0)
                writer.Line("ref float sc = ref s;");
            var (columnScope, kx) = Loop(writer, "kx", Geometry.KernelWidth);
            using (columnScope)
            {
                for (var r = 0; r + 1 < rows && SharesRows; r++)
                    writer.Line($"x{r} = {width.Load("s", r * Source.Row)};");
                for (var ky = 0; ky < Geometry.KernelHeight; ky++)
                    EmitTap(writer, width, segment, rows, ky);
                if (kx.Length > 0)
                    writer.Line($"s = ref Add(ref s, {Geometry.Window.DilationWidth});");
                writer.Line($"w = ref Add(ref w, {segment.Column});");
            }

            if (channel.Length > 0)
                writer.Line($"s = ref Add(ref sc, {Source.Channel});");
        }
    }

    private void EmitTap(CodeWriter writer, VectorWidth width, ConvSegment segment, int rows, int ky)
    {
        var window = Geometry.Window;
        for (var r = SharesRows ? rows - 1 : 0; r < rows; r++)
        {
            var row = (ky * window.DilationHeight) + (r * window.StrideHeight);
            writer.Line($"{Row(ky, r, rows)} = {width.Load("s", row * Source.Row)};");
        }

        for (var g = 0; g < segment.Lanes; g++)
        {
            writer.Line($"v = {width.Broadcast("w", (ky * segment.Row) + g)}; {string.Join(" ", Enumerable.Range(0, rows).Select(r =>
                $"{Sum(g, r)} = {VectorWidth.MultiplyAdd(Row(ky, r, rows), "v", Sum(g, r))};"))}");
        }
    }

    /// <summary>The variable with the source row that row <paramref name="r"/> of the tile meets at row <paramref name="ky"/> of the kernel.</summary>
    private string Row(int ky, int r, int rows) => "x" + Text(SharesRows ? (ky + r) % rows : r);

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

                var pooled = Sum(g, r);
                writer.Line($"{pooled} = {Epilogue.Combine(width, pooled, Sum(g, r + 1))};");
                writer.Line(PairPooling.Emit(width, Epilogue.Pool, pooled));
                LaneStore.EmitHalf(writer, width, half => Epilogue.Finish(half, $"VectorLanes.Even({pooled})"), "t", offset);
            }
        }
    }

    private string Pooled(string index) => index.Length == 0 || !Pools ? index : $"({index} / 2)";

    private static string Sum(int filter, int row) => "abcdef"[filter] + Text(row);
}
