using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn.Generator.Schedules;

/// <summary>The pixels of one vector of a tile: as many columns from <paramref name="Column"/> on as find room, of some rows.</summary>
/// <param name="Row">The first row.</param>
/// <param name="Rows">Rows that share the vector: 1, 2 or 4.</param>
/// <param name="Column">The first column.</param>
internal readonly record struct TileVector(int Row, int Rows, int Column)
{
    /// <summary>One vector per row.</summary>
    public static IReadOnlyList<TileVector> OfRows(int rows) => [.. Enumerable.Range(0, rows).Select(row => new TileVector(row, 1, 0))];
}

/// <summary>
/// How vectors that run across the width cover a grid. The remainders of four rows go into vectors of two half rows or four
/// quarters if that takes fewer of them; else the last vector of a row overlaps the one before it.
/// </summary>
/// <param name="Whole">Columns, from the first on, that vectors of one row cover; none where all are joined.</param>
/// <param name="Joined">The vectors that cover the other columns of four rows.</param>
internal sealed record ColumnCut(int Whole, IReadOnlyList<TileVector> Joined)
{
    /// <summary>Whether a vector of <paramref name="lanes"/> columns finds room.</summary>
    public static bool Fits(int lanes, int height, int width) => width >= lanes || Join(lanes, height, width).Count > 0;

    /// <summary>The cut of a grid in which they do.</summary>
    public static ColumnCut Of(int lanes, int height, int width)
    {
        var joined = Join(lanes, height, width);
        return new ColumnCut(joined.Count == 0 ? width : width - (width % lanes), joined);
    }

    /// <summary>The share of the lanes that compute something new.</summary>
    public static double Utilization(int lanes, int height, int width)
    {
        if (height <= 0 || width <= 0)
            return 0;
        var cut = Of(lanes, height, width);
        var vectors = (height * TileCost.Count(cut.Whole, lanes)) + (TileCost.Count(height, WidthThresholds.JoinedRows) * cut.Joined.Count);
        return (double)height * width / (lanes * vectors);
    }

    private static IReadOnlyList<TileVector> Join(int lanes, int height, int width)
    {
        var rest = width % lanes;
        if (rest == 0 || lanes < WidthThresholds.FewestSharedLanes || height < WidthThresholds.JoinedRows || width < WidthThresholds.Quarter)
            return [];
        var joined = new List<TileVector>();
        for (var rows = 2; lanes / rows >= WidthThresholds.Quarter; rows *= 2)
        {
            // The last part is wider than what is left where that is no multiple of it, and so begins further to the left.
            var columns = lanes / rows;
            for (; rest >= columns || (rest > 0 && columns == WidthThresholds.Quarter); rest -= columns)
            {
                for (var row = 0; row < WidthThresholds.JoinedRows; row += rows)
                    joined.Add(new TileVector(row, rows, Math.Min(width - rest, width - columns)));
            }
        }

        return joined.Count < WidthThresholds.JoinedRows || width < lanes ? joined : [];
    }
}
