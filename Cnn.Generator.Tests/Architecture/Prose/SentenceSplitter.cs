using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Cnn.Generator.Tests.Architecture.Prose;

/// <summary>Splits a paragraph into sentences.</summary>
internal static partial class SentenceSplitter
{
    /// <summary>The word that stands for a piece of code, whose dots end no sentence.</summary>
    public const string Code = "CODE";

    private static readonly HashSet<string> Abbreviations = new(StringComparer.Ordinal) { "e.g.", "i.e.", "al.", "vs.", "cf.", "etc.", "No." };

    public static IEnumerable<Sentence> Split(int line, string paragraph)
    {
        var text = Spaces().Replace(paragraph, " ").Trim();
        var start = 0;
        foreach (Match end in End().Matches(text))
        {
            var word = text[(text.LastIndexOf(' ', end.Index) + 1)..(end.Index + 1)].TrimStart('(', '"', '*');
            if (Abbreviations.Contains(word))
                continue;
            var next = end.Index + end.Length;
            yield return new Sentence(line, text[start..next].Trim());
            start = next;
        }

        if (start < text.Length)
            yield return new Sentence(line, text[start..].Trim());
    }

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();

    /// <summary>A full stop, exclamation or question mark, closing marks, a space, and the beginning of a sentence: a capital, a number or a path.</summary>
    [GeneratedRegex("(?<!\\.\\.)[.!?][)\"*_]*\\s+(?=[(\"*_\\[]*(?:\\.?[A-Z0-9]|[a-z]+/\\w))")]
    private static partial Regex End();
}
