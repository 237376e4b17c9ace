using System;

namespace Cnn.Generator.Kernels;

/// <summary>
/// What ways of computing a convolution cost, in cycles of a core with two 256-bit multiply-adds, two loads and one store a cycle and
/// half a megabyte of cache to itself. Only comparisons count: a figure is right within some tenths.
/// </summary>
internal static class ConvCost
{
    /// <summary>Lanes of a vector.</summary>
    private const int Lanes = 8;

    /// <summary>Accumulators of a tile.</summary>
    private const int Accumulators = 12;

    /// <summary>The share of the peak that the innermost loops reach.</summary>
    private const double Efficiency = 0.92;

    /// <summary>Bytes of the second-level cache.</summary>
    private const double NearCache = 512 * 1024;

    /// <summary>Bytes of the shared cache on which one may count.</summary>
    private const double FarCache = 12 * 1024 * 1024;

    /// <summary>Bytes a cycle that come from the shared cache.</summary>
    private const double FarBytes = 12;

    /// <summary>Bytes a cycle that come from memory.</summary>
    private const double MemoryBytes = 5.5;

    /// <summary>A direct convolution of one group, vectorised across its output channels.</summary>
    public static double Direct(ConvGeometry geometry, bool isPooled)
    {
        var (height, width) = isPooled ? (geometry.OutHeight / 2 * 2, geometry.OutWidth / 2 * 2) : (geometry.OutHeight, geometry.OutWidth);
        var products = Product(geometry.OutChannels, geometry.Taps, height, width);
        return Overlapped(products, Streamed(4.0 * geometry.Taps * geometry.OutChannels, 1));
    }

    /// <summary>A Winograd convolution: transform of the source, products, transform of the products, band by band.</summary>
    public static double Of(WinogradTiling tiling)
    {
        var (points, outputs) = (tiling.Transform.Points, tiling.Transform.Outputs);
        var tiles = (double)tiling.Bands * tiling.Tiles;

        // A tile is transformed by columns and then by rows: what it stores, a vector a cycle, and a part of that for loads and sums.
        var source = tiles * tiling.InChannels / Lanes * 2.5 * points * points;
        var result = tiles * tiling.OutChannels / Lanes * ((1.5 * ((points * outputs) + (outputs * outputs))) + (0.5 * points * points));
        var products = tiling.Bands * tiling.Points * Product(tiling.OutChannels, tiling.InChannels, 1, tiling.Tiles);
        var weights = Streamed(4.0 * tiling.Points * tiling.InChannels * tiling.OutChannels, tiling.Bands);
        var kept = 4.0 * tiling.Scratch;
        return source + result + Overlapped(products, weights) + (kept <= NearCache * 3 / 4 ? 0 : tiling.Bands * 2 * kept / FarBytes);
    }

    /// <summary>The multiply-adds of one product, cut into register tiles: two vectors of channels, or what remains of them.</summary>
    private static double Product(int outChannels, int taps, int height, int width)
    {
        var vectors = (outChannels + Lanes - 1) / Lanes;
        return (((vectors / 2) * Covered(2)) + ((vectors % 2) * Covered(1))) / Efficiency;

        double Covered(int across) =>
            PixelTile.Best(height, width, Accumulators / across, across, taps).Cycles(height, width, across, taps);
    }

    /// <summary>What is computed while something is fetched: the longer of the two, and half of the shorter.</summary>
    private static double Overlapped(double products, double fetched) => Math.Max(products, fetched) + (Math.Min(products, fetched) / 2);

    /// <summary>Weights that are read so many times from the cache that holds them.</summary>
    private static double Streamed(double bytes, int times)
    {
        if (bytes <= NearCache / 2)
            return bytes / FarBytes;
        return bytes <= FarCache ? times * bytes / FarBytes : times * bytes / MemoryBytes;
    }
}
