using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Cnn.Generator.Infrastructure;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Parsing;

/// <summary>Names of symbols as source must write them, and file names for them.</summary>
internal static class SymbolNames
{
    private const int LongestHint = 120;

    /// <summary>The namespace with dots, or empty for the global one.</summary>
    public static string Namespace(INamespaceSymbol? symbol)
    {
        var parts = new Stack<string>();
        for (; symbol is { IsGlobalNamespace: false }; symbol = symbol.ContainingNamespace)
            parts.Push(CSharpText.Identifier(symbol.Name));
        return string.Join(".", parts);
    }

    /// <summary>The bytes of a full name, with its namespace and the types in which it stands.</summary>
    public static int MetadataLength(INamedTypeSymbol type)
    {
        var length = -1;
        for (ISymbol? symbol = type; symbol is not (null or INamespaceSymbol { IsGlobalNamespace: true }); symbol = symbol.ContainingSymbol)
        {
            if (symbol is INamespaceOrTypeSymbol)
                length += Encoding.UTF8.GetByteCount(symbol.Name) + 1;
        }

        return length;
    }

    /// <summary><c>&lt;T, U&gt;</c>, or empty.</summary>
    public static string TypeParameters(INamedTypeSymbol type) => type.TypeParameters.Length == 0
        ? ""
        : "<" + string.Join(", ", type.TypeParameters.Select(parameter => CSharpText.Identifier(parameter.Name))) + ">";

    /// <summary>The keyword of a declaration: <c>class</c>, <c>record struct</c>, <c>interface</c>, ...</summary>
    public static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { IsRecord: true } => "record",
        _ => "class",
    };

    public static string Accessibility(Accessibility accessibility) => accessibility switch
    {
        Microsoft.CodeAnalysis.Accessibility.Public => "public",
        Microsoft.CodeAnalysis.Accessibility.Private => "private",
        Microsoft.CodeAnalysis.Accessibility.Protected => "protected",
        Microsoft.CodeAnalysis.Accessibility.ProtectedOrInternal => "protected internal",
        Microsoft.CodeAnalysis.Accessibility.ProtectedAndInternal => "private protected",
        _ => "internal",
    };

    /// <summary>
    /// A file name without extension that no other type in the compilation has. File names ignore case, C# does not: a type
    /// whose name differs from another only in case gets a number made of its full name.
    /// </summary>
    public static string Hint(INamedTypeSymbol type)
    {
        var parts = new Stack<string>();
        var ambiguous = false;
        ISymbol? symbol = type;
        while (symbol is not (null or INamespaceSymbol { IsGlobalNamespace: true }))
        {
            var arity = symbol is INamedTypeSymbol { Arity: > 0 } generic
                ? "-" + generic.Arity.ToString(CultureInfo.InvariantCulture)
                : "";
            parts.Push(symbol.Name + arity);
            ambiguous |= DiffersOnlyInCase(symbol);
            symbol = symbol.ContainingSymbol as INamespaceOrTypeSymbol;
        }

        var name = string.Join(".", parts);
        if (!ambiguous && name.Length <= LongestHint)
            return name;
        var start = name.Length <= LongestHint ? name : name.Substring(0, LongestHint);
        return start + "-" + Hash(name).ToString("x8", CultureInfo.InvariantCulture);
    }

    /// <summary>One identifier for a hint, which no other hint has: a point is two underscores, and what could be read as such gets a number.</summary>
    public static string OfHint(string hint)
    {
        var name = hint.Replace(".", "__").Replace('-', '_');
        var isPlain = hint.IndexOf('-') < 0 && !hint.Contains("__") && !hint.Contains("_.") && !hint.Contains("._");
        return isPlain ? CSharpText.Identifier(name) : name + "__" + Hash(hint).ToString("x8", CultureInfo.InvariantCulture);
    }

    private static bool DiffersOnlyInCase(ISymbol symbol) =>
        symbol.ContainingSymbol is INamespaceOrTypeSymbol container && container.GetMembers()
            .OfType<INamespaceOrTypeSymbol>()
            .Any(other => other.Name != symbol.Name && string.Equals(other.Name, symbol.Name, System.StringComparison.OrdinalIgnoreCase));

    /// <summary>FNV-1a over UTF-8: the same on every machine, unlike string.GetHashCode.</summary>
    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var value in Encoding.UTF8.GetBytes(text))
            hash = unchecked((hash ^ value) * 16777619u);
        return hash;
    }
}
