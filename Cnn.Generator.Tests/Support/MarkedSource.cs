using System;

namespace Cnn.Generator.Tests.Support;

/// <summary>Source in which <c>[|</c> and <c>|]</c> mark a stretch.</summary>
internal sealed class MarkedSource
{
    public MarkedSource(string text)
    {
        var start = text.IndexOf("[|", StringComparison.Ordinal);
        var end = text.IndexOf("|]", StringComparison.Ordinal);
        if (start < 0 || end < start)
            throw new ArgumentException("The source has no [| and |] in it.", nameof(text));
        Marked = text[(start + 2)..end];
        Start = start;
        Text = text[..start] + Marked + text[(end + 2)..];
    }

    public string Text { get; }

    public string Marked { get; }

    public int Start { get; }
}
