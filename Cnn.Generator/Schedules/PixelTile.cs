using System;
using System.Collections.Generic;

namespace Cnn.Generator.Schedules;

/// <summary>
/// The pixels of a grid whose sums a tile keeps in registers: a rectangle, or a run in reading order that goes on in the next row, which
/// leaves no remainder in each row but takes a division per pixel to find it.
/// </summary>
/// <param name="Rows">Rows; one for a run.</param>
/// <param name="Columns">Pixels of a row, or of the run.</param>
/// <param name="IsRun">Whether it is a run.</param>
internal readonly record struct PixelTile(int Rows, int Columns, bool IsRun = false)
{
    public int Pixels => Rows * Columns;

    /// <summary>The tile that covers a grid in the least time.</summary>
    /// <param name="height">Rows of the grid.</param>
    /// <param name="width">Columns of the grid.</param>
    /// <param name="pixels">The most pixels of a tile.</param>
    /// <param name="weights">The weights that each tile reads.</param>
    public static PixelTile Best(int height, int width, int pixels, WeightPanel weights)
    {
        var (rows, columns) = TileCost.Best(height, width, pixels, weights);
        var best = new PixelTile(rows, columns);
        var least = ChannelThresholds.WorthARun * best.Cost(height, width, weights);
        for (var size = 2; size <= Math.Min(pixels, ChannelThresholds.MostReferences) && height > 1 && size <= height * width; size++)
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

    /// <summary>Every tile of at most <paramref name="pixels"/> pixels.</summary>
    /// <inheritdoc cref="Best(int, int, int, WeightPanel)"/>
    public static IEnumerable<PixelTile> All(int height, int width, int pixels)
    {
        for (var rows = 1; rows <= Math.Min(height, pixels); rows++)
        {
            for (var columns = 1; columns <= Math.Min(width, pixels / rows); columns++)
                yield return new PixelTile(rows, columns);
        }

        for (var size = 2; size <= Math.Min(pixels, ChannelThresholds.MostReferences) && height > 1 && size <= height * width; size++)
            yield return new PixelTile(1, size, IsRun: true);
    }

    /// <summary>The cycles in which it covers a grid, on a core of its own.</summary>
    public double Cycles(int height, int width, WeightPanel weights) => Covered(TileCost.Cycles, height, width, weights);

    /// <summary>The figure it is chosen by, see <see cref="TileCost.Cost"/>.</summary>
    public double Cost(int height, int width, WeightPanel weights) => Covered(TileCost.Cost, height, width, weights);

    private double Covered(Func<int, int, int, int, WeightPanel, double> tap, int height, int width, WeightPanel weights) => IsRun
        ? (weights.Taps * tap(1, height * width, 1, Columns, weights)) + (ChannelThresholds.FindingRun * Turns(height, width))
        : weights.Taps * tap(height, width, Rows, Columns, weights);

    /// <summary>Tiles in a column of the grid, or all of them where they are runs.</summary>
    public int Turns(int height, int width) => IsRun ? TileCost.Count(height * width, Columns) : TileCost.Count(height, Rows);
}
