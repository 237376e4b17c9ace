using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using static Cnn.Generator.Declared.GeneratedMembers;

namespace Cnn.Generator.Parsing;

/// <summary>The members of a class that stand where a generated one would, so that it is refused by name.</summary>
internal static class MemberNames
{
    /// <summary>What only a network with <c>[Weights]</c> has.</summary>
    private static readonly HashSet<string> OfWeights = [Pretrained, LoadPretrained, "_pretrained"];

    /// <summary>Constants, properties and fields.</summary>
    private static readonly HashSet<string> Plain =
    [
        "InputLength", "OutputLength", "ParameterCount", "ArenaBytes", "MultiplyAdds", "Summary",
        "_weights", Pretrained, "_pretrained", Outputs,
    ];

    /// <summary>The keys of methods by their signatures.</summary>
    private static readonly Dictionary<string, string> Methods = new()
    {
        ["Forward(ReadOnlySpan<float>, Span<float>)"] = "Forward",
        [ForwardBytes] = ForwardBytes,
        [ForwardIn] = ForwardIn,
        ["Predict(ReadOnlySpan<float>)"] = "Predict",
        ["ForwardBatch(ReadOnlySpan<float>, Span<float>, int)"] = "ForwardBatch",
        ["Save(string)"] = "Save",
        ["Load(string)"] = "Load",
        [LoadNamed] = LoadNamed,
        [LoadOrdered] = LoadOrdered,
        [LoadNamedOrdered] = LoadNamedOrdered,
        [LoadPretrained] = LoadPretrained,
    };

    /// <summary>The members of a class that stand where a generated one would, each with its key.</summary>
    /// <param name="type">The class.</param>
    /// <param name="takesBytes">Whether its input has a scaling.</param>
    /// <param name="hasWeights">Whether it names a file of weights.</param>
    /// <param name="hasOutputs">Whether it names outputs.</param>
    public static IEnumerable<(string Key, ISymbol Member)> Taken(INamedTypeSymbol type, bool takesBytes, bool hasWeights, bool hasOutputs)
    {
        foreach (var member in type.GetMembers())
        {
            if (member.IsImplicitlyDeclared || Key(member) is not { } key)
                continue;
            if ((takesBytes || key != ForwardBytes) && (hasWeights || !OfWeights.Contains(key)) && (hasOutputs || key != Outputs))
                yield return (key, member);
        }
    }

    /// <summary>Whether a class bears the name of one of its members, which C# forbids.</summary>
    public static bool NamesOne(INamedTypeSymbol type) => Plain.Contains(type.Name) || Methods.Values.Any(key => key == type.Name)
        || type.Name == nameof(LoadPretrained);

    /// <summary>Whether a constructor stands where a generated one would.</summary>
    public static bool IsConstructor(IMethodSymbol constructor) => Key(constructor) is not null;

    private static string? Key(ISymbol member)
    {
        if (member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor)
        {
            var key = ".ctor(" + Parameters(constructor) + ")";
            return key is Constructor or SeedConstructor or WeightsConstructor ? key : null;
        }

        if (Plain.Contains(member.Name))
            return member.Name;

        // A method may have overloads; anything else of its name hides it.
        if (member is IMethodSymbol method)
        {
            var signature = method.Name + "(" + Parameters(method) + ")";
            return method.Arity == 0 && Methods.TryGetValue(signature, out var key) ? key : null;
        }

        return Methods.Values.Contains(member.Name) ? member.Name : member.Name == "LoadPretrained" ? LoadPretrained : null;
    }

    private static string Parameters(IMethodSymbol method) =>
        string.Join(", ", method.Parameters.Select(parameter => Written(parameter.Type)));

    private static string Written(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
