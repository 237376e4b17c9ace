using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn;

/// <summary>Guesses by the shapes which layer of a file is which of a network. The compiler has this file too.</summary>
internal static class NameMap
{
    /// <summary>
    /// A map from our layers to those of the file if all shapes and last parts of names agree in the order of the file or in that of the
    /// numbers in its names; else a map from tensor to tensor if the shapes agree in the order of the file; else null.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? Find(IReadOnlyList<NamedShape> ours, IReadOnlyList<NamedShape> file)
    {
        if (ours.Count == 0 || ours.Count != file.Count)
            return null;
        var wanted = Layers(ours);
        var found = Layers(file);
        return Zip(wanted, found)
            ?? Zip(wanted, [.. found.OrderBy(layer => layer.Name, Comparer<string>.Create(CompareNumbers))])
            ?? Zip(ours, file);
    }

    private static List<KeyValuePair<string, string>>? Zip(IReadOnlyList<NamedShape> ours, IReadOnlyList<NamedShape> file) =>
        ours.Zip(file, (own, other) => own.Shape.SequenceEqual(other.Shape)).All(agree => agree)
            ? [.. ours.Zip(file, (own, other) => new KeyValuePair<string, string>(own.Name, other.Name))]
            : null;

    private static List<KeyValuePair<string, string>>? Zip(List<Layer> ours, List<Layer> file)
    {
        if (ours.Count != file.Count)
            return null;
        var map = new List<KeyValuePair<string, string>>();
        for (var i = 0; i < ours.Count; i++)
        {
            if (!ours[i].Form.SequenceEqual(file[i].Form, StringComparer.Ordinal))
                return null;
            map.Add(new(ours[i].Name, file[i].Name));
        }

        return map;
    }

    private static List<Layer> Layers(IReadOnlyList<NamedShape> tensors) =>
    [
        .. tensors.GroupBy(tensor => tensor.Name.Substring(0, Math.Max(tensor.Name.LastIndexOf('.'), 0)))
            .Select(group => new Layer(
                group.Key,
                [
                    .. group.Select(tensor => tensor.Name.Substring(group.Key.Length) + TensorMatch.Text(tensor.Shape))
                        .OrderBy(text => text, StringComparer.Ordinal),
                ])),
    ];

    /// <summary>Runs of digits count as numbers, so that layer 2 comes before layer 10.</summary>
    private static int CompareNumbers(string first, string second)
    {
        var (i, j) = (0, 0);
        while (i < first.Length && j < second.Length)
        {
            var (a, b) = (Digits(first, i), Digits(second, j));
            var order = a.Length > 0 && b.Length > 0
                ? (a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b))
                : first[i].CompareTo(second[j]);
            if (order != 0)
                return order;
            i += Math.Max(a.Length, 1);
            j += Math.Max(b.Length, 1);
        }

        return (first.Length - i).CompareTo(second.Length - j);
    }

    private static string Digits(string text, int start)
    {
        var end = start;
        while (end < text.Length && text[end] is >= '0' and <= '9')
            end++;
        return text.Substring(start, end - start);
    }

    /// <summary>A layer, and the last parts of its tensors' names with their shapes.</summary>
    private sealed record Layer(string Name, IReadOnlyList<string> Form);
}
