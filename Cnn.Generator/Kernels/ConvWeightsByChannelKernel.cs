using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The gradient of a convolution's weights, vectorised across output channels: for a run of taps that follow each other in source and weights
/// the sums of sixteen channels, or of several times as many in the widest vectors, stay in registers over a band of rows that the first-level
/// cache holds. Added to what is there. The gradient has its channels innermost; what stands behind them may be read but counts for nothing.
/// </summary>
internal sealed record ConvWeightsByChannelKernel(
    ConvGeometry Geometry, TensorView Source, TensorView Gradient, ConvPacking Packing) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Geometry.Reads(Source, Geometry.InChannels)),
        Parameter.Reads("gradient", Geometry.Writes(Gradient, Geometry.OutChannels)),
        Parameter.Accumulates("gradients", Region.Run(Packing.Length)),
    ];

    public override int Parts => Packing.Segments.Count;

    public override bool HasWide(int part) => Packing.Segments[part].Width == VectorWidth.V512.Lanes;

    public override string Reason => "taps x 16 output channels in registers, a band of rows at a time";

    /// <summary>
    /// Gets the rows of a band. Sweeps over the same band follow each other, so that what one has brought into the cache serves the
    /// next; of a pixel with many channels a sweep touches a line or so.
    /// </summary>
    private int BandRows
    {
        get
        {
            var pixel = Math.Min(Machine.Usual.Line, sizeof(float) * Source.Pixel * Geometry.Window.StrideWidth)
                + Math.Min(Machine.Usual.Line, sizeof(float) * Gradient.Pixel);
            return Math.Max(1, GradientThresholds.BandBytes / (pixel * Geometry.OutWidth));
        }
    }

    /// <summary>Gets the taps that follow each other in source and weights, and how many such runs a row of the kernel has.</summary>
    private (int Run, int Outer) Taps => Source.Order == VolumeLayout.Chw ? (Geometry.KernelWidth, Geometry.InChannels)
        : Source.Pixel == Geometry.InChannels && Geometry.Window.DilationWidth == 1 ? (Geometry.KernelWidth * Geometry.InChannels, 1)
        : (Geometry.InChannels, Geometry.KernelWidth);

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var segment = Packing.Segments[part];
        var cut = segment.Lanes == width.Lanes ? Together(segment, width) : ChannelCut.Of(segment, width);
        var bands = (Geometry.OutHeight + BandRows - 1) / BandRows;
        var rows = (Geometry.OutHeight + bands - 1) / bands;
        bands = (Geometry.OutHeight + rows - 1) / rows;
        var (bandScope, band) = Loop(body, "band", bands);
        using (bandScope)
        {
            var first = Distance(0, (band, rows)).ToString();
            var end = Text.Number(Geometry.OutHeight);
            if (bands > 1)
            {
                body.Declare(LocalType.Integer, "end", $"{(bands * rows == Geometry.OutHeight ? "" : $"band == {bands - 1} ? {end} : ")}{first} + {rows}");
                end = "end";
            }

            var (blockScope, block) = Loop(body, "block", cut.Blocks);
            using (blockScope)
            {
                var (halfScope, half) = Loop(body, "half", cut.Halves);
                using (halfScope)
                    EmitTaps(body, new Tile(cut, block, half, first, end));
            }
        }
    }

    /// <summary>The blocks, a vector each, that are taken together: those with the fewest cycles a pixel.</summary>
    private ChannelCut Together(ConvSegment segment, VectorWidth width) => ChannelCut.AllTogether(segment, width)
        .OrderBy(cut => cut.Blocks * Runs(Taps.Run, width.Accumulators / cut.Vectors).Sum(run =>
            run.Count * TileCost.Cycles(1, run.Size, 1, run.Size, new WeightPanel(cut.Vectors))))
        .First();

    private void EmitTaps(KernelBody body, Tile tile)
    {
        var planar = Source.Order == VolumeLayout.Chw;
        var stepX = Geometry.Window.DilationWidth * Source.Pixel;
        var (run, outer) = Taps;
        var step = planar ? stepX : Source.Channel;
        var outerSource = planar ? Source.Channel : stepX;
        var outerWeights = planar ? tile.Segment.Channel : tile.Segment.Column;
        var (outerScope, o) = Loop(body, planar ? "c" : "kx", outer);
        using (outerScope)
        {
            var (rowScope, ky) = Loop(body, "ky", Geometry.KernelHeight);
            using (rowScope)
            {
                foreach (var taps in Runs(run, tile.Cut.Width.Accumulators / tile.Cut.Vectors))
                {
                    var (tileScope, t) = Loop(body, "tile", taps.Count);
                    using (tileScope)
                    {
                        body.Add(Declare(
                            "w",
                            "gradients",
                            tile.Segment.Offset + (taps.Start * tile.Segment.Width),
                            (tile.Block, tile.Cut.Floats),
                            (tile.Half, tile.Cut.Live),
                            (o, outerWeights),
                            (ky, tile.Segment.Row),
                            (t, taps.Size * tile.Segment.Width)));
                        body.Add(Declare(
                            "origin",
                            "source",
                            taps.Start * step,
                            (o, outerSource),
                            (ky, Geometry.Window.DilationHeight * Source.Row),
                            (t, taps.Size * step)));
                        EmitTile(body, tile, taps.Size, step);
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

    private void EmitTile(KernelBody body, Tile tile, int taps, int step)
    {
        var (width, segment, cut) = (tile.Cut.Width, tile.Segment, tile.Cut);
        var vectors = Enumerable.Range(0, cut.Vectors).ToList();
        foreach (var q in vectors)
        {
            body.Declare(width.Local, Enumerable.Range(0, taps).Select(i =>
                new LocalVariable(Sum(i, q), width.Load("w", (i * segment.Width) + (q * cut.Distance)))));
        }

        var gradients = vectors.ConvertAll(q => "k" + Text.Number(q));
        body.Declare(width.Local, gradients);
        using (body.Open(new Counted(LocalType.Integer, "y", tile.First, tile.End)))
        {
            body.Add(Declare("s", "origin", 0, ("y", Geometry.Window.StrideHeight * Source.Row)));
            body.Add(Declare(
                "g", "gradient", segment.First, (tile.Block, cut.Together * segment.Lanes), (tile.Half, cut.Live), ("y", Gradient.Row)));
            using (body.For("x", Geometry.OutWidth))
            {
                body.Add(vectors.Select(q => width.Load("k" + Text.Number(q), "g", q * width.Lanes)));
                for (var i = 0; i < taps; i++)
                    body.Add(width.MultiplyAdd("s", i * step, gradients, vectors.ConvertAll(q => Sum(i, q))));
                body.Advance("s", Geometry.Window.StrideWidth * Source.Pixel);
                body.Advance("g", Gradient.Pixel);
            }
        }

        for (var i = 0; i < taps; i++)
        {
            // The weights of several blocks stand apart.
            var sums = vectors.ConvertAll(q => (Sum(i, q), Sum(i, q)));
            body.Add(cut.Together > 1
                ? vectors.Select(q => width.Store(Sum(i, q), "w", (i * segment.Width) + (q * cut.Distance)))
                : LaneStore.SideBySide(width, sums, "w", i * segment.Width, cut.Live));
        }
    }

    private static string Sum(int tap, int vector) => "abcdef"[vector] + Text.Number(tap);

    /// <summary>The output channels of one sweep, and its rows.</summary>
    private sealed record Tile(ChannelCut Cut, string Block, string Half, string First, string End)
    {
        public ConvSegment Segment => Cut.Segment;
    }
}
