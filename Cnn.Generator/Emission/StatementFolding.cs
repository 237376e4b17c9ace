using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn.Generator.Emission;

/// <summary>
/// Puts short statements of one kind side by side, as one reads them: the loads of weights, the multiply-adds of one value, the stores
/// of a tile, the steps of the pointers; and declares locals of one type together.
/// </summary>
internal static class StatementFolding
{
    /// <summary>Columns of a line, its indentation within the method included.</summary>
    private const int Columns = 140;

    private const string Reference = "ref float ";

    /// <summary>The types of the declarations that stand together.</summary>
    private static readonly string[] Types = [Reference, "F16 ", "F8 ", "F4 "];

    private enum Kind
    {
        Other,
        Value,
        Weights,
        MultiplyAdd,
        Store,
        Fetch,
        Step,
        Declaration,
    }

    public static IReadOnlyList<string> Fold(IReadOnlyList<string> lines)
    {
        var folded = new List<string>();
        var last = Kind.Other;
        foreach (var line in lines)
        {
            var text = line.TrimStart();
            var indent = line.Length - text.Length;
            var kind = KindOf(text);
            var previous = folded.Count == 0 ? "" : folded[folded.Count - 1];
            var isBelow = kind != Kind.Other && indent == Indent(previous);
            var joins = isBelow && (kind == last ? kind != Kind.Value : kind == Kind.MultiplyAdd && last == Kind.Value);
            if (isBelow && kind == Kind.Declaration && last == kind && TypeOf(previous.TrimStart()) == TypeOf(text))
                Declare(folded, text);
            else if (joins && kind != Kind.Declaration && previous.Length + 1 + text.Length <= Columns)
                folded[folded.Count - 1] = previous + " " + text;
            else
                folded.Add(line);
            last = kind;
        }

        return folded;
    }

    /// <summary>Declares further locals of the type that the last line declares some of: there as long as it has room.</summary>
    private static void Declare(List<string> folded, string text)
    {
        var type = TypeOf(text)!;
        IEnumerable<string> rest = [text.Substring(type.Length).TrimEnd(';')];
        if (type == Reference)
            rest = Declarators(rest.First());
        foreach (var declarator in rest)
        {
            var line = folded[folded.Count - 1];
            if (line.Length + 2 + declarator.Length <= Columns)
                folded[folded.Count - 1] = line.TrimEnd(';') + ", " + declarator + ";";
            else
                folded.Add(new string(' ', Indent(line)) + type + declarator + ";");
        }
    }

    /// <summary>The parts of a declaration, whose commas stand outside of parentheses.</summary>
    private static IEnumerable<string> Declarators(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (text[i] != ',' || depth != 0)
                continue;
            yield return text.Substring(start, i - start);
            start = i + 2;
        }

        yield return text.Substring(start);
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    /// <summary>The type that a line declares locals of; null where it does something else.</summary>
    private static string? TypeOf(string text) => Array.Find(Types, type => text.StartsWith(type, StringComparison.Ordinal));

    /// <summary>The kind of a line's last statement.</summary>
    private static Kind KindOf(string text)
    {
        if (!text.EndsWith(";", StringComparison.Ordinal) || text.StartsWith("//", StringComparison.Ordinal))
            return Kind.Other;
        if (TypeOf(text) is not null)
            return Kind.Declaration;
        var start = text.LastIndexOf("; ", StringComparison.Ordinal);
        var statement = start < 0 ? text : text.Substring(start + 2);
        if (statement.StartsWith("Fma", StringComparison.Ordinal))
            return Kind.MultiplyAdd;
        var equals = statement.IndexOf(" = ", StringComparison.Ordinal);
        if (equals < 0)
        {
            return statement.StartsWith("Store", StringComparison.Ordinal) ? Kind.Store
                : statement.StartsWith("Fetch", StringComparison.Ordinal) ? Kind.Fetch
                : Kind.Other;
        }

        // Declarations have more words.
        var name = statement.Substring(0, equals);
        if (name.IndexOf(' ') >= 0 || name.IndexOf('(') >= 0)
            return Kind.Other;
        if (statement.IndexOf("ref ", StringComparison.Ordinal) == equals + 3)
            return Kind.Step;
        if (statement.IndexOf("Fma", StringComparison.Ordinal) == equals + 3)
            return Kind.MultiplyAdd;
        return name == "v" ? Kind.Value : name[0] == 'k' ? Kind.Weights : Kind.Other;
    }
}
