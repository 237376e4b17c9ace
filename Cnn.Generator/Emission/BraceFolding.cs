using System;
using System.Collections.Generic;

namespace Cnn.Generator.Emission;

/// <summary>
/// Removes braces that hold the whole content of the block around them, or all of it behind plain statements, which loops of one turn leave
/// behind, and those of a loop whose body is another loop and nothing else.
/// </summary>
internal static class BraceFolding
{
    public static IReadOnlyList<string> Fold(IReadOnlyList<string> lines)
    {
        // Braces that fall may leave a loop behind that holds only another.
        for (var count = 0; count != lines.Count;)
        {
            count = lines.Count;
            lines = FoldOnce(lines);
        }

        return lines;
    }

    private static IReadOnlyList<string> FoldOnce(IReadOnlyList<string> lines)
    {
        var closing = Closings(lines);
        var dropped = new bool[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Trim() != "{")
                continue;
            var first = i == 0 || lines[i - 1].Trim() == "{";
            var end = closing[i];
            var last = end == lines.Count - 1 || lines[end + 1].Trim() == "}";
            var alone = i == 0 ? end == lines.Count - 1 : first && last && closing[i - 1] == end + 1;
            if (alone || (last && FollowsStatements(lines, i)) || HoldsOneLoop(lines, closing, i))
                dropped[i] = dropped[end] = true;
        }

        var folded = new List<string>();
        var saved = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            if (dropped[i])
            {
                saved += lines[i].Trim() == "{" ? 4 : -4;
                continue;
            }

            folded.Add(lines[i].Length == 0 ? "" : lines[i].Substring(saved));
        }

        return folded;
    }

    /// <summary>Whether a block has no header and only statements before it, whose names no block within it can bear.</summary>
    private static bool FollowsStatements(IReadOnlyList<string> lines, int open)
    {
        var before = open - 1;
        while (before >= 0 && lines[before].EndsWith(";", StringComparison.Ordinal) && Indent(lines[before]) == Indent(lines[open]))
            before--;
        return before >= 0 && before < open - 1 && lines[before].Trim() == "{";
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    private static bool HoldsOneLoop(IReadOnlyList<string> lines, int[] closing, int open)
    {
        if (open == 0 || !IsLoop(lines[open - 1]))
            return false;
        var inner = open + 1;
        while (IsLoop(lines[inner]))
            inner++;
        return inner > open + 1 && lines[inner].Trim() == "{" && closing[inner] + 1 == closing[open];
    }

    private static bool IsLoop(string line)
    {
        var text = line.TrimStart();
        return text.StartsWith("for (", StringComparison.Ordinal) || text.StartsWith("foreach (", StringComparison.Ordinal);
    }

    private static int[] Closings(IReadOnlyList<string> lines)
    {
        var closing = new int[lines.Count];
        var open = new Stack<int>();
        for (var i = 0; i < lines.Count; i++)
        {
            var text = lines[i].Trim();
            if (text == "{")
                open.Push(i);
            else if (text == "}")
                closing[open.Pop()] = i;
        }

        return closing;
    }
}
