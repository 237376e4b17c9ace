using System;
using System.Globalization;
using System.Text;

namespace Cnn.Build;

/// <summary>Decodes the identifiers of C#: their escapes, at signs, and the formatting characters that do not count.</summary>
internal static class SourceIdentifier
{
    /// <summary>Reads the identifier that begins here; null, and nothing is read, where none does.</summary>
    public static string? Read(string source, ref int at)
    {
        var end = at + (source[at] == '@' ? 1 : 0);
        var name = new StringBuilder();
        while (Character(source, end, out var character, out var length) && IsPart(character, isFirst: name.Length == 0))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.Format)
                name.Append(character);
            end += length;
        }

        if (name.Length == 0)
            return null;
        at = end;
        return name.ToString();
    }

    private static bool Character(string source, int at, out char character, out int length)
    {
        (character, length) = (at < source.Length ? source[at] : '\0', 1);
        if (at + 5 < source.Length && character == '\\' && source[at + 1] is 'u' or 'U')
        {
            var digits = source[at + 1] == 'u' ? 4 : 8;
            if (at + 2 + digits > source.Length
                || !uint.TryParse(source.AsSpan(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                || code > char.MaxValue)
                return false;
            (character, length) = ((char)code, 2 + digits);
        }

        return at < source.Length;
    }

    private static bool IsPart(char character, bool isFirst) => CharUnicodeInfo.GetUnicodeCategory(character) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber => true,
        UnicodeCategory.ConnectorPunctuation => !isFirst || character == '_',
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.Format => !isFirst,
        _ => false,
    };
}
