using System;
using System.Collections.Generic;

namespace Cnn.Generator.Schedules;

/// <summary>Columns of two pairs of rows that share a vector: as many of one as of the other.</summary>
/// <param name="Width">The vector.</param>
/// <param name="Column">The first column.</param>
internal readonly record struct PairPart(VectorWidth Width, int Column);

/// <summary>
/// How vectors that run across the width cover two pairs of rows. The remainder after whole vectors goes into vectors that both pairs share if those
/// take less than the whole vectors that would overlap the ones before them.
/// </summary>
/// <param name="Whole">Columns, from the first on, of which each pair has vectors of its own.</param>
/// <param name="Parts">The vectors that cover the other columns.</param>
internal sealed record PairCut(int Whole, IReadOnlyList<PairPart> Parts)
{
    /// <summary>The cut of rows of at least four columns.</summary>
    public static PairCut Of(VectorWidth width, int columns)
    {
        var rest = columns % width.Lanes;
        if (rest == 0 || width == VectorWidth.V128)
            return new PairCut(columns, []);
        var whole = columns - rest;
        var (parts, lanes) = (new List<PairPart>(), 0);
        for (var part = width; part.Lanes > VectorWidth.V128.Lanes; part = part.Half)
        {
            // The last part is wider than what is left where that is no multiple of it, and so begins further to the left.
            var isLast = part.Half == VectorWidth.V128;
            for (; rest >= part.Lanes / 2 || (rest > 0 && isLast); rest -= part.Lanes / 2)
            {
                parts.Add(new PairPart(part, Math.Min(columns - rest, columns - (part.Lanes / 2))));
                lanes += part.Lanes;
            }
        }

        return lanes < 2 * width.Lanes || whole == 0 ? new PairCut(whole, parts) : new PairCut(columns, []);
    }
}
