using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace System.Runtime.CompilerServices;

/// <summary>
/// Formats every interpolated string of this assembly, in the invariant culture. The C# compiler takes the handler of this name for any
/// <c>$"..."</c> that becomes a string; netstandard2.0 has none, and without it the compiler would call <c>string.Format</c>,
/// which writes numbers as the machine's culture does.
/// </summary>
/// <param name="literalLength">The characters outside of the holes.</param>
/// <param name="formattedCount">The number of holes.</param>
[Embedded]
internal readonly ref struct DefaultInterpolatedStringHandler(int literalLength, int formattedCount)
{
    /// <summary>The characters that a hole takes, as in .NET's own handler.</summary>
    private const int UsualLength = 11;

    /// <summary>A longer text is rare, and its builder is not kept.</summary>
    private const int LargestKept = 4096;

    [ThreadStatic]
    private static StringBuilder? _kept;

    private readonly StringBuilder _text = Take(literalLength + (formattedCount * UsualLength));

    public void AppendLiteral(string value) => _text.Append(value);

    public void AppendFormatted(string? value) => _text.Append(value);

    public void AppendFormatted(char value) => _text.Append(value);

    public void AppendFormatted(int value)
    {
        // Most holes of printed code are small numbers; no string is made for a digit.
        if (value is >= 0 and <= 9)
            _text.Append((char)('0' + value));
        else
            _text.Append(value.ToString(CultureInfo.InvariantCulture));
    }

    public void AppendFormatted(long value) => _text.Append(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Appends the shortest text that reads back as the same value.</summary>
    public void AppendFormatted(float value) => _text.Append(value.ToString("R", CultureInfo.InvariantCulture));

    /// <inheritdoc cref="AppendFormatted(float)"/>
    public void AppendFormatted(double value) => _text.Append(value.ToString("R", CultureInfo.InvariantCulture));

    public void AppendFormatted<T>(T value) => AppendFormatted(value, null);

    public void AppendFormatted<T>(T value, string? format) => _text.Append(
        value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString());

    /// <summary>Gets the text. The handler may not be used again.</summary>
    public string ToStringAndClear()
    {
        var text = _text.ToString();
        if (_text.Capacity <= LargestKept)
            _kept = _text.Clear();
        return text;
    }

    /// <summary>A hole may hold an interpolated string of its own, so the builder that is kept is taken.</summary>
    private static StringBuilder Take(int capacity)
    {
        var kept = _kept;
        if (kept is null)
            return new StringBuilder(capacity);
        _kept = null;
        return kept;
    }
}
