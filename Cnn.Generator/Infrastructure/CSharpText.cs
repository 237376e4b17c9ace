using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Cnn.Generator.Infrastructure;

/// <summary>Identifiers and strings as C# writes them, in the way of Roslyn's <c>SyntaxFacts</c> and <c>SymbolDisplay</c>.</summary>
internal static class CSharpText
{
    /// <summary>The keywords, with those that are such in some contexts alone.</summary>
    private static readonly HashSet<string> Keywords =
    [
        "_", "__arglist", "__makeref", "__reftype", "__refvalue", "abstract", "add", "alias", "allows", "and", "as", "ascending",
        "assembly", "async", "await", "base", "bool", "break", "by", "byte", "case", "catch", "char", "checked", "class", "const",
        "continue", "decimal", "default", "delegate", "descending", "do", "double", "else", "enum", "equals", "event", "explicit",
        "extension", "extern", "false", "field", "file", "finally", "fixed", "float", "for", "foreach", "from", "get", "global",
        "goto", "group", "if", "implicit", "in", "init", "int", "interface", "internal", "into", "is", "join", "let", "lock",
        "long", "managed", "method", "module", "nameof", "namespace", "new", "not", "null", "object", "on", "operator", "or",
        "orderby", "out", "override", "param", "params", "partial", "private", "property", "protected", "public", "readonly",
        "record", "ref", "remove", "required", "return", "sbyte", "scoped", "sealed", "select", "set", "short", "sizeof",
        "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "type", "typeof", "typevar", "uint",
        "ulong", "unchecked", "unmanaged", "unsafe", "ushort", "using", "var", "virtual", "void", "volatile", "when", "where",
        "while", "with", "yield",
    ];

    /// <summary>The identifier, with <c>@</c> where it is a keyword.</summary>
    public static string Identifier(string name) => Keywords.Contains(name) ? "@" + name : name;

    /// <summary>The literal of a string, on one line: control characters, line breaks and halves of pairs are written by their codes.</summary>
    public static string Literal(string value)
    {
        var text = new StringBuilder("\"", value.Length + 2);
        for (var i = 0; i < value.Length; i++)
        {
            var isPair = char.IsSurrogatePair(value, i);
            var isPrintable = IsPrintable(CharUnicodeInfo.GetUnicodeCategory(value, i));
            if (Escape(value[i]) is { } letter)
                text.Append('\\').Append(letter);
            else if (isPrintable)
                text.Append(value, i, isPair ? 2 : 1);
            else if (isPair)
                text.Append("\\U").Append(char.ConvertToUtf32(value, i).ToString("x8", CultureInfo.InvariantCulture));
            else
                text.Append("\\u").Append(((int)value[i]).ToString("x4", CultureInfo.InvariantCulture));
            i += isPair ? 1 : 0;
        }

        return text.Append('"').ToString();
    }

    /// <summary>The letter after the backslash; null where the character has none.</summary>
    private static char? Escape(char value) => value switch
    {
        '\\' or '"' => value,
        '\0' => '0',
        '\a' => 'a',
        '\b' => 'b',
        '\f' => 'f',
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        '\v' => 'v',
        _ => null,
    };

    private static bool IsPrintable(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned or UnicodeCategory.ParagraphSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.Surrogate);
}
