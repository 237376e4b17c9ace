using System.Collections.Generic;
using System.Threading;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Parsing;

/// <summary>Reads one attribute: its constants by the name of the parameter or property, and where each stands.</summary>
internal sealed class AttributeParser(INamedTypeSymbol type, DeclarationLocations locations, CancellationToken cancellationToken)
{
    private readonly BlockParser _blocks = new(type, locations, cancellationToken);

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
            var isWritten = AttributeLocations.FindPositional(syntax, i, name) is not null;
            arguments.Add(AttributeValues.Read(
                name, attribute.ConstructorArguments[i], isWritten ? ArgumentForm.Positional : ArgumentForm.Default));
        }

        foreach (var named in attribute.NamedArguments)
            arguments.Add(AttributeValues.Read(named.Key, named.Value, ArgumentForm.Property));
        AttributeLocations.AddArguments(locations, attribute, syntax, place);
        return new LayerDeclaration(AttributeValues.Kind(attribute.AttributeClass!), arguments.ToEquatableArray(), IsBroken: false)
        {
            Blocks = _blocks.Named(attribute),
        };
    }
}
