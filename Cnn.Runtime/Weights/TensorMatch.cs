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
    /// <summary>Why an entry is refused that is none of the network's.</summary>
    public const string Unknown = "the network has no tensor of this name";

    /// <summary>Why a file is refused that has no entry for a tensor.</summary>
    public const string Missing = "the file lacks it";

    /// <summary>The counter that PyTorch keeps beside the running averages of a batch normalisation; nothing computes with it.</summary>
    private const string Counter = "num_batches_tracked";

    /// <summary>Whether an entry is passed over although the network has no tensor of its name.</summary>
    public static bool IsPassedOver(string name) => name == Counter || name.EndsWith("." + Counter, StringComparison.Ordinal);

    /// <summary>Why the element type is not read, or null if it is.</summary>
    public static string? RefuseType(string type) =>
        TensorTypes.IsRead(type) ? null
        : TensorTypes.Bits(type) == 0 ? $"its dtype is {Display(type)}, which safetensors does not have"
        : $"its dtype is {type}; only F32, F16, BF16 and F64 are read, so convert it before saving";

    /// <summary>Why the shape is not the network's, or null if it is.</summary>
    public static string? RefuseShape(IReadOnlyList<long> shape, IReadOnlyList<int> expected)
    {
        var wanted = expected.Select(dimension => (long)dimension).ToArray();
        return shape.SequenceEqual(wanted) ? null : $"its shape is {Text(shape)}, but the network's is {Text(wanted)}";
    }

    /// <summary>A name as messages show it: short, on one line, and without characters that are not seen.</summary>
    public static string Display(string name)
    {
        const int Longest = 80;
        return name.Length <= Longest ? Escape(name) : Escape(name.Substring(0, Longest)) + "...";
    }

    /// <summary>
    /// A text with the code of every character that is not seen, or that reorders, breaks or hides others: <c>\u202E</c>. All that a
    /// message quotes of a file goes through here.
    /// </summary>
    public static string Escape(string text)
    {
        var shown = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = char.IsSurrogatePair(text, i);
            if (IsSeen(CharUnicodeInfo.GetUnicodeCategory(text, i)))
                shown.Append(text, i, isPair ? 2 : 1);
            else if (isPair)
                shown.Append("\\U").Append(char.ConvertToUtf32(text, i).ToString("X8", CultureInfo.InvariantCulture));
            else
                shown.Append("\\u").Append(((int)text[i]).ToString("X4", CultureInfo.InvariantCulture));
            i += isPair ? 1 : 0;
        }

        return shown.ToString();
    }

    /// <summary>A shape as messages show it.</summary>
    public static string Text(IReadOnlyList<long> shape)
    {
        const int Most = 8;
        var dimensions = shape.Take(Most).Select(dimension => dimension.ToString(CultureInfo.InvariantCulture));
        return "[" + string.Join(", ", dimensions) + (shape.Count > Most ? ", ...]" : "]");
    }

    private static bool IsSeen(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
