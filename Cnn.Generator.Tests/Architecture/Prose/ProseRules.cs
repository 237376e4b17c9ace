using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Cnn.Generator.Tests.Architecture.Prose;

/// <summary>The rules for the English of documents and comments, as far as a test can hold them.</summary>
internal static class ProseRules
{
    /// <summary>The words that a sentence of a document may have.</summary>
    public const int MaxWords = 25;

    /// <summary>The units of which a rate is said with "per".</summary>
    private const string Units =
        "layer|tensor|sample|step|kernel|network|parameter|channel|pixel|diagnostic|second|minute|core|thread|call|batch|epoch|file|method|line|test|row";

    /// <summary>The words with which a rate begins: "one call a layer", "bytes a call".</summary>
    private const string Counts = "one|once|twice|two|three|\\d+|a|an|times|multiply-adds|elements|bytes|floats|images|samples|microseconds";

    /// <summary>Words that join two nouns otherwise: "elements of a channel", "one that a thread makes".</summary>
    private const string Links = "in|of|at|by|with|from|to|for|on|over|as|into|than|is|and|or|that|which|who";

    /// <summary>Words after which the unit is the subject of a clause.</summary>
    private const string Verbs = "that|which|of|in|with|has|is|and|at|by|reads|from|for|may|can|to";

    private static readonly (Regex Words, string Advice)[] WordList =
    [
        Row("\\bbehind\\b", "after, follows"),
        Row("\\bin front of\\b", "before"),
        Row("\\b(?:in )?so many\\b(?! that)", "n, that number of"),
        Row("\\bmanieth\\b", "every n-th"),
        Row("\\b(?:its|their) (?:like|fellows?)\\b", "per kind, the matching one"),
        Row("\\bneeds not\\b", "need not"),
        Row("\\bha(?:s|ve) to do with\\b", "must make do with, concerns"),
        Row("\\bwhose (?:it is|they are)\\b", "its"),
        Row("\\b(?:a|same|the) rest of \\d|\\b(?:leaves?|same) (?:a )?rest\\b", "remainder"),
        Row("\\bfrom one \\w+ to the next\\b", "stride"),
        Row("\\bone below the other\\b", "adjacent rows"),
        Row("\\b\\w*(?:adds|images|calls|samples|bytes) a (?:second|minute)\\b", "per"),
        Row($"\\b(?:{Counts}) (?:(?!(?:{Links})\\b)\\w+ )?an? (?:{Units})(?=[ ,.;:)]|$)(?! (?:{Verbs}))", "per"),
    ];

    private static readonly Regex Opener = new("^[(\"*_]*(Where|What|Of)\\b", RegexOptions.CultureInvariant);

    /// <summary>The rules that a sentence of a document breaks: the words, the opening and the length.</summary>
    public static IEnumerable<string> OfDocument(Sentence sentence) => sentence.Words <= MaxWords
        ? OfComment(sentence)
        : OfComment(sentence).Append($"{sentence.Words} words, at most {MaxWords}");

    /// <summary>The rules that a sentence of a comment breaks: the words and the opening.</summary>
    public static IEnumerable<string> OfComment(Sentence sentence)
    {
        foreach (var (words, advice) in WordList)
        {
            var match = words.Match(sentence.Text);
            if (match.Success)
                yield return $"\"{match.Value}\": {advice}";
        }

        var opener = Opener.Match(sentence.Text);
        if (opener.Success && !sentence.Text.EndsWith('?'))
            yield return $"begins with \"{opener.Groups[1].Value}\": begin with a noun";
    }

    private static (Regex Words, string Advice) Row(string words, string advice)
        => (new Regex(words, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant), advice);
}
