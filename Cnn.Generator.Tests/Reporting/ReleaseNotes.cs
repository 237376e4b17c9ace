using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Diagnostics;

namespace Cnn.Generator.Tests.Reporting;

/// <summary>
/// The release notes of the rules, in the form of Microsoft.CodeAnalysis.Analyzers: each section adds, changes or removes rules, first those
/// of the shipped releases and then those of the next.
/// </summary>
internal static class ReleaseNotes
{
    private const string New = "### New Rules";
    private const string Changed = "### Changed Rules";
    private const string Removed = "### Removed Rules";

    /// <summary>The faults of the notes, one line each.</summary>
    public static IEnumerable<string> Faults(string shipped, string unshipped, IReadOnlyList<Rule> rules)
    {
        var rows = new Dictionary<string, string>();
        var removed = new HashSet<string>();
        var faults = new List<string>();
        var section = "";
        foreach (var line in shipped.Split('\n').Concat(unshipped.Split('\n')).Select(line => line.TrimEnd()))
        {
            if (line is New or Changed or Removed)
                section = line;
            else if (line.Length > 0 && !IsFrame(line))
                Read(line);
        }

        foreach (var rule in rules)
        {
            var expected = $"{rule.Category} | {rule.Severity} | {rule.Title}";
            if (!rows.Remove(rule.Id, out var row))
                faults.Add($"{rule.Id} has no row");
            else if (row != expected)
                faults.Add($"{rule.Id} is {expected}, but its row says {row}");
        }

        return faults.Concat(rows.Keys.Select(id => $"{id} is no rule"));

        void Read(string line)
        {
            var cells = line.Split(" | ");
            var (id, isKnown) = (cells[0], rows.ContainsKey(cells[0]));
            switch (section, cells.Length)
            {
                case (New, 4) when !isKnown && !removed.Contains(id):
                    rows.Add(id, string.Join(" | ", cells.Skip(1)));
                    break;

                // New category, new severity, old category, old severity, notes.
                case (Changed, 6) when isKnown && rows[id].StartsWith($"{cells[3]} | {cells[4]} | ", StringComparison.Ordinal):
                    rows[id] = $"{cells[1]} | {cells[2]} | {cells[5]}";
                    break;
                case (Removed, 4) when isKnown:
                    rows.Remove(id);
                    removed.Add(id);
                    break;
                default:
                    faults.Add("out of place: " + line);
                    break;
            }
        }
    }

    private static bool IsFrame(string line) =>
        line[0] is ';' or '-' || new[] { "## Release ", "Rule ID | " }.Any(start => line.StartsWith(start, StringComparison.Ordinal));
}
