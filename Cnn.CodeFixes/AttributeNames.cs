using System;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.CodeFixes;

/// <summary>Names of attributes as they are written.</summary>
internal static class AttributeNames
{
    private const string Suffix = "Attribute";

    /// <summary>Another name, qualified as this one is: <c>Cnn.Flatten</c> beside <c>Cnn.Dense</c>.</summary>
    public static NameSyntax Beside(NameSyntax name, string other)
    {
        var identifier = SyntaxFactory.IdentifierName(other);
        return name switch
        {
            QualifiedNameSyntax qualified => qualified.WithRight(identifier),
            AliasQualifiedNameSyntax qualified => qualified.WithName(identifier),
            _ => identifier,
        };
    }

    /// <summary>The last identifier, without <c>Attribute</c>.</summary>
    public static string Simple(NameSyntax name)
    {
        var identifier = name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        return identifier.EndsWith(Suffix, StringComparison.Ordinal)
            ? identifier.Substring(0, identifier.Length - Suffix.Length)
            : identifier;
    }
}
