using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Cnn.Generator.Tests.Architecture.Prose;

/// <summary>The sentences of a Markdown document, without its code blocks, tables, headings, quotations and HTML.</summary>
internal static partial class MarkdownProse
{
    public static IEnumerable<Sentence> Sentences(string document)
    {
        foreach (var (line, paragraph) in Paragraphs(document.Split('\n')))
        {
            var text = Plain(paragraph);
            var label = Label().Match(text);
            if (label.Success)
                text = text[label.Length..];
            foreach (var sentence in SentenceSplitter.Split(line, text))
                yield return sentence;
        }
    }

    private static IEnumerable<(int Line, string Text)> Paragraphs(string[] lines)
    {
        var paragraph = "";
        var first = 0;
        var fence = "";
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (fence.Length > 0)
            {
                if (line.StartsWith(fence, StringComparison.Ordinal))
                    fence = "";
                continue;
            }

            var opening = Fence().Match(line);
            if (opening.Success)
                fence = opening.Value;
            var item = Item().Match(line);
            var isText = !opening.Success && line.Length > 0 && !Aside().IsMatch(line);
            if ((!isText || item.Success) && paragraph.Length > 0)
            {
                yield return (first, paragraph);
                paragraph = "";
            }

            if (!isText)
                continue;
            if (paragraph.Length == 0)
                first = i + 1;
            paragraph += line[item.Length..] + " ";
        }

        if (paragraph.Length > 0)
            yield return (first, paragraph);
    }

    private static string Plain(string text)
    {
        text = CodeSpan().Replace(text, SentenceSplitter.Code);
        text = Image().Replace(text, " ");
        return Link().Replace(text, "$1");
    }

    [GeneratedRegex("^(`{3,}|~{3,})")]
    private static partial Regex Fence();

    [GeneratedRegex("^([-*+]|\\d+\\.)\\s+")]
    private static partial Regex Item();

    /// <summary>A heading, a quotation, HTML, or a row of a table, with or without bars at its ends.</summary>
    [GeneratedRegex("^[#><|]|^-+\\s*\\||\\s\\|(\\s|$)")]
    private static partial Regex Aside();

    [GeneratedRegex("(`+).+?\\1")]
    private static partial Regex CodeSpan();

    [GeneratedRegex("!\\[[^\\]]*\\]\\([^)]*\\)")]
    private static partial Regex Image();

    [GeneratedRegex("\\[([^\\]]*)\\]\\([^)]*\\)")]
    private static partial Regex Link();

    /// <summary>The bold label with which an item begins.</summary>
    [GeneratedRegex("^\\*\\*[^*]+\\*\\*:\\s*")]
    private static partial Regex Label();
}
