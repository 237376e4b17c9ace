using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn.Generator.Kernels;

/// <summary>
/// What ways of computing a convolution cost, in cycles of a core with two multiply-adds, two loads and one store a cycle and half a megabyte of
/// cache to itself. The same way has to serve processors with vectors of 256 and of 512 bits: a cost is the geometric mean of both, so that a way
/// is as good as another that is so many times faster on one of them and slower on the other. Only comparisons count: a figure is right within
/// some tenths.
/// </summary>
internal static class ConvCost
{
    /// <summary>The share of the peak that the innermost loops reach.</summary>
    private const double Efficiency = 0.92;

    /// <summary>Bytes of the second-level cache.</summary>
    public const double NearCache = 512 * 1024;

    /// <summary>Bytes of the shared cache on which one may count.</summary>
    private const double FarCache = 12 * 1024 * 1024;

    /// <summary>Bytes a cycle that come from the shared cache.</summary>
    private const double FarBytes = 12;

    /// <summary>Bytes a cycle that come from memory.</summary>
    private const double MemoryBytes = 7;

    /// <summary>How much longer products of transformed rows take: pixels one below the other share no weights.</summary>
    private const double PairedLoads = 1.1;

    /// <summary>Cycles in which an element moves to its place in another order.</summary>
    private const double Reordering = 0.6;

    /// <summary>A direct convolution of one group, vectorised across its output channels.</summary>
    public static double ByChannels(ConvGeometry geometry, bool isPooled) => Mean(vectors =>
    {
        var (height, width) = geometry.Grid(isPooled);
        return Overlapped(Product(geometry.OutChannels, geometry.Taps, height, width, vectors), Streamed(Weights(geometry), 1));
    });

    /// <summary>The same, vectorised across the width of the output.</summary>
    public static double ByWidth(ConvGeometry geometry, bool isPooled) => Mean(vectors =>
    {
        var (height, width) = geometry.Grid(isPooled);
        if (!ColumnCut.Fits(vectors.Lanes, height, width))
            vectors = vectors.Half;
        var cut = ColumnCut.Of(vectors.Lanes, height, width);
        var cycles = Tiling.Cut(geometry.OutChannels, ConvWidthKernel.MostFilters).Sum(run => run.Count * Covered(run.Size));
        return Overlapped(geometry.Taps * cycles / Efficiency, Streamed(Weights(geometry), 1));

        double Covered(int filters)
        {
            var (columns, joined) = (TileLoop.Count(cut.Whole, vectors.Lanes), cut.Joined.Count);
            var weights = new WeightPanel(filters);
            var left = joined == 0 ? 0 : TileLoop.Cycles(TileLoop.Count(height, ColumnCut.JoinedRows) * joined, 1, joined, 1, weights);
            return TileLoop.Cycles(height, columns, Math.Min(ConvWidthKernel.MostRows(vectors, filters), height), 1, weights) + left;
        }
    });

    /// <summary>Bringing the source into another order.</summary>
    public static double Reordered(ConvGeometry geometry)
    {
        var window = geometry.Window;
        var (rows, columns) = (geometry.OutHeight * window.StrideHeight, geometry.OutWidth * window.StrideWidth);
        return Reordering * rows * columns * geometry.InChannels;
    }

    /// <summary>A Winograd convolution: transform of the source, products, transform of the products, band by band.</summary>
    public static double Of(WinogradTiling tiling) => Mean(vectors =>
    {
        var (points, outputs) = (tiling.Transform.Points, tiling.Transform.Outputs);
        var tiles = (double)tiling.Bands * tiling.Tiles;

        // A tile is transformed by columns and then by rows: what it stores, a vector a cycle, and a part of that for loads and sums.
        var source = tiles * tiling.InChannels / vectors.Dividing(tiling.InChannels).Lanes * 2.5 * points * points;
        var result = tiles * tiling.OutChannels / vectors.Dividing(tiling.OutChannels).Lanes
            * ((1.5 * ((points * outputs) + (outputs * outputs))) + (0.5 * points * points));
        var products = tiling.Bands * tiling.Points * Product(tiling.OutChannels, tiling.InChannels, 1, tiling.Tiles, vectors);
        var weights = Streamed(4.0 * tiling.Points * tiling.InChannels * tiling.OutChannels, tiling.Bands);
        return source + result + Overlapped(products, weights) + (tiling.Bands * 2 * Spilled(4.0 * tiling.Scratch) / FarBytes);
    });

