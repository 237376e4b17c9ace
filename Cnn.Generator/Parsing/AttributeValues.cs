using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cnn.Generator.Declared;
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
        new(name, Value(constant), Text(name, constant, form), form);

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
            if (constant.IsNull)
                return null;
            var items = constant.Values.Select(Value);
            return constant.Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_String }
                ? items.Select(item => item as string ?? "").ToEquatableArray()
                : items.OfType<double>().ToEquatableArray();
        }

        return constant.Value switch
        {
            ITypeSymbol type => ConstantText.Name(type),
            float value => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            var value => value,
        };
    }

    /// <summary>An array of the constructor's is written as its elements, as <c>params</c> takes them.</summary>
    private static string Text(string name, TypedConstant constant, ArgumentForm form)
    {
        var text = ConstantText.Of(name, constant);
        return form == ArgumentForm.Property && constant is { Kind: TypedConstantKind.Array, IsNull: false }
            ? "new " + constant.Type!.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) + " { " + text + (text.Length > 0 ? " }" : "}")
            : text;
    }

    private static bool IsError(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => IsError(array.ElementType),
        // Arguments that are left open are error types too, and so is one in the place of a nested type's container.
        INamedTypeSymbol { IsUnboundGenericType: true } open => open.OriginalDefinition.TypeKind == TypeKind.Error,
        INamedTypeSymbol named => named.TypeKind == TypeKind.Error || named.TypeArguments.Any(IsError) || IsError(named.ContainingType),
        _ => false,
    };

    private static bool IsError(TypedConstant constant) =>
        constant.Kind == TypedConstantKind.Error
        || (constant.Kind == TypedConstantKind.Type && IsError(constant.Value as ITypeSymbol))
        || (constant is { Kind: TypedConstantKind.Array, IsNull: false } && constant.Values.Any(IsError));
}
