using System;
using System.Collections.Generic;
using System.Text;

namespace Cnn.Build;

/// <summary>
/// Cuts C# into tokens, as far as a build needs it that looks for strings in attributes: comments, directives and all kinds of strings are
/// read as the compiler reads them. Any text is read to its end, in time that grows with its length. Disabled code is read too.
/// </summary>
internal sealed class SourceLexer
{
    private readonly string _source;
    private readonly List<SourceToken> _tokens = [];
    private readonly Stack<Interpolation> _open = new();
    private int _at;
    private bool _isLineStart = true;

    private SourceLexer(string source) => _source = source;

    public static List<SourceToken> Tokens(string source)
    {
        var lexer = new SourceLexer(source);
        while (lexer._at < source.Length)
            lexer.Next();
        return lexer._tokens;
    }

    /// <summary>Whether a character ends a line.</summary>
    public static bool IsNewLine(char character) => character is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    private char Peek(int ahead = 0) => _at + ahead < _source.Length ? _source[_at + ahead] : '\0';

    private void Next()
    {
        var c = Peek();
        if (IsNewLine(c) || char.IsWhiteSpace(c))
        {
            _isLineStart |= IsNewLine(c);
            _at++;
            return;
        }

        var wasLineStart = _isLineStart;
        _isLineStart = false;
        if (c == '/' && Peek(1) == '/')
            SkipLine();
        else if (c == '/' && Peek(1) == '*')
            SkipComment(wasLineStart);
        else if (c == '#' && wasLineStart)
            SkipLine();
        else if (c == '\'')
            new SourceText(_source, _at).Quoted('\'', out _at);
        else if (IsString(out var dollars, out var isVerbatim, out var length))
            ReadString(dollars, isVerbatim, length);
        else if (length > 1)
            _at += length - 1;
        else if (c is >= '0' and <= '9' || (c == '.' && Peek(1) is >= '0' and <= '9'))
            SkipNumber();
        else if (SourceIdentifier.Read(_source, ref _at) is { } name)
            _tokens.Add(new(SourceTokenKind.Identifier, name));
        else
            ReadSymbol(c);
    }

    private void SkipLine()
    {
        while (_at < _source.Length && !IsNewLine(_source[_at]))
            _at++;
    }

    private void SkipComment(bool wasLineStart)
    {
        var end = _source.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        _at = end < 0 ? _source.Length : end + 2;
        _isLineStart = wasLineStart;
    }

