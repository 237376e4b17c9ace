using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Parsing;

/// <summary>From the constants of an attribute to values without a symbol.</summary>
internal static class AttributeValues
{
    public static string Kind(INamedTypeSymbol attributeClass)
    {
        const string suffix = "Attribute";
        return attributeClass.Name.EndsWith(suffix, StringComparison.Ordinal)
            ? attributeClass.Name.Substring(0, attributeClass.Name.Length - suffix.Length)
            : attributeClass.Name;
    }

    public static Argument Read(string name, TypedConstant constant, ArgumentForm form) =>
        new(name, Value(constant), AttributeText.Of(name, constant), form);

    /// <summary>C# reports whatever does not bind; nothing is left to say about it here.</summary>
    public static bool IsBroken(AttributeData attribute, AttributeSyntax? syntax) =>
        attribute.AttributeClass is null or { TypeKind: TypeKind.Error }
        || attribute.AttributeConstructor is null
        || attribute.AttributeConstructor.Parameters.Length != attribute.ConstructorArguments.Length
        || attribute.ConstructorArguments.Any(IsError)
        || attribute.NamedArguments.Any(named => IsError(named.Value))
        || (syntax is not null && attribute.NamedArguments.Length != Written(syntax).Count(argument => argument.NameEquals is not null))
        || attribute.NamedArguments.Select(named => named.Key).Distinct().Count() != attribute.NamedArguments.Length;

    public static IEnumerable<AttributeArgumentSyntax> Written(AttributeSyntax syntax) =>
        syntax.ArgumentList?.Arguments ?? Enumerable.Empty<AttributeArgumentSyntax>();

    private static object? Value(TypedConstant constant)
    {
        if (constant.Kind == TypedConstantKind.Array)
        {
            var items = Items(constant).Select(Value).ToArray();
            return items.Length > 0 && items[0] is double
                ? items.Cast<double>().ToEquatableArray()
                : items.OfType<string>().ToEquatableArray();
        }

        return constant.Value switch
        {
            ITypeSymbol type => type.Name,
            float value => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            var value => value,
        };
    }

    /// <summary>The elements of an array, of which there are none where it is null.</summary>
    public static IEnumerable<TypedConstant> Items(TypedConstant constant) => constant.IsNull ? [] : constant.Values;

    private static bool IsError(TypedConstant constant) =>
        constant.Kind == TypedConstantKind.Error || (constant.Kind == TypedConstantKind.Array && Items(constant).Any(IsError));
}
