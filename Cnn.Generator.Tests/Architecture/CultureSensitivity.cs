using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>Which types write themselves as the culture of the machine does.</summary>
internal sealed class CultureSensitivity
{
    private static readonly HashSet<string> Numbers =
    [
        "SByte", "Byte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64", "IntPtr", "UIntPtr", "Int128", "UInt128", "Half", "Single",
        "Double", "Decimal", "BigInteger", "Complex", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly",
    ];

    private readonly Dictionary<ITypeSymbol, Reason?> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Why the text of a type follows the culture.</summary>
    /// <param name="Text">The kind of text.</param>
    /// <param name="IsWhole">Whether it writes its parts itself, so that no handler reaches them.</param>
    public sealed record Reason(string Text, bool IsWhole);

    public Reason? Of(ITypeSymbol? type)
    {
        if (type is null)
            return null;
        if (!_known.TryGetValue(type, out var known))
        {
            _known[type] = null;
            _known[type] = known = Find(type);
        }

        return known;
    }

    private Reason? Find(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return Of(nullable.TypeArguments[0]);
        if (type.TypeKind == TypeKind.Enum)
            return null;
        if (type.TypeKind == TypeKind.Error)
            return new Reason("of an unknown type", false);
        if (Numbers.Contains(type.Name) && type.ContainingNamespace?.ToDisplayString() is "System" or "System.Numerics")
            return new Reason("a number", false);
        if (type is ITypeParameterSymbol parameter)
            return parameter.IsReferenceType ? null : new Reason("of any type", false);
        if (type.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType || type.Name == "IFormattable")
            return new Reason("any object", false);
        if (type is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.Any(element => Of(element.Type) is not null))
            return new Reason("a tuple with a number", true);
        if (type.IsAnonymousType && Parts(type).Any(part => Of(part) is not null))
            return new Reason("an anonymous object with a number", true);
        return type.IsRecord && Printed(type) is { } part ? new Reason($"the record {type.Name}, whose ToString writes {part}", true) : null;
    }

    /// <summary>The first part with a number that the ToString of a record writes, unless it has one of its own.</summary>
    private string? Printed(ITypeSymbol record)
    {
        for (var type = record; type is { IsRecord: true }; type = type.BaseType)
        {
            if (type.GetMembers("ToString").Concat(type.GetMembers("PrintMembers")).Any(member => !member.IsImplicitlyDeclared))
                return null;
        }

        return record.GetMembers().FirstOrDefault(member => member is { IsStatic: false, DeclaredAccessibility: Accessibility.Public }
            && member is IPropertySymbol { Parameters.Length: 0 } or IFieldSymbol && Of(TypeOf(member)) is not null)?.Name;
    }

    private static IEnumerable<ITypeSymbol> Parts(ITypeSymbol type) => type.GetMembers().OfType<IPropertySymbol>().Select(part => part.Type);

    private static ITypeSymbol? TypeOf(ISymbol member) => (member as IPropertySymbol)?.Type ?? (member as IFieldSymbol)?.Type;
}
