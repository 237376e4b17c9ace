using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Schedules;

/// <summary>A product of transformed rows.</summary>
/// <param name="Sum">The sum to which it is added: 0 or 1.</param>
/// <param name="Source">The row of the source, of the rows d0, d1, ... that two outputs in adjacent rows read.</param>
/// <param name="Row">The row of the kernel, or of the transformed ones.</param>
internal readonly record struct RowProduct(int Sum, string Source, int Row);

/// <summary>A transformed row of the kernel.</summary>
/// <param name="Sum">The sum of rows g0, g1, ...</param>
/// <param name="IsHalved">Whether it is half of that sum.</param>
internal readonly record struct RowWeight(string Sum, bool IsHalved);

/// <summary>
/// Winograd's minimal filtering down the columns of a kernel (Winograd 1980, "Arithmetic complexity of computations"): two outputs in adjacent
/// rows take fewer products than taps. The kernel falls into pieces of three rows, F(2, 3) with four products instead of six, and of two,
/// F(2, 2) with three instead of four. All factors are 0, 1, -1 and 1/2, so the error is that of a direct convolution. There are no more sums than
/// outputs: first come what both outputs have in common and what they have with opposite signs; then the two sums become sum and difference, and
/// each takes the remaining products of its own.
/// </summary>
/// <param name="Taps">The rows of the kernel.</param>
/// <param name="Common">The products before the sums become sum and difference, with transformed rows of the kernel.</param>
/// <param name="Own">The products after it, with rows of the kernel as they are.</param>
/// <param name="Weights">The transformed rows.</param>
internal sealed record RowPairs(
    int Taps, EquatableArray<RowProduct> Common, EquatableArray<RowProduct> Own, EquatableArray<RowWeight> Weights)
{
    private const int Three = 3;

    /// <summary>Gets the products of a column of the kernel, where a direct convolution has twice the taps.</summary>
    public int Products => Common.Count + Own.Count;

    /// <summary>Gets the products as a part of a direct convolution's.</summary>
    public double Share => Products / (2.0 * Taps);

    /// <summary>The pairs of a kernel of <paramref name="taps"/> rows; null if there are none.</summary>
    public static RowPairs? Of(int taps)
    {
        if (taps is < 2 or > PairThresholds.MostTaps)
            return null;
        var (common, own, weights) = (new List<RowProduct>(), new List<RowProduct>(), new List<RowWeight>());
        for (var first = 0; first < taps;)
        {
            var left = taps - first;
            var isThree = left >= Three && left != 4;
            if (isThree)
                AddThree(first, common, own, weights);
            else
                AddTwo(first, common, own, weights);
            first += isThree ? Three : 2;
        }

        return new RowPairs(taps, common.ToEquatableArray(), own.ToEquatableArray(), weights.ToEquatableArray());
    }

    /// <summary>The words for the comment.</summary>
    public string Describe() => $"two rows at a time by Winograd's minimal filtering: {Text.Number(Products)} products instead of {Text.Number(2 * Taps)}";

    private static void AddThree(int first, List<RowProduct> common, List<RowProduct> own, List<RowWeight> weights)
    {
        var (d, g) = (Names("d", first, 4), Names("g", first, Three));
        common.Add(new RowProduct(0, $"{d[1]} + {d[2]}", weights.Count));
        common.Add(new RowProduct(1, $"{d[2]} - {d[1]}", weights.Count + 1));
        weights.Add(new RowWeight($"{g[0]} + {g[2]} + {g[1]}", IsHalved: true));
        weights.Add(new RowWeight($"{g[0]} + {g[2]} - {g[1]}", IsHalved: true));
        own.Add(new RowProduct(0, $"{d[0]} - {d[2]}", first));
        own.Add(new RowProduct(1, $"{d[3]} - {d[1]}", first + 2));
    }

    private static void AddTwo(int first, List<RowProduct> common, List<RowProduct> own, List<RowWeight> weights)
    {
        var (d, g) = (Names("d", first, Three), Names("g", first, 2));
        common.Add(new RowProduct(0, d[1], weights.Count));
        weights.Add(new RowWeight($"{g[0]} + {g[1]}", IsHalved: false));
        own.Add(new RowProduct(0, $"{d[0]} - {d[1]}", first));
        own.Add(new RowProduct(1, $"{d[2]} - {d[1]}", first + 1));
    }

    public static IReadOnlyList<string> Names(string name, int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => name + Text.Number(number))];
}
