using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Parsing;

/// <summary>The members that every network is given, so that a class which already has one is refused by name.</summary>
internal static class GeneratedMembers
{
    /// <summary>The key of the constructor without parameters in a list of taken members.</summary>
    public const string Constructor = ".ctor()";

    /// <summary>The key of the constructor with a seed.</summary>
    public const string SeedConstructor = ".ctor(int)";

    /// <summary>Constants and properties by name; methods by name and the types of their parameters.</summary>
    private static readonly Dictionary<string, string?> Members = new()
    {
        ["InputLength"] = null,
        ["OutputLength"] = null,
        ["ParameterCount"] = null,
        ["ArenaBytes"] = null,
        ["MultiplyAdds"] = null,
        ["Summary"] = null,
        ["Forward"] = "ReadOnlySpan<float>, Span<float>",
        ["Predict"] = "ReadOnlySpan<float>",
        ["ForwardBatch"] = "ReadOnlySpan<float>, Span<float>, int",
        ["Save"] = "string",
        ["Load"] = "string",
        ["Kernels"] = null,
        ["_weights"] = null,
        ["s_parameters"] = null,
    };

    /// <summary>The members of a class that stand where a generated one would, each with its key.</summary>
    public static IEnumerable<(string Key, ISymbol Member)> Taken(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (!member.IsImplicitlyDeclared && Key(member) is { } key)
                yield return (key, member);
        }
    }

    private static string? Key(ISymbol member)
    {
        if (member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor)
        {
            return Parameters(constructor) switch
            {
                "" => Constructor,
                "int" => SeedConstructor,
                _ => null,
            };
        }

        if (!Members.TryGetValue(member.Name, out var parameters))
            return null;
        var overloads = parameters is not null && member is IMethodSymbol { Arity: 0 } method
            && !string.Equals(Parameters(method), parameters, StringComparison.Ordinal);
        return overloads || member is IMethodSymbol { Arity: > 0 } && parameters is not null ? null : member.Name;
    }

    private static string Parameters(IMethodSymbol method) =>
        string.Join(", ", method.Parameters.Select(parameter => Written(parameter.Type)));

    private static string Written(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
