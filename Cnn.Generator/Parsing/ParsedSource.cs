using System;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Parsing;

/// <summary>What the generator keeps of one class: what it declares and, apart from it, where.</summary>
internal sealed record ParsedSource(NetworkDeclaration Declaration, DeclarationPositions Positions)
{
    /// <summary>Stands for a class on which the parser itself failed.</summary>
    public static ParsedSource Failed(INamedTypeSymbol type, SyntaxNode part, Exception exception)
    {
        var name = CSharpText.Identifier(type.Name);
        var locations = new DeclarationLocations();
        locations.Add(Place.Type, part is TypeDeclarationSyntax declared ? declared.Identifier.GetLocation() : part.GetLocation());
        var declaration = new NetworkDeclaration(
            new TypeIdentity("", [], "class", name, "", name, name),
            new TypeForm("", IsExtensible: false, IsStatic: false, HasPrimaryConstructor: false, []),
            null,
            [],
            [new Fault(Rules.InternalError.Id, Place.Type, [name, InternalErrors.Describe(exception)])]);
        return new ParsedSource(declaration, DeclarationPositions.From(locations));
    }
}
