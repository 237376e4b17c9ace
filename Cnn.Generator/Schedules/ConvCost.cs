using System;
using System.Linq;
using Cnn.Generator.Graph;

namespace Cnn.Generator.Schedules;

/// <summary>
/// The cost of each way to compute a convolution, in cycles of a core with two multiply-adds, two loads and one store per cycle and half a megabyte
/// of cache to itself. The same way has to serve processors with vectors of 256 and of 512 bits: a cost is the geometric mean of both. A way is
/// then as good as another that is faster on one of them by the factor by which it is slower on the other. Only comparisons count: a figure is
/// right within some tenths.
/// </summary>
internal static class ConvCost
{
    /// <summary>A direct convolution of one group, vectorised across its output channels.</summary>
    /// <remarks>
    /// A pooled one is priced as if it were not pooled. Its tiles hold whole windows and so fewer sums; with their price, small pooled convolutions
    /// in pairs of rows go across the width, which took up to 1.6 times as long.
    /// </remarks>
    public static double ByChannels(ConvGeometry geometry, VolumeLayout sourceOrder, bool isPooled)
    {
        var (height, width) = geometry.Grid(isPooled);
        var problem = new ChannelProblem(geometry with { OutHeight = height, OutWidth = width }, sourceOrder, IsPooled: false);
        var packing = ConvPacking.ByOutputChannel(geometry, sourceOrder);
        return Mean(vectors => Overlapped(Product(problem, packing, vectors), Streamed(Weights(geometry), 1)));
    }

    /// <summary>The same, vectorised across the width of the output.</summary>
    public static double ByWidth(ConvGeometry geometry, bool isPooled) => Mean(vectors =>
    {
        var (height, width) = geometry.Grid(isPooled);
        if (!ColumnCut.Fits(vectors.Lanes, height, width))
            vectors = vectors.Half;
        var cycles = Tiling.Cut(geometry.OutChannels, WidthThresholds.MostFilters)
            .Sum(run => run.Count * WidthSchedule.Of(vectors, run.Size, height, width).Cycles(height));
        return Overlapped(geometry.Taps * cycles / ChoiceThresholds.Efficiency, Streamed(Weights(geometry), 1));
    });

    /// <summary>Bringing the source into another order.</summary>
    public static double Reordered(ConvGeometry geometry)
    {
        var window = geometry.Window;
        var (rows, columns) = (geometry.OutHeight * window.StrideHeight, geometry.OutWidth * window.StrideWidth);
        return ChoiceThresholds.Reordering * rows * columns * geometry.InChannels;
    }

    /// <summary>A Winograd convolution: transform of the source, products, transform of the products, band by band.</summary>
    public static double Of(WinogradTiling tiling) => Mean(vectors =>
    {
        var (points, outputs) = (tiling.Transform.Points, tiling.Transform.Outputs);
        var tiles = (double)tiling.Bands * tiling.Tiles;

        // A tile is transformed by columns and then by rows: one stored vector per cycle, and a part of that for loads and sums.
        var source = tiles * tiling.InChannels / vectors.Dividing(tiling.InChannels).Lanes * 2.5 * points * points;
        var result = tiles * tiling.OutChannels / vectors.Dividing(tiling.OutChannels).Lanes
            * ((1.5 * ((points * outputs) + (outputs * outputs))) + (0.5 * points * points));
        var products = tiling.Bands * tiling.Points * Product(new(tiling.Product, VolumeLayout.Hwc, IsPooled: false), tiling.Packing, vectors);
        var weights = Streamed(4.0 * tiling.Points * tiling.InChannels * tiling.OutChannels, tiling.Bands);
        return source + result + Overlapped(products, weights) + (tiling.Bands * 2 * Spilled(4.0 * tiling.Scratch) / Machine.Usual.SharedSpeed);
    });

    /// <summary>A convolution in pairs of rows: transforms of the source and the weights, and the part of a direct convolution's products that is left.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="isPooled">Whether 2x2 outputs are pooled into one.</param>
    /// <param name="pairs">The transform.</param>
    /// <param name="direct">The cost of the direct convolution.</param>
    public static double InPairs(ConvGeometry geometry, bool isPooled, RowPairs pairs, double direct) => (direct * pairs.Share * ChoiceThresholds.PairedLoads) + Mean(vectors =>
    {
        // Each product stores a vector, and in part loads and adds; as many of the weights are written or read once more.
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
        return Overlapped(ScatterTile.Best(geometry, vectors).Cycles(geometry, vectors) / ChoiceThresholds.Efficiency, Streamed(Weights(geometry), 1));
    }) + Collected(geometry);

    /// <summary>Bringing collected outputs into their order, and reading and writing them where the second-level cache does not keep them.</summary>
    private static double Collected(ConvGeometry geometry)
    {
        var outputs = (double)geometry.OutHeight * geometry.OutWidth * geometry.OutChannels;
        return (ChoiceThresholds.Reordering * outputs) + (3 * Spilled(8 * outputs) / Machine.Usual.SharedSpeed);
    }

    /// <summary>Writing a result that the second-level cache does not keep: no way of computing makes it shorter.</summary>
    public static double Written(ConvGeometry geometry, bool isPooled)
    {
        var (height, width) = geometry.Grid(isPooled);
        return Spilled(4.0 * height * width * geometry.OutChannels / (isPooled ? 4 : 1)) / Machine.Usual.SharedSpeed;
    }

    private static double Mean(Func<VectorWidth, double> cycles) => Math.Sqrt(cycles(VectorWidth.V256) * cycles(VectorWidth.V512));

    private static double Weights(ConvGeometry geometry) => 4.0 * geometry.Taps * geometry.OutChannels;

    /// <summary>The multiply-adds of the passes that will be printed.</summary>
    private static double Product(ChannelProblem problem, ConvPacking packing, VectorWidth vectors) => packing.Segments
        .SelectMany(segment => ChannelPass.Best(problem, segment, vectors))
        .Sum(pass => pass.Cycles(problem.Geometry)) / ChoiceThresholds.Efficiency;

    /// <summary>Computing and fetching at the same time: the longer of the two, and half of the shorter.</summary>
    private static double Overlapped(double products, double fetched) => Math.Max(products, fetched) + (Math.Min(products, fetched) / 2);

    /// <summary>The bytes, among those written and read again, that the second-level cache does not keep: more and more beyond three quarters of it.</summary>
    private static double Spilled(double bytes)
    {
        var room = Machine.Usual.SecondCache * 3 / 4;
        return bytes * Math.Min(1, Math.Max(0, (bytes / room) - 1));
    }

    /// <summary>Weights that are read several times from the cache that holds them.</summary>
    private static double Streamed(double bytes, int times)
    {
        if (bytes <= Machine.Usual.SecondCache / 2)
            return bytes / Machine.Usual.SharedSpeed;
        return bytes <= Machine.Usual.SharedCache ? times * bytes / Machine.Usual.SharedSpeed : times * bytes / Machine.Usual.MemorySpeed;
    }
}
