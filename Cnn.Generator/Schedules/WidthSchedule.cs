using System;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Schedules;

/// <summary>The schedule of a direct convolution across the width, for tiles of one number of filters.</summary>
/// <param name="Width">The vectors.</param>
/// <param name="Filters">Filters of a tile.</param>
/// <param name="Rows">Rows of a tile whose columns are not shared.</param>
/// <param name="Cut">How vectors cover the grid.</param>
internal sealed record WidthSchedule(VectorWidth Width, int Filters, int Rows, ColumnCut Cut)
{
    /// <summary>The schedule for a grid.</summary>
    public static WidthSchedule Of(VectorWidth width, int filters, int height, int columns) =>
        new(width, filters, Math.Min(MostRows(width, filters), height), ColumnCut.Of(width.Lanes, height, columns));

    /// <summary>The words for the comment: <c>6 filters x 2 rows x 8 columns</c>.</summary>
    public string Describe()
    {
        var lanes = $"{Text.Count(Filters, "filter")} x {Text.Count(Rows, "row")} x {Text.Number(Width.Lanes)} columns";
        return Cut.Joined.Count == 0 ? lanes : $"{lanes}, the last columns of {Text.Number(WidthThresholds.JoinedRows)} rows together";
    }

    /// <summary>The cycles of the multiply-adds of such tiles, on a core of its own.</summary>
    public double Cycles(int height)
    {
        var (columns, joined) = (TileCost.Count(Cut.Whole, Width.Lanes), Cut.Joined.Count);
        var weights = new WeightPanel(Filters);
        var left = joined == 0 ? 0 : TileCost.Cycles(TileCost.Count(height, WidthThresholds.JoinedRows) * joined, 1, joined, 1, weights);
        return TileCost.Cycles(height, columns, Rows, 1, weights) + left;
    }

    private static int MostRows(VectorWidth width, int filters) => filters <= WidthThresholds.FewFilters || width == VectorWidth.V512
        ? WidthThresholds.MostRows
        : WidthThresholds.FewRows;
}
