using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Cnn.Build;

/// <summary>Decodes the strings of C#.</summary>
/// <param name="source">The source.</param>
/// <param name="start">The position of the first quote.</param>
internal readonly struct SourceText(string source, int start)
{
    /// <summary>A string with escapes; one that is not closed ends with its line.</summary>
    public string Quoted(char quote, out int end)
    {
        var text = new StringBuilder();
        end = start + 1;
        while (end < source.Length && !SourceLexer.IsNewLine(source[end]))
        {
            if (source[end] == quote)
            {
                end++;
                break;
            }

            if (source[end] == '\\')
                Escape(source, ref end, text);
            else
                text.Append(source[end++]);
        }

        return text.ToString();
    }

    /// <summary>A verbatim string, in which two quotes are one.</summary>
    public string Verbatim(out int end)
    {
        var text = new StringBuilder();
        for (end = start + 1; end < source.Length; end++)
        {
            if (source[end] == '"')
            {
                end++;
                if (end >= source.Length || source[end] != '"')
                    return text.ToString();
            }

            text.Append(source[end]);
        }

        return text.ToString();
    }

    /// <summary>A raw string, on one line or over several, from which the blanks before the closing quotes are taken.</summary>
    public string Raw(int quotes, out int end)
    {
        var first = start + quotes;
        var isOverLines = false;
        var run = 0;
        for (end = first; end < source.Length && run < quotes; end++)
        {
            if (!isOverLines && SourceLexer.IsNewLine(source[end]))
            {
                isOverLines = string.IsNullOrWhiteSpace(source[first..end]);
                if (!isOverLines)
                    return source[first..end];
            }

            run = source[end] == '"' ? run + 1 : 0;
        }

        while (end < source.Length && run >= quotes && source[end] == '"')
            end++;
        var content = source[first..Math.Max(first, run >= quotes ? end - CountBack(end) : end)];
        return isOverLines ? Unindent(content) : content;
    }

    /// <summary>Reads an escape, from its backslash on.</summary>
    public static void Escape(string source, ref int at, StringBuilder text)
    {
        at++;
        if (at >= source.Length || SourceLexer.IsNewLine(source[at]))
            return;
        var c = source[at++];
        var (least, most) = c switch { 'x' => (1, 4), 'u' => (4, 4), 'U' => (8, 8), _ => (0, 0) };
        if (most == 0)
        {
            text.Append(c switch
            {
                '0' => '\0',
                'a' => '\a',
                'b' => '\b',
                'e' => '\u001b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\v',
                _ => c,
            });
            return;
        }

        var digits = 0;
        while (digits < most && at + digits < source.Length && char.IsAsciiHexDigit(source[at + digits]))
            digits++;
        if (digits >= least && uint.TryParse(source.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            if (code <= char.MaxValue)
                text.Append((char)code);
            else if (code <= 0x10FFFF)
                text.Append(char.ConvertFromUtf32((int)code));
        }

        at += digits;
    }

    private static string Unindent(string content)
    {
        var lines = content.ReplaceLineEndings("\n").Split('\n');
        var blanks = lines[^1].Length;
        return string.Join('\n', lines[1..^1].Select(line => line.Length < blanks ? "" : line[blanks..]));
    }

    private int CountBack(int end)
    {
        var count = 0;
        while (end - count - 1 >= start && source[end - count - 1] == '"')
            count++;
        return count;
    }
}
