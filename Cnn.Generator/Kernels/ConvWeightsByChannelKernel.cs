using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The gradient of a convolution's weights, vectorised across output channels: for a run of taps that follow each other in source
/// and weights the sums of sixteen channels stay in registers over all pixels. Added to what is there. The gradient has its
/// channels innermost, padded with zeros to a multiple of eight.
/// </summary>
internal sealed record ConvWeightsByChannelKernel(
    ConvGeometry Geometry, TensorLayout Source, TensorLayout Gradient, ConvPacking Packing) : Kernel
{
    public override string Signature => "ref float source, ref float gradient, ref float gradients";

    public override int Parts => Packing.Segments.Count;

    public override string Reason => "taps x 16 output channels in registers, one sweep over the pixels";

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        var segment = Packing.Segments[part];
        var (blockScope, block) = Loop(writer, "block", segment.Blocks);
        using (blockScope)
        {
            var lanes = 2 * width.Lanes;
            for (var lane = 0; lane < segment.Lanes; lane += lanes)
            {
                var live = System.Math.Min(lanes, segment.Lanes - lane);
                EmitLanes(writer, width, segment, block, lane, (live + width.Lanes - 1) / width.Lanes);
            }
        }
    }

    private void EmitLanes(CodeWriter writer, VectorWidth width, ConvSegment segment, string block, int lane, int vectors)
    {
        var planar = Source.Order == VolumeLayout.Chw;
        var contiguous = !planar && Source.GridColumn == Geometry.InChannels;
        var run = planar ? Geometry.KernelWidth : contiguous ? Geometry.KernelWidth * Geometry.InChannels : Geometry.InChannels;
        var outer = planar ? Geometry.InChannels : contiguous ? 1 : Geometry.KernelWidth;
        var outerSource = planar ? Source.Channel : Source.GridColumn;
        var outerWeights = planar ? segment.Channel : segment.Column;
        var (outerScope, o) = Loop(writer, planar ? "c" : "kx", outer);
        using (outerScope)
        {
            var (rowScope, ky) = Loop(writer, "ky", Geometry.KernelHeight);
            using (rowScope)
            {
                foreach (var tile in Tiling.Cut(run, 12 / vectors))
                {
                    var (tileScope, t) = Loop(writer, "tile", tile.Count);
                    using (tileScope)
                    {
                        writer.Line(Declare(
                            "w",
                            "gradients",
                            segment.Offset + lane + (tile.Start * segment.Width),
                            (block, segment.BlockStride),
                            (o, outerWeights),
                            (ky, segment.Row),
                            (t, tile.Size * segment.Width)));
                        var corner = Source.Corner(Geometry.Window.Top, Geometry.Window.Left) + tile.Start;
                        writer.Line(Declare("origin", "source", corner, (o, outerSource), (ky, Source.GridRow), (t, tile.Size)));
                        EmitTile(writer, width, segment, block, lane, vectors, tile.Size);
                    }
                }
            }
        }

        if (Packing.HasBias)
            EmitBias(writer, width, segment, block, lane, vectors);
    }

    private void EmitTile(CodeWriter writer, VectorWidth width, ConvSegment segment, string block, int lane, int vectors, int taps)
    {
        for (var q = 0; q < vectors; q++)
            writer.Line($"{width.Float} {string.Join(", ", Enumerable.Range(0, taps).Select(i =>
                $"{Sum(i, q)} = {width.Load("w", (i * segment.Width) + (q * width.Lanes))}"))};");
        writer.Line($"{width.Float} v, {string.Join(", ", Enumerable.Range(0, vectors).Select(q => "k" + Text(q)))};");
        using (writer.Block($"for (int y = 0; y < {Geometry.OutHeight}; y++)"))
        {
            writer.Line(Declare("s", "origin", 0, ("y", Geometry.Window.StrideHeight * Source.GridRow)));
            writer.Line(Declare("g", "gradient", Gradient.Origin + segment.First + lane, (block, segment.Lanes), ("y", Gradient.Row)));
            using (writer.Block($"for (int x = 0; x < {Geometry.OutWidth}; x++)"))
            {
                for (var q = 0; q < vectors; q++)
                    writer.Line($"k{q} = {width.Load("g", q * width.Lanes)};");
                for (var i = 0; i < taps; i++)
                {
                    writer.Line($"v = {width.Broadcast(Scalar("s", i))};");
                    for (var q = 0; q < vectors; q++)
                        writer.Line($"{Sum(i, q)} = {width.MultiplyAdd("v", "k" + Text(q), Sum(i, q))};");
                }

                writer.Line($"s = ref Unsafe.Add(ref s, {Geometry.Window.StrideWidth * Source.GridColumn});");
                writer.Line($"g = ref Unsafe.Add(ref g, {Gradient.Pixel});");
            }
        }

        for (var i = 0; i < taps; i++)
        {
            for (var q = 0; q < vectors; q++)
                writer.Line(VectorWidth.Store(Sum(i, q), "w", (i * segment.Width) + (q * width.Lanes)));
        }
    }

    private void EmitBias(CodeWriter writer, VectorWidth width, ConvSegment segment, string block, int lane, int vectors)
    {
        using (writer.Open())
        {
            writer.Line(Declare("b", "gradients", segment.BiasOffset + lane, (block, segment.Width)));
            writer.Line($"{width.Float} {string.Join(", ", Enumerable.Range(0, vectors).Select(q =>
                $"{Sum(0, q)} = {width.Load("b", q * width.Lanes)}"))};");
            using (writer.Block($"for (int y = 0; y < {Geometry.OutHeight}; y++)"))
            {
                writer.Line(Declare("g", "gradient", Gradient.Origin + segment.First + lane, (block, segment.Lanes), ("y", Gradient.Row)));
                using (writer.Block($"for (int x = 0; x < {Geometry.OutWidth}; x++)"))
                {
                    for (var q = 0; q < vectors; q++)
                        writer.Line($"{Sum(0, q)} += {width.Load("g", q * width.Lanes)};");
                    writer.Line($"g = ref Unsafe.Add(ref g, {Gradient.Pixel});");
                }
            }

            for (var q = 0; q < vectors; q++)
                writer.Line(VectorWidth.Store(Sum(0, q), "b", q * width.Lanes));
        }
    }

    private static string Sum(int tap, int vector) => "ab"[vector] + Text(tap);
}
