using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Parsing;

/// <summary>Reads one attribute: its constants by the name of the parameter or property, and where each stands.</summary>
internal sealed class AttributeParser(INamedTypeSymbol type, DeclarationLocations locations, CancellationToken cancellationToken)
{
    private readonly BlockParser _blocks = new(type, cancellationToken);

    public LayerDeclaration Parse(AttributeData attribute, Place place)
    {
        var syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax(cancellationToken);
        locations.Add(place, syntax.GetLocation());
        if (AttributeValues.IsBroken(attribute, syntax))
            return new LayerDeclaration(syntax.Name.ToString(), [], IsBroken: true);

        var arguments = new List<Argument>();
        var parameters = attribute.AttributeConstructor!.Parameters;
        for (var i = 0; i < parameters.Length; i++)
        {
            var name = parameters[i].Name;
            var written = FindPositional(syntax, i, name);
            var form = written is null ? ArgumentForm.Default : ArgumentForm.Positional;
            arguments.Add(AttributeValues.Read(name, attribute.ConstructorArguments[i], form));
            if (written is not null)
                locations.Add(place.At(name), written.GetLocation());
            if (parameters[i].IsParams && written is { NameColon: null })
                LocateElements(syntax, place, name, i);
        }

        foreach (var named in attribute.NamedArguments)
        {
            arguments.Add(AttributeValues.Read(named.Key, named.Value, ArgumentForm.Property));
            var written = AttributeValues.Written(syntax).First(argument => argument.NameEquals?.Name.Identifier.ValueText == named.Key);
            locations.Add(place.At(named.Key), written.GetLocation());
        }

        return new LayerDeclaration(AttributeValues.Kind(attribute.AttributeClass!), arguments.ToEquatableArray(), IsBroken: false)
        {
            Blocks = _blocks.Named(attribute),
        };
    }

    /// <summary>Where the second and later elements of a list stand; the first stands where the list does.</summary>
    private void LocateElements(AttributeSyntax syntax, Place place, string name, int index)
    {
        var elements = AttributeValues.Written(syntax).Where(argument => argument.NameEquals is null).Skip(index).ToList();
        for (var i = 1; i < elements.Count; i++)
            locations.Add(place.At(name, i), elements[i].GetLocation());
    }

    private static AttributeArgumentSyntax? FindPositional(AttributeSyntax syntax, int index, string name)
    {
        var position = 0;
        foreach (var argument in AttributeValues.Written(syntax).Where(argument => argument.NameEquals is null))
        {
            if (argument.NameColon is null ? position == index : argument.NameColon.Name.Identifier.ValueText == name)
                return argument;
            position++;
        }

        return null;
    }
}
