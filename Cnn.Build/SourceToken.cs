namespace Cnn.Build;

/// <summary>The kinds of tokens that are told apart.</summary>
internal enum SourceTokenKind
{
    /// <summary>An identifier or a keyword, without the at sign, its escapes decoded.</summary>
    Identifier,

    /// <summary>A string, decoded.</summary>
    Text,

    /// <summary>A piece of an interpolated string between its holes, decoded; a symbol <c>$</c> precedes the first.</summary>
    Part,

    /// <summary>Any other character. Numbers and characters in quotes leave none.</summary>
    Symbol,
}

/// <summary>A token of C#.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Text">The decoded text, or the character.</param>
internal readonly record struct SourceToken(SourceTokenKind Kind, string Text)
{
    public bool Is(char symbol) => Kind == SourceTokenKind.Symbol && Text[0] == symbol;
}
