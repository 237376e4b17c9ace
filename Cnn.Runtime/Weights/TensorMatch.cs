using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Cnn;

/// <summary>
/// Whether an entry of a safetensors file is a tensor of a network. The compiler has this file too, so that what it accepts is what
/// loads, and what it refuses is refused in the same words.
/// </summary>
internal static class TensorMatch
{
    /// <summary>The one element type that networks have.</summary>
    public const string Float32 = "F32";

    /// <summary>Why an entry is refused that is none of the network's.</summary>
    public const string Unknown = "the network has no tensor of this name";

    /// <summary>Why a file is refused that has no entry for a tensor.</summary>
    public const string Missing = "the file lacks it";

    /// <summary>What PyTorch counts beside the running averages of a batch normalisation; nothing computes with it.</summary>
    private const string Counter = "num_batches_tracked";

    /// <summary>Whether an entry is passed over although the network has no tensor of its name.</summary>
    public static bool IsPassedOver(string name) => name == Counter || name.EndsWith("." + Counter, StringComparison.Ordinal);

    /// <summary>Why the element type is not read, or null where it is.</summary>
    public static string? RefuseType(string type) =>
        type == Float32 ? null : $"its dtype is {Display(type)}; only F32 is read, so convert it before saving";

    /// <summary>Why the shape is not the network's, or null where it is.</summary>
    public static string? RefuseShape(IReadOnlyList<long> shape, IReadOnlyList<int> expected)
    {
        var wanted = expected.Select(dimension => (long)dimension).ToArray();
        return shape.SequenceEqual(wanted) ? null : $"its shape is {Text(shape)}, but the network's is {Text(wanted)}";
    }

    /// <summary>A name as messages show it: short, and on one line.</summary>
    public static string Display(string name)
    {
        const int Longest = 80;
        var text = new StringBuilder();
        foreach (var character in name.Substring(0, Math.Min(name.Length, Longest)))
            text.Append(char.IsControl(character) || char.IsSurrogate(character) ? '?' : character);
        return text.Append(name.Length > Longest ? "..." : "").ToString();
    }

    private static string Text(IReadOnlyList<long> shape)
    {
        const int Most = 8;
        var dimensions = shape.Take(Most).Select(dimension => dimension.ToString(CultureInfo.InvariantCulture));
        return "[" + string.Join(", ", dimensions) + (shape.Count > Most ? ", ...]" : "]");
    }
}
