using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Parsing;

/// <summary>Reads one attribute: its constants by the name of the parameter or property, and where each stands.</summary>
internal sealed class AttributeParser(DeclarationLocations locations, CancellationToken cancellationToken)
{
    public LayerDeclaration Parse(AttributeData attribute, Place place)
    {
        var syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax(cancellationToken);
        locations.Add(place, syntax.GetLocation());
        if (IsBroken(attribute, syntax))
            return new LayerDeclaration(syntax.Name.ToString(), [], IsBroken: true);

        var arguments = new List<Argument>();
        var parameters = attribute.AttributeConstructor!.Parameters;
        for (var i = 0; i < parameters.Length; i++)
        {
            var name = parameters[i].Name;
            var written = FindPositional(syntax, i, name);
            arguments.Add(Read(name, attribute.ConstructorArguments[i], written is null ? ArgumentForm.Default : ArgumentForm.Positional));
            if (written is not null)
                locations.Add(place.At(name), written.GetLocation());
        }

        foreach (var named in attribute.NamedArguments)
        {
            arguments.Add(Read(named.Key, named.Value, ArgumentForm.Property));
            var written = Written(syntax).First(argument => argument.NameEquals?.Name.Identifier.ValueText == named.Key);
            locations.Add(place.At(named.Key), written.GetLocation());
        }

        return new LayerDeclaration(Kind(attribute.AttributeClass!), arguments.ToEquatableArray(), IsBroken: false);
    }

    private static string Kind(INamedTypeSymbol attributeClass)
    {
        const string suffix = "Attribute";
        return attributeClass.Name.EndsWith(suffix, System.StringComparison.Ordinal)
            ? attributeClass.Name.Substring(0, attributeClass.Name.Length - suffix.Length)
            : attributeClass.Name;
    }

    private static Argument Read(string name, TypedConstant constant, ArgumentForm form) =>
        new(name, constant.Value, AttributeText.Of(name, constant), form);

    /// <summary>C# reports whatever does not bind; nothing is left to say about it here.</summary>
    private static bool IsBroken(AttributeData attribute, AttributeSyntax syntax) =>
        attribute.AttributeClass is null or { TypeKind: TypeKind.Error }
        || attribute.AttributeConstructor is null
        || attribute.AttributeConstructor.Parameters.Length != attribute.ConstructorArguments.Length
        || attribute.ConstructorArguments.Any(IsError)
        || attribute.NamedArguments.Any(named => IsError(named.Value))
        || attribute.NamedArguments.Length != Written(syntax).Count(argument => argument.NameEquals is not null)
        || attribute.NamedArguments.Select(named => named.Key).Distinct().Count() != attribute.NamedArguments.Length;

    private static bool IsError(TypedConstant constant) => constant.Kind is TypedConstantKind.Error or TypedConstantKind.Array;

    private static IEnumerable<AttributeArgumentSyntax> Written(AttributeSyntax syntax) =>
        syntax.ArgumentList?.Arguments ?? Enumerable.Empty<AttributeArgumentSyntax>();

    private static AttributeArgumentSyntax? FindPositional(AttributeSyntax syntax, int index, string name)
    {
        var position = 0;
        foreach (var argument in Written(syntax).Where(argument => argument.NameEquals is null))
        {
            if (argument.NameColon is null ? position == index : argument.NameColon.Name.Identifier.ValueText == name)
                return argument;
            position++;
        }

        return null;
    }
}
