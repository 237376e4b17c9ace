using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ZooExample;

/// <summary>The totals of several networks, one row per network.</summary>
internal static class Overview
{
    /// <summary>The table as aligned text, its columns two spaces apart, the first two aligned to the left.</summary>
    public static string Text(IEnumerable<Entry> entries)
    {
        List<string[]> rows = [["Network", "Task", "Layers", "# Parameters", "Multiply-adds", "Arena bytes"]];
        rows.AddRange(entries.Select(entry => new[]
        {
            entry.Name,
            entry.Task,
            Number(entry.Summary.Layers.Count - 1),
            Number(entry.Summary.Parameters),
            Number(entry.Summary.MultiplyAdds),
            Number(entry.Summary.ArenaBytes),
        }));
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return string.Concat(rows.Select(row => Line(row, widths)));
    }

    private static string Line(string[] row, int[] widths)
    {
        var cells = row.Select((cell, column) => column < 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
        return string.Join("  ", cells) + "\n";
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
