using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The gradient of a convolution's weights for few filters at stride 1, vectorised across the width: the sums of two filters x a run
/// of columns of the kernel stay in registers over all rows and are added up at the end. Source and gradient are planar; the rows of
/// the gradient are padded with zeros to a multiple of eight.
/// </summary>
internal sealed record ConvWeightsByWidthKernel(
    ConvGeometry Geometry, TensorView Source, TensorView Gradient, ConvPacking Packing) : Kernel
{
    /// <summary>Multiply-adds of the body of a loop, about.</summary>
    private const int BodySize = 24;

    public override EquatableArray<Parameter> Parameters =>
    [
        Parameter.Reads("source", Geometry.Reads(Source, Geometry.InChannels)),
        Parameter.Reads("gradient", Region.Grid(
            Gradient, Geometry.OutHeight, Tiling.RoundUp(Geometry.OutWidth, VectorWidth.V256.Lanes), Geometry.OutChannels)),
        Parameter.Accumulates("gradients", Region.Run(Packing.Length)),
    ];

    public override string Reason => "2 filters x a row of taps in registers, one sweep over the rows";

    public override int Parts => Packing.Segments.Count;

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        var segment = Packing.Segments[part];
        var (groupScope, group) = Loop(writer, "group", segment.Blocks);
        using (groupScope)
        {
            foreach (var filters in Tiling.Cut(segment.Lanes, 2))
            {
                var (pairScope, pair) = Loop(writer, "pair", filters.Count);
                using (pairScope)
                    EmitTaps(writer, width, segment, group, filters, pair);
            }
        }
    }

    private void EmitTaps(CodeWriter writer, VectorWidth width, ConvSegment segment, string group, TileRun filters, string pair)
    {
        var (channelScope, c) = Loop(writer, "c", Geometry.InChannels);
        using (channelScope)
        {
            var (rowScope, ky) = Loop(writer, "ky", Geometry.KernelHeight);
            using (rowScope)
            {
                foreach (var taps in Tiling.Cut(Geometry.KernelWidth, 6))
                {
                    var (tileScope, tile) = Loop(writer, "tile", taps.Count);
                    using (tileScope)
                    {
                        for (var f = 0; f < filters.Size; f++)
                            writer.Line($"{width.Float} {string.Join(", ", Enumerable.Range(0, taps.Size).Select(t =>
                                $"{Sum(f, t)} = {width.Zero}"))};");
                        writer.Line($"{width.Float} v, {string.Join(", ", Enumerable.Range(0, filters.Size).Select(f => "k" + Text.Number(f)))};");
                        var step = Geometry.Window.DilationWidth;
                        writer.Line(Declare(
                            "s",
                            "source",
                            taps.Start * step,
                            (c, Source.Channel),
                            (ky, Geometry.Window.DilationHeight * Source.Row),
                            (tile, taps.Size * step)));
                        EmitRows(writer, width, segment, group, filters, pair, taps.Size);
                        writer.Line(Declare(
                            "w",
                            "gradients",
                            segment.Offset + filters.Start + (taps.Start * segment.Column),
                            (group, segment.BlockStride),
                            (pair, filters.Size),
                            (c, segment.Channel),
                            (ky, segment.Row),
                            (tile, taps.Size * segment.Column)));
                        for (var t = 0; t < taps.Size; t++)
                        {
                            for (var f = 0; f < filters.Size; f++)
                                writer.Line($"{Scalar("w", (t * segment.Column) + f)} += {width.Type}.Sum({Sum(f, t)});");
                        }
                    }
                }
            }
        }
    }

    private void EmitRows(
        CodeWriter writer, VectorWidth width, ConvSegment segment, string group, TileRun filters, string pair, int taps)
    {
        var vectors = (Geometry.OutWidth + width.Lanes - 1) / width.Lanes;
        var unroll = System.Math.Min(vectors, System.Math.Max(1, BodySize / (taps * filters.Size)));
        while (vectors % unroll != 0)
            unroll--;
        writer.Line(Plane(segment, filters, group, pair));
        using (writer.Block($"for (int y = 0; y < {Geometry.OutHeight}; y++)"))
        {
            var (scope, x) = Loop(writer, "x", vectors / unroll);
            using (scope)
            {
                var step = unroll * width.Lanes;
                var rest = Geometry.OutWidth % width.Lanes;
                if (rest > 0)
                    writer.Line($"{width.Float} kept = {Kept(width, rest, x, (vectors / unroll) - 1)};");
                if (x.Length > 0)
                {
                    writer.Line($"ref float sx = ref Add(ref s, x * {step});");
                    writer.Line($"ref float gx = ref Add(ref g, x * {step});");
                }

                var (source, gradient) = x.Length > 0 ? ("sx", "gx") : ("s", "g");
                for (var u = 0; u < unroll; u++)
                {
                    writer.Line(string.Join(" ", Enumerable.Range(0, filters.Size).Select(f =>
                        $"k{f} = {width.Load(gradient, (f * Gradient.Channel) + (u * width.Lanes))};")));
                    for (var t = 0; t < taps; t++)
                    {
                        var offset = (u * width.Lanes) + (t * Geometry.Window.DilationWidth);
                        var mask = rest > 0 && u == unroll - 1 ? " & kept" : "";
                        writer.Line($"v = {width.Load(source, offset)}{mask}; {string.Join(" ", Enumerable.Range(0, filters.Size).Select(f =>
                            $"{Sum(f, t)} = {width.MultiplyAdd("v", "k" + Text.Number(f), Sum(f, t))};"))}");
                    }
                }
            }

            writer.Line($"s = ref Add(ref s, {Geometry.Window.StrideHeight * Source.Row});");
            writer.Line($"g = ref Add(ref g, {Gradient.Row});");
        }
    }

    /// <summary>
    /// The lanes of a last vector that lie in the row. Behind them the gradient is zero, but the source may have run into another tensor, and
    /// zero times its infinities is no zero.
    /// </summary>
    private static string Kept(VectorWidth width, int lanes, string x, int last)
    {
        var mask = string.Join(", ", Enumerable.Range(0, width.Lanes).Select(lane => lane < lanes ? "-1" : "0"));
        var kept = $"{width.Type}.Create({mask}).AsSingle()";
        return x.Length == 0 ? kept : $"x == {last} ? {kept} : {width.Float}.AllBitsSet";
    }

    private string Plane(ConvSegment segment, TileRun filters, string group, string pair) => Declare(
        "g",
        "gradient",
        (segment.First + filters.Start) * Gradient.Channel,
        (group, segment.Lanes * Gradient.Channel),
        (pair, filters.Size * Gradient.Channel));

    private static string Sum(int filter, int tap) => "ab"[filter] + Text.Number(tap);
}
