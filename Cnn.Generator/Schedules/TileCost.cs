using System;

namespace Cnn.Generator.Schedules;

/// <summary>The cost of covering a grid with tiles of one size; the last one of a side overlaps the one before it.</summary>
internal static class TileCost
{
    /// <summary>Cycles of a tile's loop beside its multiply-adds.</summary>
    private const double Loop = 0.4;

    /// <summary>The tiles of one size that cover a length.</summary>
    public static int Count(int length, int size) => (length + size - 1) / size;

    /// <summary>
    /// The rows and columns of the tile, of at most <paramref name="pixels"/> pixels, that covers a grid in the least time: two
    /// multiply-adds or two loads start in a cycle, and the next one of the same sum when the one before it is done.
    /// </summary>
    public static (int Rows, int Columns) Best(int height, int width, int pixels, WeightPanel weights)
    {
        var best = (Rows: 1, Columns: 1);
        var least = double.MaxValue;
        for (var rows = 1; rows <= pixels && rows <= height; rows++)
        {
            for (var columns = 1; rows * columns <= pixels && columns <= width; columns++)
            {
                var cost = Cost(height, width, rows, columns, weights) * (1 + (rows * 0.001));
                if (cost >= least)
                    continue;
                least = cost;
                best = (rows, columns);
            }
        }

        return best;
    }

    /// <summary>The cycles in which tiles of one size cover a grid once, on a core of their own.</summary>
    public static double Cycles(int height, int width, int rows, int columns, WeightPanel weights)
    {
        var size = rows * columns;
        var cycles = Math.Max(Machine.Usual.Latency, Math.Max(size * weights.Vectors, size + weights.Vectors) / 2.0);
        var tiles = (double)Count(height, rows) * Count(width, columns);
        return (tiles * (cycles + Loop)) + weights.Waiting(tiles, cycles);
    }

    /// <summary>The figure that tiles are chosen by: those cycles, and more for each load, since another thread may share the core.</summary>
    public static double Cost(int height, int width, int rows, int columns, WeightPanel weights)
    {
        var loads = (rows * columns) + weights.Vectors;
        return Cycles(height, width, rows, columns, weights) + (Machine.Usual.SharedLoad * loads * Count(height, rows) * Count(width, columns));
    }
}
