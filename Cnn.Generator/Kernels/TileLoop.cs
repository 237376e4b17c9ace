using System;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// A loop over tiles of one size. Where the size does not divide the length the last tile overlaps the one before it, which writes the
/// same values twice; so the body may only assign, not add. One size of tile is one copy of the code.
/// </summary>
internal static class TileLoop
{
    /// <summary>Cycles from one multiply-add of a sum to the next: four, and what else there is to wait for.</summary>
    private const double Latency = 4.6;

    /// <summary>Cycles of a load where another thread shares the core: then all instructions count, not the multiply-adds alone.</summary>
    private const double Instruction = 0.25;

    /// <summary>Opens the loop, or only a scope where it turns once; the index counts elements and is then nothing.</summary>
    public static (KernelBody.Scope Scope, string Index) Open(KernelBody body, string index, int length, int size, bool isShared = false)
    {
        if (length == size)
            return (isShared ? body.Open(new Alone()) : body.Open(), "");
        if (length % size == 0 && !(isShared && size > 1))
            return (size == 1 ? body.For(index, length, isShared) : body.For(index, length, size), index);
        var tile = index + "Tile";
        var scope = body.For(tile, Count(length, size), isShared);
        EmitIndex(body, index, tile, length, size);
        return (scope, index);
    }

    /// <summary>Opens the part of the loop that one band of so many tiles is.</summary>
    public static (KernelBody.Scope Scope, string Index) OpenBand(KernelBody body, string index, int length, int size, string band, int perBand)
    {
        var (tile, tiles) = (index + "Tile", Count(length, size));
        if (perBand == 1)
        {
            var only = body.Open();
            EmitIndex(body, index, band, length, size);
            return (only, index);
        }

        var end = $"{band} * {perBand} + {perBand}";
        if (tiles % perBand != 0)
            end = $"global::System.Math.Min({end}, {tiles})";
        var scope = body.Open(new Counted(LocalType.Integer, tile, $"{band} * {perBand}", end) { EndName = "behind" });
        EmitIndex(body, index, tile, length, size);
        return (scope, index);
    }

    /// <summary>The tiles of one size that cover a length.</summary>
    public static int Count(int length, int size) => (length + size - 1) / size;

    private static void EmitIndex(KernelBody body, string index, string tile, int length, int size)
    {
        var usual = $"{tile} * {size}";
        body.Declare(LocalType.Integer, index, length % size == 0 ? usual : $"{tile} == {Count(length, size) - 1} ? {length - size} : {usual}");
    }

    /// <summary>
    /// The rows and columns of the tile that covers a grid in the least time, of at most so many pixels with so many vectors each: two
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
        var cycles = Math.Max(Latency, Math.Max(size * weights.Vectors, size + weights.Vectors) / 2.0);
        var tiles = (double)Count(height, rows) * Count(width, columns);
        return (tiles * (cycles + 0.4)) + weights.Waiting(tiles, cycles);
    }

    /// <summary>What tiles are chosen by: those cycles, and more for each load, since another thread may share the core.</summary>
    public static double Cost(int height, int width, int rows, int columns, WeightPanel weights)
    {
        var loads = (rows * columns) + weights.Vectors;
        return Cycles(height, width, rows, columns, weights) + (Instruction * loads * Count(height, rows) * Count(width, columns));
    }
}
