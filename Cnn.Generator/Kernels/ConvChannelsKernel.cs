using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
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
    /// <summary>Multiply-adds that the body of a loop has at least: they hide the loop.</summary>
    private const int ShortBody = 12;

    /// <summary>
    /// The same for inference in wide vectors: where another thread shares the core, the instructions of the loop itself cost up to a tenth.
    /// </summary>
    private const int LongBody = 24;

    protected override EquatableArray<Parameter> State() => Geometry.Parameters(Source, Target, Packing.Length, HasBias, Pools, Residual);

    /// <summary>
    /// The floats of weights from which threads share the channels, so that each reads its part of the weights once; else they share the pixels,
    /// unless those are so few that each band would read all weights for a single tile.
    /// </summary>
    private const int SharedWeights = 128 * 1024;

    /// <summary>The floats of source and target beyond which the nearest caches cannot hold them for the next block of channels.</summary>
    private const int CachedFloats = 256 * 1024;

    /// <summary>The floats of weights that they hold beside a band.</summary>
    private const int CachedWeights = 64 * 1024;

    /// <summary>
    /// The same for 1x1 convolutions in vectors of 512 bits: processors that have them have a megabyte of second-level cache, and without a
    /// window each element of the source is read once for each block of channels.
    /// </summary>
    private const int CachedWideWeights = 128 * 1024;

    /// <summary>The most tiles among which the fetching of weights is worth its instructions.</summary>
    private const int FetchingTiles = 40;

    /// <summary>The least tiles of a band.</summary>
    private const int BandTiles = 8;

    /// <summary>Registers for elements of the source beside sums and weights.</summary>
    private const int SpareRegisters = 2;

    /// <summary>Blocks of channels, or rows, that go round among threads.</summary>
    private const int SharedTurns = 4;

    /// <summary>Bands that go round among threads, where there are as many tiles.</summary>
    private const int SharedBands = 8;

    /// <summary>Gets how a volume lies that is added to the result; null where none is.</summary>
    public TensorView? Residual { get; init; }

    /// <summary>Gets how often the weights are read in all, each time others that lie behind the ones before.</summary>
    public int Repetitions { get; init; } = 1;

    /// <summary>Gets a value indicating whether it is worth a longer text.</summary>
    public bool IsHot { get; init; }

    public override int Parts => Packing.Segments.Count;

    public override bool CanShare => true;

    public override string Reason => Choice;

    private bool Pools => Epilogue.Pool != FusedPool.None;

    private int Shrink => Pools ? 2 : 1;

    public override bool HasWide(int part) => Packing.Segments[part].Width == VectorWidth.V512.Lanes;

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var segment = Packing.Segments[part];
        foreach (var pass in ChannelPass.Best(Geometry, Pools, segment, width.Lanes > segment.Width ? width.Half : width))
            EmitPass(body, pass);
    }

    private void EmitPass(KernelBody body, ChannelPass pass)
    {
        var perBand = TilesPerBand(pass);
        if (perBand == 0)
        {
            EmitBlocks("");
            return;
        }

        var (bandScope, band) = Loop(body, "band", TileLoop.Count(Tiles(pass.Shape), perBand), IsShared);
        using (bandScope)
            EmitBlocks(band);

        void EmitBlocks(string band)
        {
            var (blockScope, block) = Loop(body, "block", pass.Cut.Blocks, IsShared && band.Length == 0 && pass.Cut.Blocks > 1);
            using (blockScope)
            {
                var (halfScope, half) = Loop(body, "half", pass.Cut.Halves);
                using (halfScope)
                    EmitTiles(body, new Tile(pass, block, half, band, perBand));
            }
        }
    }

    private bool SharesBlocks(ChannelPass pass)
    {
        var (cut, tiles) = (pass.Cut, Tiles(pass.Shape));
        var readsMuch = cut.Segment.Blocks * cut.Segment.BlockStride >= SharedWeights || tiles * Across(pass.Shape) < 2 * SharedBands;
        return cut.Blocks > tiles || (readsMuch && cut.Blocks >= SharedTurns);
    }

    /// <summary>
    /// Tiles of the outermost loop over pixels that all channels compute one after the other; none where each block of channels goes through
    /// all pixels. So what they read and write stays in the cache, and threads wait for each other once and not once a block.
    /// </summary>
    private int TilesPerBand(ChannelPass pass)
    {
        if (pass.Cut.Blocks == 1)
            return 0;
        var tiles = Tiles(pass.Shape);
        var perBand = TileLoop.Count(BandTiles, Across(pass.Shape));
        if (LeavesCaches(pass) && perBand < tiles)
            return perBand;
        return IsShared && !SharesBlocks(pass) ? Math.Max(1, Math.Min(tiles / SharedBands, perBand)) : 0;
    }

    /// <summary>Whether source and target do not stay in the nearest caches from one block of channels to the next, and the weights do.</summary>
    private bool LeavesCaches(ChannelPass pass)
    {
        var floats = (long)Geometry.OutHeight * Geometry.OutWidth * (Geometry.InChannels + Geometry.OutChannels);
        var weights = Geometry.Taps * Geometry.OutChannels;
        var isWide = pass.Cut.Width == VectorWidth.V512 && Geometry.Taps == Geometry.InChannels;
        return !Pools && floats >= CachedFloats && weights <= (isWide ? CachedWideWeights : CachedWeights);
    }

    /// <summary>Tiles of the outermost loop over pixels.</summary>
    private int Tiles(PixelTile shape) => shape.IsRun || Geometry.OutHeight > 1
        ? shape.Turns(Geometry.OutHeight / Shrink * Shrink, Geometry.OutWidth)
        : TileLoop.Count(Geometry.OutWidth, shape.Columns);

    /// <summary>Tiles of one turn of that loop.</summary>
    private int Across(PixelTile shape) => shape.IsRun || Geometry.OutHeight == 1 ? 1 : TileLoop.Count(Geometry.OutWidth, shape.Columns);

    private void EmitTiles(KernelBody body, Tile tile)
    {
        var shape = tile.Shape;
        var isShared = IsShared && tile.Band.Length == 0 && tile.Cut.Blocks == 1;
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
            ? TileLoop.OpenBand(body, index, length, size, tile.Band, tile.PerBand)
            : TileLoop.Open(body, index, length, size, isShared);
    }

    private void EmitTile(KernelBody body, Tile tile, PixelPlaces places)
    {
        EmitAccumulators(body, tile, tile.Shape.Pixels);
        EmitFetches(body, tile, places);
        if (SharesElements(tile))
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
        var sources = places.Refer(body, "s", "source", Source.Every(window.StrideHeight, window.StrideWidth), PixelTile.MostReferences);
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
        var (least, size) = (IsHot && tile.Width.Lanes >= VectorWidth.V256.Lanes ? LongBody : ShortBody, tile.Shape.Pixels * tile.Vectors);
        var fetched = step == 1 && tile.Band.Length == 0 ? Fetched(tile) : 0;
        if (fetched > 0)
            EmitNext(body, tile, places);
        TapLoops.Emit(body, loops, run, step, tile.Segment.Width, (least + size - 1) / size, EmitTap, fetched);

        void EmitTap(int tap, string index, int offset)
        {
            var weights = Enumerable.Range(0, tile.Vectors).Select(q => "k" + Text.Number(q)).ToList();
            body.Add(weights.Select((k, q) =>
                new Load(k, tile.Width.Load("w", (tap * tile.Segment.Width) + (q * tile.Cut.Distance)))));
            for (var p = 0; p < sources.Count; p++)
            {
                var distance = sources[p].Offset + offset;
                var sums = Enumerable.Range(0, weights.Count).Select(q => Sum(p, q)).ToList();
                body.Add(tile.Width.MultiplyAdd(sources[p].Reference, From(index, distance), weights, sums));
            }
        }
    }

    /// <summary>
    /// Whether registers hold the weights of a row of the kernel, so that each element of the source is read once for all pixels that need it:
    /// with one vector of channels, a multiply-add would otherwise read an element of its own, and two of them start in a cycle as loads do.
    /// The sums must not change with the width of the vectors, so the columns of the kernel have to follow each other already.
    /// </summary>
    private bool SharesElements(Tile tile) => Geometry.Taps > 0
        && tile is { Vectors: 1, Shape.IsRun: false, Shape.Columns: > 1 }
        && Source.Order == VolumeLayout.Chw
        && Geometry.Window is { StrideWidth: 1, DilationWidth: 1 }
        && Geometry.KernelWidth > 1
        && Geometry.KernelWidth <= tile.Width.MostVectors
        && tile.Shape.Pixels + Geometry.KernelWidth + SpareRegisters <= tile.Width.Registers;

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
            body.Add(weights.Select((k, kx) => new Load(k, tile.Width.Load("w", kx * tile.Segment.Width))));
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

    /// <summary>
    /// The floats of the next block's weights that each tap fetches, where the weights come from memory and few tiles use them: all tiles of
    /// a block together fetch at least the next one.
    /// </summary>
    private int Fetched(Tile tile)
    {
        var weights = (long)Geometry.Taps * Geometry.OutChannels * Repetitions;
        var tiles = TilesOfABlock(tile);
        if (!IsHot || tile.Width.Lanes < VectorWidth.V256.Lanes || weights <= CachedWeights || tiles > FetchingTiles)
            return 0;
        var floats = 1;
        while (floats * tiles < tile.Cut.Together * tile.Segment.Width)
            floats *= 2;
        return floats;
    }

    private int TilesOfABlock(Tile tile) => Tiles(tile.Shape) * Across(tile.Shape);

    private void EmitNext(KernelBody body, Tile tile, PixelPlaces places)
    {
        var (shape, perTile) = (tile.Shape, tile.Cut.Floats / TilesOfABlock(tile));
        var across = TileLoop.Count(Geometry.OutWidth, shape.Columns);
        body.Add(Declare(
            "next",
            "w",
            tile.Cut.Floats,
            (places.Y, perTile * across / shape.Rows),
            (places.X, perTile / shape.Columns),
            (places.P, perTile / shape.Columns)));
    }

    /// <summary>
    /// Fetches what the tile adds to its sums and the lines that it writes, where they lie far: loads behind the taps would wait for the ones, and
    /// a store waits for the line of the one before it.
    /// </summary>
    private void EmitFetches(KernelBody body, Tile tile, PixelPlaces places)
    {
        if (tile.Width.Lanes < VectorWidth.V256.Lanes || (long)Geometry.OutHeight * Geometry.OutWidth * Geometry.OutChannels < FarFloats)
            return;
        if (Residual is { } residual)
            TileFetches.Emit(body, tile.Vectors * tile.Width.Lanes, Refer(body, tile, places, "added", "residual", residual));
        if (IsHot && !Pools)
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
    private sealed record Tile(ChannelPass Pass, string Block, string Half, string Band, int PerBand)
    {
        public ChannelCut Cut => Pass.Cut;

        public VectorWidth Width => Cut.Width;

        public ConvSegment Segment => Cut.Segment;

        public int Vectors => Cut.Vectors;

        public int Live => Cut.Live;

        public PixelTile Shape => Pass.Shape;
    }
}
