using System;

namespace Cnn.Generator.Tests.Support;

/// <summary>Source in which <c>[|</c> and <c>|]</c> mark a stretch, and where a block has a part in it <c>{|</c> and <c>|}</c> another there.</summary>
internal sealed class MarkedSource
{
    public MarkedSource(string text)
    {
        var (inBlock, other) = (Find(text, "{|", "|}"), Find(text, "[|", "|]"));
        if (other is not var (start, length))
            throw new ArgumentException("The source has no [| and |] in it.", nameof(text));
        if (inBlock is var (startInBlock, lengthInBlock))
        {
            // The marks before a stretch move it.
            InBlock = (startInBlock < start ? startInBlock : startInBlock - 4, lengthInBlock);
            start -= startInBlock < start ? 4 : 0;
        }

        Text = text.Replace("{|", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal)
            .Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        (Start, Marked) = (start, Text.Substring(start, length));
    }

    public string Text { get; }

    public string Marked { get; }

    public int Start { get; }

    /// <summary>Gets the stretch in the block; null where none is marked.</summary>
    public (int Start, int Length)? InBlock { get; }

    private static (int Start, int Length)? Find(string text, string open, string close)
    {
        var start = text.IndexOf(open, StringComparison.Ordinal);
        var end = text.IndexOf(close, StringComparison.Ordinal);
        return start < 0 || end < start ? null : (start, end - start - open.Length);
    }
}
