using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Cnn;

/// <summary>A tensor, as a file or a network has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its dimensions.</param>
internal sealed record NamedShape(string Name, IReadOnlyList<long> Shape);

/// <summary>
/// The message for a file and a network with different names of tensors: both lists, and the map of names if one fits. The compiler has
/// this file too.
/// </summary>
internal static class NameLists
{
    private const int MostListed = 6;
    private const int MostMapped = 12;

    /// <summary>The tensors that only one of the two has, and how the file could be loaded; begins with a semicolon.</summary>
    /// <param name="ours">All tensors of the network, under the names by which it looks for them.</param>
    /// <param name="file">All tensors of the file.</param>
    public static string Compare(IReadOnlyList<NamedShape> ours, IReadOnlyList<NamedShape> file)
    {
        var oursByName = new HashSet<string>(ours.Select(tensor => tensor.Name));
        var fileByName = new HashSet<string>(file.Select(tensor => tensor.Name));
        var onlyFile = file.Where(tensor => !oursByName.Contains(tensor.Name) && !TensorMatch.IsPassedOver(tensor.Name)).ToList();
        var onlyOurs = ours.Where(tensor => !fileByName.Contains(tensor.Name)).ToList();
        var text = "; the file alone has " + List(onlyFile);
        if (onlyOurs.Count > 0)
            text += ", the network alone " + List(onlyOurs);
        if (Prefix(onlyOurs, onlyFile, ours.Count) is { } prefix)
            return text + $"; every name of the file begins with {Quoted(prefix)}, so Load(path, name => {Quoted(prefix)} + name) finds them";
        return NameMap.Find(onlyOurs, onlyFile) is { } map ? text + "; their shapes agree in this order: Load(path, names) with " + List(map) : text;
    }

    private static string List(List<NamedShape> tensors)
    {
        var shown = tensors.Take(MostListed).Select(tensor => TensorMatch.Display(tensor.Name) + " " + TensorMatch.Text(tensor.Shape));
        return string.Join(", ", shown) + More(tensors.Count - MostListed);
    }

    private static string List(IReadOnlyList<KeyValuePair<string, string>> map)
    {
        var shown = map.Take(MostMapped).Select(pair => $"[{Quoted(pair.Key)}] = {Quoted(pair.Value)}");
        return "{ " + string.Join(", ", shown) + More(map.Count - MostMapped) + " }";
    }

    private static string More(int count) => count <= 0 ? "" : " and " + count.ToString(CultureInfo.InvariantCulture) + " more";

    private static string Quoted(string name) => "\"" + TensorMatch.Display(name).Replace("\"", "\\\"") + "\"";

    /// <summary>The file's prefix before each of our names; null if the names differ by more.</summary>
    private static string? Prefix(List<NamedShape> onlyOurs, List<NamedShape> onlyFile, int count)
    {
        if (onlyOurs.Count != count || onlyFile.Count != count || count == 0)
            return null;
        var first = onlyOurs[0].Name;
        var found = onlyFile.Find(tensor => tensor.Name.EndsWith(first, StringComparison.Ordinal));
        if (found is null)
            return null;
        var prefix = found.Name.Substring(0, found.Name.Length - first.Length);
        var names = new HashSet<string>(onlyFile.Select(tensor => tensor.Name));
        return onlyOurs.TrueForAll(tensor => names.Contains(prefix + tensor.Name)) ? prefix : null;
    }
}
