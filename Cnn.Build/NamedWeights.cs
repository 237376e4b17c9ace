using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Cnn.Build;

/// <summary>
/// Which files the sources of a project name in <c>[Weights(...)]</c>. Resources must be known before C# is compiled, so this reads
/// the tokens. A path that is a string there, in whatever way it is written, names its file. One that is computed, from constants for
/// example, names each file whose name without its ending stands anywhere in the sources: rather a file too many than one too few. The
/// generator reports what is missing all the same.
/// </summary>
internal sealed class NamedWeights
{
    private const string Suffix = "Attribute";

    private readonly List<List<SourceToken>> _sources;
    private readonly HashSet<string> _attributes = new(StringComparer.Ordinal) { "Weights" + Suffix };
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly Lazy<(string Texts, HashSet<string> Identifiers)> _mentioned;
    private bool _isComputed;

    /// <param name="sources">The texts of all sources: an alias or a constant may stand in another one than the attribute.</param>
    public NamedWeights(IEnumerable<string> sources)
    {
        _sources = [.. sources.SelectMany(Sections).Select(SourceLexer.Tokens)];
        _mentioned = new(Mentioned);
        while (_sources.Exists(FindAliases))
        {
        }

        foreach (var source in _sources)
            FindPaths(source);
    }

    /// <summary>Gets the paths that are strings in the attribute, with slashes.</summary>
    public IReadOnlyCollection<string> Paths => _paths;

    /// <summary>Whether a file is to be embedded.</summary>
    /// <param name="path">Its path in the index.</param>
    public bool Contains(string path)
    {
        if (_paths.Contains(path) || !_isComputed)
            return _paths.Contains(path);
        var name = path[(path.LastIndexOf('/') + 1)..];
        var stem = name.LastIndexOf('.') is > 0 and var end ? name[..end] : name;
        return _mentioned.Value.Texts.Contains(stem, StringComparison.Ordinal) || _mentioned.Value.Identifiers.Contains(stem);
    }

    /// <summary>A path as the index has it.</summary>
    public static string Normalize(string path) => path.Replace('\\', '/');

    /// <summary>
    /// A source, and its pieces between directives: what <c>#if</c> disables need not be C#, and must not hide what follows.
    /// </summary>
    private static IEnumerable<string> Sections(string source)
    {
        yield return source;
        var start = 0;
        for (var line = 0; line < source.Length; line = End(source, line))
        {
            if (!IsCondition(source.AsSpan(line, End(source, line) - line)))
                continue;
            yield return source[start..line];
            start = End(source, line);
        }

        if (start > 0)
            yield return source[start..];
    }

    private static int End(string source, int line)
    {
        while (line < source.Length && !SourceLexer.IsNewLine(source[line]))
            line++;
        return Math.Min(line + 1, source.Length);
    }

    private static bool IsCondition(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart();
        if (text.IsEmpty || text[0] != '#')
            return false;
        text = text[1..].TrimStart();
        return text.StartsWith("if") || text.StartsWith("el") || text.StartsWith("endif");
    }

    /// <summary>Takes other names of the attribute from <c>using Other = Cnn.WeightsAttribute;</c>; tells whether there was a new one.</summary>
    private bool FindAliases(List<SourceToken> tokens)
    {
        var isNew = false;
        for (var i = 0; i + 3 < tokens.Count; i++)
        {
            if (tokens[i] is not { Kind: SourceTokenKind.Identifier, Text: "using" } || !tokens[i + 2].Is('='))
                continue;
            var end = i + 3;
            while (end < tokens.Count && !tokens[end].Is(';') && !tokens[end].Is('('))
                end++;
            if (tokens[end - 1].Kind == SourceTokenKind.Identifier && _attributes.Contains(tokens[end - 1].Text))
                isNew |= _attributes.Add(tokens[i + 1].Text);
            i = end - 1;
        }

        return isNew;
    }

    private void FindPaths(List<SourceToken> tokens)
    {
        for (var i = 1; i + 1 < tokens.Count; i++)
        {
            if (tokens[i].Kind == SourceTokenKind.Identifier && tokens[i + 1].Is('(') && IsAttribute(tokens[i].Text) && IsInBrackets(tokens, i))
                ReadPath(tokens, i + 2);
        }
    }

    private bool IsAttribute(string name) => _attributes.Contains(name) || _attributes.Contains(name + Suffix);

    /// <summary>Whether a name, with those that qualify it, follows a bracket, a comma or the colon after a target.</summary>
    private static bool IsInBrackets(List<SourceToken> tokens, int name)
    {
        var before = name - 1;
        while (before > 0 && (tokens[before].Is('.') || (tokens[before].Is(':') && tokens[before - 1].Is(':'))))
            before -= tokens[before].Is('.') ? 2 : 3;
        return before >= 0 && (tokens[before].Is('[') || tokens[before].Is(',') || tokens[before].Is(':'));
    }

    private void ReadPath(List<SourceToken> tokens, int start)
    {
        if (start + 1 < tokens.Count && tokens[start] is { Kind: SourceTokenKind.Identifier, Text: "path" } && tokens[start + 1].Is(':'))
            start += 2;
        var path = new StringBuilder();
        var depth = 0;
        for (var i = start; i < tokens.Count && (depth > 0 || !(tokens[i].Is(',') || tokens[i].Is(')'))); i++)
        {
            depth += tokens[i].Is('(') ? 1 : tokens[i].Is(')') ? -1 : 0;
            if (tokens[i].Kind == SourceTokenKind.Text)
            {
                path.Append(tokens[i].Text);
            }
            else if (!(tokens[i].Is('(') || tokens[i].Is(')') || tokens[i].Is('+')))
            {
                _isComputed = true;
                return;
            }
        }

        _paths.Add(Normalize(path.ToString()));
    }

    private (string Texts, HashSet<string> Identifiers) Mentioned()
    {
        var tokens = _sources.SelectMany(source => source).ToList();
        var texts = tokens.Where(token => token.Kind is SourceTokenKind.Text or SourceTokenKind.Part).Select(token => token.Text);
        var identifiers = tokens.Where(token => token.Kind == SourceTokenKind.Identifier).Select(token => token.Text);
        return (string.Join('\n', texts), identifiers.ToHashSet(StringComparer.Ordinal));
    }
}
