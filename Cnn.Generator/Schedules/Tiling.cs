using System.Collections.Generic;

namespace Cnn.Generator.Schedules;

/// <summary>A run of <paramref name="Count"/> tiles of <paramref name="Size"/>, beginning at <paramref name="Start"/>.</summary>
internal readonly record struct TileRun(int Start, int Size, int Count);

internal static class Tiling
{
    /// <summary>
    /// Cuts a length into as few tiles of at most <paramref name="largest"/> as it takes, as even as they can be: at most two sizes,
    /// so at most two copies of the code.
    /// </summary>
    public static IReadOnlyList<TileRun> Cut(int length, int largest)
    {
        var tiles = (length + largest - 1) / largest;
        var small = length / tiles;
        var bigOnes = length % tiles;
        var runs = new List<TileRun>();
        if (bigOnes > 0)
            runs.Add(new TileRun(0, small + 1, bigOnes));
        if (bigOnes < tiles)
            runs.Add(new TileRun(bigOnes * (small + 1), small, tiles - bigOnes));
        return runs;
    }

    public static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
