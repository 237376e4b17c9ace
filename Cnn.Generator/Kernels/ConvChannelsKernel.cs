using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Direct convolution vectorised across output channels: a tile of pixels x channels stays in registers, each tap broadcasts
/// one activation a pixel and multiplies it with the weights of all channels of the block. The source may lie in any order;
/// the target has its channels innermost.
/// </summary>
internal sealed record ConvChannelsKernel(
    ConvGeometry Geometry,
    TensorView Source,
    TensorView Target,
    Epilogue Epilogue,
    ConvPacking Packing,
    bool HasBias,
    string Choice) : Kernel
{
    protected override EquatableArray<Parameter> State() => Geometry.Parameters(Source, Target, Packing.Length, HasBias, Pools, Residual);

    /// <summary>Gets how a volume lies that is added to the result; null where none is.</summary>
    public TensorView? Residual { get; init; }

    /// <summary>Gets how often the weights are read in all, each time others that follow the ones before.</summary>
    public int Repetitions { get; init; } = 1;

    /// <summary>Gets a value indicating whether it is worth a longer text.</summary>
    public bool IsHot { get; init; }

    public override int Parts => Packing.Segments.Count;

    public override bool CanShare => true;

    public override string Reason => Choice;

    private bool Pools => Epilogue.Pool != FusedPool.None;

    private int Shrink => Pools ? 2 : 1;

    /// <summary>Gets passes that take the place of those that the cost model chooses for their vectors and channels.</summary>
    public EquatableArray<ChannelPass> Tuned { get; init; } = [];

    /// <summary>Gets the convolution as the schedule sees it.</summary>
    public ChannelProblem Problem => new(Geometry, Source.Order, Pools)
    {
        TapStride = Source.Order == VolumeLayout.Chw ? Geometry.Window.DilationWidth * Source.Pixel : Source.Channel,
        Repetitions = Repetitions,
        IsHot = IsHot,
        IsShared = IsShared,
        HasResidual = Residual is not null,
    };

    public override bool HasWide(int part) => Packing.Segments[part].Width == VectorWidth.V512.Lanes;

    /// <summary>The passes over the pixels for one part of the channels.</summary>
    public EquatableArray<ChannelPass> Passes(VectorWidth width, int part)
    {
        var segment = Packing.Segments[part];
        var tuned = Tuned.Where(pass => pass.IsOf(segment, width)).ToEquatableArray();
        return tuned.Count > 0 ? tuned : ChannelPass.Best(Problem, segment, width);
    }

    public override string Describe(VectorWidth width, int part) => string.Join("; ", Passes(width, part).Select(pass => pass.Describe()));

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        foreach (var pass in Passes(width, part))
            EmitPass(body, pass);
    }

    private void EmitPass(KernelBody body, ChannelPass pass)
    {
        if (pass.BandTiles == 0)
        {
            EmitBlocks("");
            return;
        }

        var (bandScope, band) = Loop(body, "band", TileCost.Count(pass.TilesDown, pass.BandTiles), pass.Share == PassShare.Bands);
        using (bandScope)
            EmitBlocks(band);

        void EmitBlocks(string band)
        {
            var (blockScope, block) = Loop(body, "block", pass.Cut.Blocks, pass.Share == PassShare.Blocks);
            using (blockScope)
            {
                var (halfScope, half) = Loop(body, "half", pass.Cut.Halves);
                using (halfScope)
                    EmitTiles(body, new Tile(pass, block, half, band));
            }
        }
    }

    private void EmitTiles(KernelBody body, Tile tile)
    {
        var shape = tile.Shape;
        var isShared = tile.Pass.Share == PassShare.Tiles;
        if (shape.IsRun)
        {
            var (runScope, p) = Outer("p", Geometry.OutHeight * Geometry.OutWidth, shape.Columns);
            using (runScope)
                EmitTile(body, tile, new PixelPlaces(shape, Geometry.OutWidth, "", "", p));
            return;
        }

        var isRow = Geometry.OutHeight == 1;
        var (rowScope, y) = isRow
            ? TileLoop.Open(body, "y", 1, 1)
            : Outer("y", Geometry.OutHeight / Shrink * Shrink, shape.Rows);
        using (rowScope)
        {
            var width = Geometry.OutWidth / Shrink * Shrink;
            var (columnScope, x) = isRow ? Outer("x", width, shape.Columns) : TileLoop.Open(body, "x", width, shape.Columns);
            using (columnScope)
                EmitTile(body, tile, new PixelPlaces(shape, Geometry.OutWidth, y, x, ""));
        }

        (KernelBody.Scope Scope, string Index) Outer(string index, int length, int size) => tile.Band.Length > 0
            ? TileLoop.OpenBand(body, index, length, size, tile.Band, tile.Pass.BandTiles)
            : TileLoop.Open(body, index, length, size, isShared);
    }

    private void EmitTile(KernelBody body, Tile tile, PixelPlaces places)
    {
        EmitAccumulators(body, tile, tile.Shape.Pixels);
        EmitFetches(body, tile, places);
        if (tile.Pass.HoldsTaps)
            EmitRowsOfTaps(body, tile, places);
        else if (Geometry.Taps > 0)
            EmitTaps(body, tile, places);
        EmitStores(body, tile, places);
    }

    private void EmitAccumulators(KernelBody body, Tile tile, int pixels)
    {
        for (var q = 0; q < tile.Vectors; q++)
        {
            var offset = Distance(
                tile.Segment.First + (q * tile.Width.Lanes), (tile.Block, tile.Cut.Together * tile.Segment.Width), (tile.Half, tile.Live));
            var bias = HasBias ? tile.Width.LoadAt("bias", offset) : tile.Width.Zero;
            body.Declare(tile.Width.Local, Enumerable.Range(0, pixels).Select(p => new LocalVariable(Sum(p, q), p == 0 ? bias : Sum(0, q))));
        }
    }

    private void EmitTaps(KernelBody body, Tile tile, PixelPlaces places)
    {
        var window = Geometry.Window;
        var sources = places.Refer(body, "s", "source", Source.Every(window.StrideHeight, window.StrideWidth), ChannelThresholds.MostReferences);
        body.Add(Declare("w", "weights", tile.Segment.Offset, (tile.Block, tile.Cut.Floats), (tile.Half, tile.Live)));
        var planar = Source.Order == VolumeLayout.Chw;
        var contiguous = !planar && Source.Pixel == Geometry.InChannels && window.DilationWidth == 1;
        var ky = ("ky", Geometry.KernelHeight, window.DilationHeight * Source.Row);
        var stepX = window.DilationWidth * Source.Pixel;
        var (run, step) = planar
            ? (Geometry.KernelWidth, stepX)
            : (contiguous ? Geometry.KernelWidth * Geometry.InChannels : Geometry.InChannels, Source.Channel);
        var loops = planar
            ? new[] { ("c", Geometry.InChannels, Source.Channel), ky }
            : contiguous ? [ky] : [ky, ("kx", Geometry.KernelWidth, stepX)];
        body.Declare(tile.Width.Local, Enumerable.Range(0, tile.Vectors).Select(q => "k" + Text.Number(q)));
        if (tile.Pass.FetchedWeights > 0)
            EmitNext(body, tile, places);
        TapLoops.Emit(body, loops, run, step, tile.Segment.Width, tile.Pass.Unroll, EmitTap, tile.Pass.FetchedWeights);

        void EmitTap(int tap, string index, int offset)
        {
            var weights = Enumerable.Range(0, tile.Vectors).Select(q => "k" + Text.Number(q)).ToList();
            body.Add(weights.Select((k, q) =>
                tile.Width.Load(k, "w", (tap * tile.Segment.Width) + (q * tile.Cut.Distance))));
            for (var p = 0; p < sources.Count; p++)
            {
                var distance = sources[p].Offset + offset;
                var sums = Enumerable.Range(0, weights.Count).Select(q => Sum(p, q)).ToList();
                body.Add(tile.Width.MultiplyAdd(sources[p].Reference, From(index, distance), weights, sums));
            }
        }
    }

    private void EmitRowsOfTaps(KernelBody body, Tile tile, PixelPlaces places)
    {
        var (window, columns) = (Geometry.Window, tile.Shape.Columns);
        var rows = places.Refer(body, "s", "source", Source.Every(window.StrideHeight, 1), tile.Shape.Rows);
        body.Add(Declare("w", "weights", tile.Segment.Offset, (tile.Block, tile.Cut.Floats), (tile.Half, tile.Live)));
        var weights = Enumerable.Range(0, Geometry.KernelWidth).Select(kx => "k" + Text.Number(kx)).ToList();
        body.Declare(tile.Width.Local, weights);
        TapLoops.Emit(
            body,
            [("c", Geometry.InChannels, Source.Channel), ("ky", Geometry.KernelHeight, window.DilationHeight * Source.Row)],
            1,
            0,
            Geometry.KernelWidth * tile.Segment.Width,
            1,
            EmitRow);

        void EmitRow(int tap, string index, int offset)
        {
            body.Add(weights.Select((k, kx) => tile.Width.Load(k, "w", kx * tile.Segment.Width)));
            for (var row = 0; row < tile.Shape.Rows; row++)
            {
                for (var x = 0; x < columns + Geometry.KernelWidth - 1; x++)
                {
                    var taps = Enumerable.Range(0, Geometry.KernelWidth).Where(kx => x >= kx && x - kx < columns).ToList();
                    var (reference, distance) = rows[row * columns];
                    body.Add(tile.Width.MultiplyAdd(
                        reference,
                        From(index, distance + x),
                        [.. taps.Select(kx => weights[kx])],
                        [.. taps.Select(kx => Sum((row * columns) + x - kx, 0))]));
                }
            }
        }
    }

    private void EmitNext(KernelBody body, Tile tile, PixelPlaces places)
    {
        var (shape, perTile) = (tile.Shape, tile.Cut.Floats / tile.Pass.TilesOfABlock);
        var across = TileCost.Count(Geometry.OutWidth, shape.Columns);
        body.Add(Declare(
            "next",
            "w",
            tile.Cut.Floats,
            (places.Y, perTile * across / shape.Rows),
            (places.X, perTile / shape.Columns),
            (places.P, perTile / shape.Columns)));
    }

    /// <summary>Fetches what the tile adds to its sums and the lines that it writes, if its pass says so.</summary>
    private void EmitFetches(KernelBody body, Tile tile, PixelPlaces places)
    {
        if (tile.Pass.FetchesResidual && Residual is { } residual)
            TileFetches.Emit(body, tile.Vectors * tile.Width.Lanes, Refer(body, tile, places, "added", "residual", residual));
        if (tile.Pass.FetchesTarget)
            TileFetches.Emit(body, tile.Vectors * tile.Width.Lanes, Refer(body, tile, places, "written", "target", Target));
    }

    private void EmitStores(KernelBody body, Tile tile, PixelPlaces places)
    {
        var stored = Pools ? places.Pooled() : places;
        // What is added gets a reference of its own again: one that lived through the taps would take a register from them.
        var targets = Refer(body, tile, stored, "t", "target", Target);
        var others = Residual is { } residual ? Refer(body, tile, stored, "r", "residual", residual) : [];
        for (var p = 0; p < targets.Count; p++)
        {
            var (reference, offset) = targets[p];
            var values = Enumerable.Range(0, tile.Vectors)
                .Select(q => Pools ? (PooledValue(tile, p, q), Sum(2 * p, q)) : (Value(p, q), Sum(p, q)))
                .ToList();
            body.Add(LaneStore.SideBySide(tile.Width, values, reference, offset, tile.Live));
        }

        string Value(int p, int q) => Epilogue.Activate(
            tile.Width,
            others.Count > 0
                ? $"{Sum(p, q)} + {tile.Width.Load(others[p].Reference, others[p].Offset + (q * tile.Width.Lanes))}"
                : Sum(p, q));
    }

    /// <summary>References to the pixels of a result, or of what lies like it, at the tile's channels.</summary>
    private static IReadOnlyList<(string Reference, int Offset)> Refer(
        KernelBody body, Tile tile, PixelPlaces places, string name, string origin, TensorView view) => places.Refer(
            body, name, origin, view, 1, tile.Segment.First, (tile.Block, tile.Cut.Together * tile.Segment.Lanes), (tile.Half, tile.Live));

    /// <summary>The value of a pooled pixel; its tile has two rows.</summary>
    private string PooledValue(Tile tile, int pixel, int q)
    {
        var (first, second) = (2 * pixel, (2 * pixel) + tile.Shape.Columns);
        var combined = Epilogue.Combine(tile.Width, Sum(first, q), Sum(first + 1, q), Sum(second, q), Sum(second + 1, q));
        return Epilogue.Finish(tile.Width, combined);
    }

    private static Offset From(string index, int distance) => Distance(distance, (index, 1));

    private static string Sum(int pixel, int vector) => "abcdef"[vector] + Text.Number(pixel);

    /// <summary>The tile at hand.</summary>
    private sealed record Tile(ChannelPass Pass, string Block, string Half, string Band)
    {
        public ChannelCut Cut => Pass.Cut;

        public VectorWidth Width => Cut.Width;

        public ConvSegment Segment => Cut.Segment;

        public int Vectors => Cut.Vectors;

        public int Live => Cut.Live;

        public PixelTile Shape => Pass.Shape;
    }
}
