using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Cnn;

/// <summary>
/// Aligns the cells of a table. The generator compiles this file too, so that documentation and program show the same table.
/// </summary>
internal static class TextTable
{
    /// <summary>
    /// Rows as text, two spaces between columns, a rule below the first row and above the last, lines ended by <c>\n</c>.
    /// </summary>
    /// <param name="rows">The header, the rows, and the totals; each with as many cells as the header.</param>
    /// <param name="leftAligned">Columns that are aligned to the left; the others are aligned to the right.</param>
    public static string Format(IReadOnlyList<string[]> rows, int leftAligned)
    {
        var widths = new int[rows[0].Length];
        foreach (var row in rows)
        {
            for (var column = 0; column < row.Length; column++)
                widths[column] = Math.Max(widths[column], row[column].Length);
        }

        var text = new StringBuilder();
        for (var index = 0; index < rows.Count; index++)
        {
            if (index == rows.Count - 1)
                AppendRule(text, widths);
            var cells = rows[index].Select((cell, column) =>
                column < leftAligned ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
            if (index == 0)
                AppendRule(text, widths);
        }

        return text.ToString();
    }

    private static void AppendRule(StringBuilder text, int[] widths) =>
        text.Append(string.Join("  ", widths.Select(width => new string('-', width)))).Append('\n');
}