    /// <summary>A convolution in pairs of rows: transforms of the source and the weights, and the part of a direct convolution's products that is left.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="isPooled">Whether 2x2 outputs are pooled into one.</param>
    /// <param name="pairs">The transform.</param>
    /// <param name="direct">What the direct convolution costs.</param>
    public static double InPairs(ConvGeometry geometry, bool isPooled, RowPairs pairs, double direct) => (direct * pairs.Share * PairedLoads) + Mean(vectors =>
    {
        // Of each product a vector is stored, and in part loaded and added; of the weights as many are written or read once more.
        var (height, width) = geometry.Grid(isPooled);
        var rows = height / 2.0 * geometry.InChannels * (width + geometry.KernelWidth - 1);
        var weights = (double)geometry.OutChannels * geometry.Taps / pairs.Taps;
        return 1.5 * pairs.Products * (rows + weights) / vectors.Lanes;
    });

    /// <summary>A transposed convolution from the side of its source, with the outputs brought into their order.</summary>
    public static double Scattered(ConvGeometry geometry) => Mean(vectors =>
    {
        if (!ScatterTile.Widths(geometry).Contains(vectors))
            vectors = vectors.Half;
        return Overlapped(ScatterTile.Best(geometry, vectors).Cycles(geometry, vectors) / Efficiency, Streamed(Weights(geometry), 1));
    }) + Collected(geometry);

    /// <summary>Bringing collected outputs into their order, and reading and writing them where the second-level cache does not keep them.</summary>
    private static double Collected(ConvGeometry geometry)
    {
        var outputs = (double)geometry.OutHeight * geometry.OutWidth * geometry.OutChannels;
        return (Reordering * outputs) + (3 * Spilled(8 * outputs) / FarBytes);
    }

    /// <summary>Writing a result that the second-level cache does not keep: no way of computing makes it shorter.</summary>
    public static double Written(ConvGeometry geometry, bool isPooled)
    {
        var (height, width) = geometry.Grid(isPooled);
        return Spilled(4.0 * height * width * geometry.OutChannels / (isPooled ? 4 : 1)) / FarBytes;
    }

    private static double Mean(Func<VectorWidth, double> cycles) => Math.Sqrt(cycles(VectorWidth.V256) * cycles(VectorWidth.V512));

    private static double Weights(ConvGeometry geometry) => 4.0 * geometry.Taps * geometry.OutChannels;

    /// <summary>The multiply-adds of one product, cut into register tiles of blocks of channels, and of what remains of them.</summary>
    private static double Product(int outChannels, int taps, int height, int width, VectorWidth vectors)
    {
        var across = TileLoop.Count(outChannels, vectors.Lanes);
        if (vectors != VectorWidth.V512)
            return (((across / 2) * Covered(2, vectors)) + ((across % 2) * Covered(1, vectors))) / Efficiency;
        var (blocks, rest) = (outChannels / vectors.Lanes, outChannels % vectors.Lanes);
        var whole = blocks == 0 ? 0 : Together().Min(together =>
            (blocks / together * Covered(together, vectors)) + (blocks % together == 0 ? 0 : Covered(blocks % together, vectors)));
        return (whole + (rest == 0 ? 0 : Covered(1, rest > vectors.Half.Lanes ? vectors : vectors.Half))) / Efficiency;

        double Covered(int number, VectorWidth of)
        {
            var weights = new WeightPanel(number, of.Lanes, taps);
            return PixelTile.Best(height, width, of.Accumulators / number, weights).Cycles(height, width, weights);
        }

        IEnumerable<int> Together() => Enumerable.Range(1, Math.Min(blocks, vectors.MostVectors));
    }

    /// <summary>What is computed while something is fetched: the longer of the two, and half of the shorter.</summary>
    private static double Overlapped(double products, double fetched) => Math.Max(products, fetched) + (Math.Min(products, fetched) / 2);

    /// <summary>Of bytes that are written and read again, those that the second-level cache does not keep: more and more beyond three quarters of it.</summary>
    private static double Spilled(double bytes)
    {
        var room = NearCache * 3 / 4;
        return bytes * Math.Min(1, Math.Max(0, (bytes / room) - 1));
    }

    /// <summary>Weights that are read so many times from the cache that holds them.</summary>
    private static double Streamed(double bytes, int times)
    {
        if (bytes <= NearCache / 2)
            return bytes / FarBytes;
        return bytes <= FarCache ? times * bytes / FarBytes : times * bytes / MemoryBytes;
    }
}
