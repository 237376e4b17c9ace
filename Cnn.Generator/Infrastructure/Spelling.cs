using System;
using System.Collections.Generic;

namespace Cnn.Generator.Infrastructure;

/// <summary>Finds the name that was probably meant.</summary>
internal static class Spelling
{
    /// <summary>No name as long as this is worth the comparison.</summary>
    private const int Longest = 64;

    /// <summary>
    /// The name that takes the fewest insertions, deletions, substitutions and swaps of neighbours; the last of several. Null where all
    /// take more than one for every three letters.
    /// </summary>
    public static string? Nearest(string name, IReadOnlyList<string> names)
    {
        if (name.Length is 0 or > Longest)
            return null;
        string? nearest = null;
        var distances = new int[name.Length + 1, Longest + 1];
        var least = Math.Max(1, name.Length / 3);
        foreach (var candidate in names)
        {
            if (candidate.Length > Longest || Math.Abs(candidate.Length - name.Length) > least)
                continue;
            var distance = Distance(name, candidate, distances);
            if (distance > least || distance >= candidate.Length)
                continue;
            (nearest, least) = (candidate, distance);
        }

        return nearest;
    }

    /// <summary>The optimal string alignment distance.</summary>
    /// <param name="a">A name.</param>
    /// <param name="b">Another.</param>
    /// <param name="d">Is overwritten.</param>
    private static int Distance(string a, string b, int[,] d)
    {
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                var substituted = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(substituted, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
