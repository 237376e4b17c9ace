using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The gradient of a convolution's weights, vectorised across output channels: for a run of taps that follow each other in source
/// and weights the sums of sixteen channels stay in registers over a band of rows that the first-level cache holds. Added to what is
/// there. The gradient has its channels innermost; what stands behind them may be read but counts for nothing.
/// </summary>
internal sealed record ConvWeightsByChannelKernel(
    ConvGeometry Geometry, TensorView Source, TensorView Gradient, ConvPacking Packing) : Kernel
{
    /// <summary>Sums that stay in registers, beside two vectors of the gradient and one broadcast.</summary>
    private const int Accumulators = 12;

    /// <summary>Bytes of source and gradient that one sweep over a band may touch: half of a first-level cache.</summary>
    private const int BandSize = 16 * 1024;

    private const int CacheLine = 64;

    public override string Signature => "ref float source, ref float gradient, ref float gradients";

    public override int Parts => Packing.Segments.Count;

    public override string Reason => "taps x 16 output channels in registers, a band of rows at a time";

    /// <summary>
    /// Gets the rows of a band. Sweeps over the same band follow each other, so that what one has brought into the cache serves the
    /// next; of a pixel with many channels a sweep touches a line or so.
    /// </summary>
    private int BandRows
    {
        get
        {
            var pixel = Math.Min(CacheLine, sizeof(float) * Source.Pixel * Geometry.Window.StrideWidth)
                + Math.Min(CacheLine, sizeof(float) * Gradient.Pixel);
            return Math.Max(1, BandSize / (pixel * Geometry.OutWidth));
        }
    }

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        var segment = Packing.Segments[part];
        var vectors = (segment.Lanes + width.Lanes - 1) / width.Lanes;
        var halves = segment.Lanes % (2 * width.Lanes) == 0 ? segment.Lanes / (2 * width.Lanes) : 1;
        var bands = (Geometry.OutHeight + BandRows - 1) / BandRows;
        var rows = (Geometry.OutHeight + bands - 1) / bands;
        bands = (Geometry.OutHeight + rows - 1) / rows;
        var (bandScope, band) = Loop(writer, "band", bands);
        using (bandScope)
        {
            var first = Offset(0, (band, rows));
            var end = Text(Geometry.OutHeight);
            if (bands > 1)
            {
                writer.Line($"int end = {(bands * rows == Geometry.OutHeight ? "" : $"band == {bands - 1} ? {end} : ")}{first} + {rows};");
                end = "end";
            }

            var (blockScope, block) = Loop(writer, "block", segment.Blocks);
            using (blockScope)
            {
                var (halfScope, half) = Loop(writer, "half", halves);
                using (halfScope)
                    EmitTaps(writer, new Tile(width, segment, block, half, vectors / halves, segment.Lanes / halves, first, end));
            }
        }
    }

    private void EmitTaps(CodeWriter writer, Tile tile)
    {
        var planar = Source.Order == VolumeLayout.Chw;
        var stepX = Geometry.Window.DilationWidth * Source.Pixel;
        var contiguous = !planar && Source.Pixel == Geometry.InChannels && Geometry.Window.DilationWidth == 1;
        var run = planar ? Geometry.KernelWidth : contiguous ? Geometry.KernelWidth * Geometry.InChannels : Geometry.InChannels;
        var step = planar ? stepX : Source.Channel;
        var outer = planar ? Geometry.InChannels : contiguous ? 1 : Geometry.KernelWidth;
        var outerSource = planar ? Source.Channel : stepX;
        var outerWeights = planar ? tile.Segment.Channel : tile.Segment.Column;
        var (outerScope, o) = Loop(writer, planar ? "c" : "kx", outer);
        using (outerScope)
        {
            var (rowScope, ky) = Loop(writer, "ky", Geometry.KernelHeight);
            using (rowScope)
            {
                foreach (var taps in Runs(run, Accumulators / tile.Vectors))
                {
                    var (tileScope, t) = Loop(writer, "tile", taps.Count);
                    using (tileScope)
                    {
                        writer.Line(Declare(
                            "w",
                            "gradients",
                            tile.Segment.Offset + (taps.Start * tile.Segment.Width),
                            (tile.Block, tile.Segment.BlockStride),
                            (tile.Half, tile.Live),
                            (o, outerWeights),
                            (ky, tile.Segment.Row),
                            (t, taps.Size * tile.Segment.Width)));
                        writer.Line(Declare(
                            "origin",
                            "source",
                            taps.Start * step,
                            (o, outerSource),
                            (ky, Geometry.Window.DilationHeight * Source.Row),
                            (t, taps.Size * step)));
                        EmitTile(writer, tile, taps.Size, step);
                    }
                }
            }
        }
    }

    /// <summary>Tiles of one size where one divides the run that keeps most of the registers busy, else of two.</summary>
    private static IReadOnlyList<TileRun> Runs(int run, int largest)
    {
        for (var size = Math.Min(largest, run); size * 3 >= largest * 2; size--)
        {
            if (run % size == 0)
                return [new TileRun(0, size, run / size)];
        }

        return Tiling.Cut(run, largest);
    }

    private void EmitTile(CodeWriter writer, Tile tile, int taps, int step)
    {
        var (width, segment) = (tile.Width, tile.Segment);
        var vectors = Enumerable.Range(0, tile.Vectors).ToList();
        foreach (var q in vectors)
        {
            writer.Line($"{width.Float} {string.Join(", ", Enumerable.Range(0, taps).Select(i =>
                $"{Sum(i, q)} = {width.Load("w", (i * segment.Width) + (q * width.Lanes))}"))};");
        }

        writer.Line($"{width.Float} v, {string.Join(", ", vectors.Select(q => "k" + Text(q)))};");
        using (writer.Block($"for (int y = {tile.First}; y < {tile.End}; y++)"))
        {
            writer.Line(Declare("s", "origin", 0, ("y", Geometry.Window.StrideHeight * Source.Row)));
            writer.Line(Declare(
                "g", "gradient", segment.First, (tile.Block, segment.Lanes), (tile.Half, tile.Live), ("y", Gradient.Row)));
            using (writer.Block($"for (int x = 0; x < {Geometry.OutWidth}; x++)"))
            {
                writer.Line(string.Join(" ", vectors.Select(q => $"k{q} = {width.Load("g", q * width.Lanes)};")));
                for (var i = 0; i < taps; i++)
                {
                    writer.Line($"v = {width.Broadcast("s", i * step)}; {string.Join(" ", vectors.Select(q =>
                        $"{Sum(i, q)} = {VectorWidth.MultiplyAdd("v", "k" + Text(q), Sum(i, q))};"))}");
                }

                writer.Line($"s = ref Add(ref s, {Geometry.Window.StrideWidth * Source.Pixel});");
                writer.Line($"g = ref Add(ref g, {Gradient.Pixel});");
            }
        }

        for (var i = 0; i < taps; i++)
        {
            writer.Line(string.Join(" ", vectors.SelectMany(q => LaneStore.Statements(
                width,
                Sum(i, q),
                Sum(i, q),
                "w",
                (i * segment.Width) + (q * width.Lanes),
                Math.Min(width.Lanes, tile.Live - (q * width.Lanes))))));
        }
    }

    private static string Sum(int tap, int vector) => "abcd"[vector] + Text(tap);

    /// <summary>The output channels of one sweep, and its rows.</summary>
    private sealed record Tile(
        VectorWidth Width, ConvSegment Segment, string Block, string Half, int Vectors, int Live, string First, string End);
}
