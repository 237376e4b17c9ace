using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Parsing;

/// <summary>What the written names of attributes say before any symbol is asked.</summary>
internal static class AttributeNames
{
    private const string Input = "Input";

    /// <summary>The last part of each name, without "Attribute".</summary>
    public static IEnumerable<string> Of(TypeDeclarationSyntax type) =>
        type.AttributeLists.SelectMany(list => list.Attributes).Select(attribute => Last(attribute.Name));

    /// <summary>Whether a node is a class with attributes.</summary>
    public static bool IsClassWithAttributes(SyntaxNode node) =>
        node is ClassDeclarationSyntax { AttributeLists.Count: > 0 } or RecordDeclarationSyntax { AttributeLists.Count: > 0 };

    /// <summary>Whether one of a class's attributes may be the input, which a using directive may have given another name.</summary>
    public static bool MayHaveInput(SyntaxNode node, ICollection<string> aliases) =>
        node is TypeDeclarationSyntax type && Of(type).Any(name => name == Input || aliases.Contains(name));

    /// <summary>The names that the using directives of a file give the input.</summary>
    public static IEnumerable<string> InputAliases(SyntaxNode root) => root
        .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<UsingDirectiveSyntax>()
        .Where(directive => directive is { Alias: not null, Name: not null } && Last(directive.Name) == Input)
        .Select(directive => Last(directive.Alias!.Name));

    private static string Last(NameSyntax syntax)
    {
        const string suffix = "Attribute";
        var name = syntax switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        return name.EndsWith(suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - suffix.Length) : name;
    }
}
