using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The gradient of a depthwise convolution's weights, vectorised across channels that are innermost: the sums of some taps of one
/// vector of channels stay in registers over a row of outputs. Added to what is there. Where the channels are no multiple of the
/// vector, the last one overlaps the one before it and ignores what that has counted.
/// </summary>
internal sealed record DepthwiseWeightsKernel(ConvGeometry Geometry, int Channels, TensorView Source, TensorView Gradient) : Kernel
{
    private const int Accumulators = 12;

    public override EquatableArray<Parameter> Parameters =>
    [
        Parameter.Reads("source", Geometry.Reads(Source, Channels)),
        Parameter.Reads("gradient", Geometry.Writes(Gradient, Channels)),
        Parameter.Accumulates("gradients", Region.Run(Geometry.Taps * Pitch)),
    ];

    public override string Reason => "taps x a vector of channels in registers, row by row";

    private int Pitch => Tiling.RoundUp(Channels, 8);

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        var overlap = Tiling.RoundUp(Channels, width.Lanes) - Channels;
        using (writer.Block($"for (int y = 0; y < {Geometry.OutHeight}; y++)"))
        {
            var (channelScope, c) = TileLoop.Open(writer, "c", Channels, width.Lanes);
            using (channelScope)
            {
                if (overlap > 0)
                {
                    var kept = string.Join(", ", Enumerable.Range(0, width.Lanes).Select(lane => lane < overlap ? "0" : "-1"));
                    writer.Line($"{width.Float} kept = cTile == {Channels / width.Lanes} ? {width.Type}.Create({kept}).AsSingle() : {width.Float}.AllBitsSet;");
                }

                EmitTaps(writer, width, c, overlap > 0);
            }
        }
    }

    private void EmitTaps(CodeWriter writer, VectorWidth width, string c, bool masked)
    {
        var rows = RowsAtOnce();
        var (rowScope, ky) = TileLoop.Open(writer, "ky", Geometry.KernelHeight, rows);
        using (rowScope)
        {
            foreach (var taps in Tiling.Cut(Geometry.KernelWidth, Accumulators))
            {
                var (tileScope, tile) = Loop(writer, "tile", taps.Count);
                using (tileScope)
                    EmitRow(writer, width, (c, ky, tile), rows, taps, masked);
            }
        }
    }

    /// <summary>The most whole rows of the kernel that fit, if they divide it.</summary>
    private int RowsAtOnce()
    {
        for (var rows = Geometry.KernelHeight; rows > 1; rows--)
        {
            if (Geometry.KernelHeight % rows == 0 && rows * Geometry.KernelWidth <= Accumulators)
                return rows;
        }

        return 1;
    }

    private void EmitRow(
        CodeWriter writer, VectorWidth width, (string C, string Ky, string Tile) index, int rows, TileRun columns, bool masked)
    {
        var window = Geometry.Window;
        var step = window.DilationWidth * Source.Pixel;
        var taps = Enumerable.Range(0, rows * columns.Size)
            .Select(i => (
                Weight: (i / columns.Size * Geometry.KernelWidth * Pitch) + (i % columns.Size * Pitch),
                Source: (i / columns.Size * window.DilationHeight * Source.Row) + (i % columns.Size * step)))
            .ToList();
        writer.Line(Declare(
            "w",
            "gradients",
            columns.Start * Pitch,
            (index.Ky, Geometry.KernelWidth * Pitch),
            (index.Tile, columns.Size * Pitch),
            (index.C, 1)));
        writer.Line(Declare(
            "s",
            "source",
            columns.Start * step,
            ("y", window.StrideHeight * Source.Row),
            (index.Ky, window.DilationHeight * Source.Row),
            (index.Tile, columns.Size * step),
            (index.C, 1)));
        writer.Line(Declare("g", "gradient", 0, ("y", Gradient.Row), (index.C, 1)));
        writer.Line($"{width.Float} {string.Join(", ", taps.Select((tap, i) => $"a{i} = {width.Load("w", tap.Weight)}"))};");
        using (writer.Block($"for (int x = 0; x < {Geometry.OutWidth}; x++)"))
        {
            writer.Line($"{width.Float} k = {width.Load("g", 0)}{(masked ? " & kept" : "")};");
            for (var i = 0; i < taps.Count; i++)
                writer.Line($"a{i} = {width.MultiplyAdd(width.Load("s", taps[i].Source), "k", "a" + Text.Number(i))};");
            writer.Line($"s = ref Add(ref s, {window.StrideWidth * Source.Pixel});");
            writer.Line($"g = ref Add(ref g, {Gradient.Pixel});");
        }

        for (var i = 0; i < taps.Count; i++)
            writer.Line(width.Store("a" + Text.Number(i), "w", taps[i].Weight));
    }
}
