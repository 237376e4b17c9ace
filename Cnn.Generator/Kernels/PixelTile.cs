using System;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The pixels of a grid whose sums a tile keeps in registers: a rectangle, or a run in reading order that goes on in the next row, which
/// leaves no remainder in each row but takes a division a pixel to find it.
/// </summary>
/// <param name="Rows">Rows; one for a run.</param>
/// <param name="Columns">Pixels of a row, or of the run.</param>
/// <param name="IsRun">Whether it is a run.</param>
internal readonly record struct PixelTile(int Rows, int Columns, bool IsRun = false)
{
    /// <summary>References to pixels that find room in registers.</summary>
    public const int MostReferences = 6;

    /// <summary>Cycles in which the pixels of a run are found.</summary>
    private const double Finding = 20;

    /// <summary>The part of a rectangle's time below which a run must stay to be worth its harder text.</summary>
    private const double Worth = 0.98;

    public int Pixels => Rows * Columns;

    /// <summary>The tile that covers a grid in the least time.</summary>
    /// <param name="height">Rows of the grid.</param>
    /// <param name="width">Columns of the grid.</param>
    /// <param name="pixels">The most pixels of a tile.</param>
    /// <param name="weights">The weights that each tile reads.</param>
    public static PixelTile Best(int height, int width, int pixels, WeightPanel weights)
    {
        var (rows, columns) = TileLoop.Best(height, width, pixels, weights);
        var best = new PixelTile(rows, columns);
        var least = Worth * best.Cost(height, width, weights);
        for (var size = 2; size <= Math.Min(pixels, MostReferences) && height > 1 && size <= height * width; size++)
        {
            var run = new PixelTile(1, size, IsRun: true);
            var cycles = run.Cost(height, width, weights);
            if (cycles >= least)
                continue;
            least = cycles;
            best = run;
        }

        return best;
    }

    /// <summary>The cycles in which it covers a grid, on a core of its own.</summary>
    public double Cycles(int height, int width, WeightPanel weights) => Covered(TileLoop.Cycles, height, width, weights);

    /// <summary>What it is chosen by, see <see cref="TileLoop.Cost"/>.</summary>
    public double Cost(int height, int width, WeightPanel weights) => Covered(TileLoop.Cost, height, width, weights);

    private double Covered(Func<int, int, int, int, WeightPanel, double> tap, int height, int width, WeightPanel weights) => IsRun
        ? (weights.Taps * tap(1, height * width, 1, Columns, weights)) + (Finding * Turns(height, width))
        : weights.Taps * tap(height, width, Rows, Columns, weights);

    /// <summary>Tiles in a column of the grid, or all of them where they are runs.</summary>
    public int Turns(int height, int width) => IsRun ? TileLoop.Count(height * width, Columns) : TileLoop.Count(height, Rows);
}