    private void SkipNumber()
    {
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '_' || (Peek() == '.' && Peek(1) is >= '0' and <= '9'))
            _at++;
    }

    private void ReadSymbol(char c)
    {
        _at++;
        if (_open.TryPeek(out var hole))
        {
            if (c is '(' or '[' or '{')
            {
                hole.Depth++;
            }
            else if (c is ')' or ']' or '}' && hole.Depth > 0)
            {
                hole.Depth--;
            }
            else if (c == '}')
            {
                for (var more = 1; more < hole.Dollars && Peek() == '}'; more++)
                    _at++;
                ReadParts(hole);
                return;
            }
            else if (c == ':' && hole.Depth == 0)
            {
                SkipFormat(hole);
                return;
            }
        }

        _tokens.Add(new(SourceTokenKind.Symbol, c.ToString()));
    }

    /// <summary>The text after a colon in a hole goes up to the brace.</summary>
    private void SkipFormat(Interpolation hole)
    {
        while (_at < _source.Length && Peek() != '}' && (Peek() != '"' || hole.Quotes > 0) && (hole.IsVerbatim || !IsNewLine(Peek())))
            _at++;
        if (Peek() == '"' && hole.Quotes == 0)
            ReadParts(hole);
    }

    /// <summary>Whether a string begins here, and how many characters come before its quotes.</summary>
    private bool IsString(out int dollars, out bool isVerbatim, out int length)
    {
        (dollars, isVerbatim, length) = (0, false, 0);
        for (; Peek(length) is '$' or '@'; length++)
        {
            if (Peek(length) == '$')
                dollars++;
            else if (isVerbatim)
                return false;
            else
                isVerbatim = true;
        }

        return Peek(length) == '"';
    }

    private void ReadString(int dollars, bool isVerbatim, int length)
    {
        _at += length;
        var quotes = isVerbatim ? 1 : Run('"');
        if (dollars == 0)
        {
            var text = new SourceText(_source, _at);
            _tokens.Add(new(
                SourceTokenKind.Text,
                isVerbatim ? text.Verbatim(out _at) : quotes >= 3 ? text.Raw(quotes, out _at) : text.Quoted('"', out _at)));
            return;
        }

        _tokens.Add(new(SourceTokenKind.Symbol, "$"));
        var isRaw = quotes >= 3;
        _at += isRaw ? quotes : 1;
        var hole = new Interpolation(isRaw ? dollars : 1, isRaw ? quotes : 0, isVerbatim || (isRaw && EndsLine()));
        _open.Push(hole);
        ReadParts(hole);
    }

    /// <summary>Whether nothing but blanks is left of the line, so that a raw string goes over lines.</summary>
    private bool EndsLine()
    {
        var at = _at;
        while (at < _source.Length && !IsNewLine(_source[at]) && char.IsWhiteSpace(_source[at]))
            at++;
        return at < _source.Length && IsNewLine(_source[at]);
    }

    private int Run(char character)
    {
        var length = 0;
        while (Peek(length) == character)
            length++;
        return length;
    }

    /// <summary>Reads an interpolated string from here to its next hole or its end.</summary>
    private void ReadParts(Interpolation hole)
    {
        hole.Depth = 0;
        var part = new StringBuilder();
        while (true)
        {
            var c = Peek();
            if (_at >= _source.Length || (!hole.IsVerbatim && IsNewLine(c)))
                break;
            var quotes = c == '"' ? Run('"') : 0;
            if (quotes > 0 && (hole.Quotes > 0 ? quotes >= hole.Quotes : !hole.IsVerbatim || quotes == 1))
            {
                _at += hole.Quotes > 0 ? quotes : 1;
                break;
            }

            if (quotes > 0)
            {
                part.Append('"', hole.Quotes > 0 ? quotes : 1);
                _at += hole.Quotes > 0 ? quotes : 2;
                continue;
            }

            var braces = c == '{' ? Run('{') : 0;
            if (hole.Quotes > 0 ? braces >= hole.Dollars : braces % 2 == 1)
            {
                part.Append('{', hole.Quotes > 0 ? braces - hole.Dollars : braces / 2);
                _at += braces;
                _tokens.Add(new(SourceTokenKind.Part, part.ToString()));
                return;
            }

            if (braces > 0)
            {
                part.Append('{', hole.Quotes > 0 ? braces : braces / 2);
                _at += braces;
            }
            else if (c == '\\' && hole is { Quotes: 0, IsVerbatim: false })
            {
                SourceText.Escape(_source, ref _at, part);
            }
            else
            {
                part.Append(c);
                _at += c == '}' && hole.Quotes == 0 && Peek(1) == '}' ? 2 : 1;
            }
        }

        _open.Pop();
        _tokens.Add(new(SourceTokenKind.Part, part.ToString()));
    }

    /// <summary>An interpolated string that is being read.</summary>
    private sealed class Interpolation(int dollars, int quotes, bool isVerbatim)
    {
        /// <summary>Gets the braces that open a hole.</summary>
        public int Dollars { get; } = dollars;

        /// <summary>Gets the quotes around a raw string; 0 for any other.</summary>
        public int Quotes { get; } = quotes;

        /// <summary>Gets a value indicating whether the text goes over lines.</summary>
        public bool IsVerbatim { get; } = isVerbatim;

        /// <summary>Gets or sets the brackets that are open in the hole.</summary>
        public int Depth { get; set; }
    }
}
