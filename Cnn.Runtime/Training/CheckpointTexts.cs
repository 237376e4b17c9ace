using System;
using System.Collections.Generic;
using System.Globalization;

namespace Cnn;

/// <summary>The texts of a checkpoint, read with a reason for every refusal.</summary>
/// <param name="file">The file's name.</param>
/// <param name="texts">The header's metadata.</param>
internal sealed class CheckpointTexts(string file, IReadOnlyDictionary<string, string> texts)
{
    /// <summary>The header's JSON begins after its length.</summary>
    private const long Offset = SafetensorsFormat.PrefixLength;

    public bool Has(string key) => texts.ContainsKey(key);

    /// <exception cref="WeightsFormatException">It is not there.</exception>
    public string Text(string key) =>
        texts.TryGetValue(key, out var text) ? text : throw Refuse($"the metadata lack \"{key}\", so it is no checkpoint of a trainer");

    /// <summary>A number, as <see cref="Write{T}"/> writes it.</summary>
    /// <exception cref="WeightsFormatException">It is not there, or outside its range.</exception>
    public T Number<T>(string key, T least, T largest)
        where T : struct, IComparable<T>, ISpanParsable<T>
    {
        return Parse(key, Text(key), least, largest);
    }

    /// <summary>Numbers between spaces, of any size.</summary>
    /// <exception cref="WeightsFormatException">They are not there, or are none.</exception>
    public List<double> Numbers(string key)
    {
        var numbers = new List<double>();
        foreach (var part in Parts(key))
            numbers.Add(Parse(key, part, double.NaN, double.PositiveInfinity));
        return numbers;
    }

    private T Parse<T>(string key, string text, T least, T largest)
        where T : struct, IComparable<T>, ISpanParsable<T>
    {
        // NaN comes before all numbers.
        if (T.TryParse(text, CultureInfo.InvariantCulture, out var value) && value.CompareTo(least) >= 0 && value.CompareTo(largest) <= 0)
            return value;
        var range = $"{Write(least)} to {Write(largest)}";
        throw Refuse($"the metadata's \"{key}\" is \"{TensorMatch.Display(text)}\", no number from {range}");
    }

    /// <summary>Parts between spaces.</summary>
    public string[] Parts(string key) => Text(key).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public WeightsFormatException Refuse(string reason) => new(file, reason, null, Offset);

    /// <summary>A number as text from which the same bits come back.</summary>
    public static string Write<T>(T value)
        where T : struct => string.Create(CultureInfo.InvariantCulture, $"{value}");
}
