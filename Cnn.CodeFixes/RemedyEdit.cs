using System;
using Cnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.CodeFixes;

/// <summary>A remedy at its place in the source.</summary>
/// <param name="title">The title in the menu of the light bulb.</param>
/// <param name="apply">From the root of the file to the one with the remedy.</param>
internal sealed class RemedyEdit(string title, Func<SyntaxNode, SyntaxNode> apply)
{
    public string Title { get; } = title;

    public SyntaxNode Apply(SyntaxNode root) => apply(root);

    /// <summary>The edit that a remedy makes where a diagnostic lies; null if the source is not as the remedy expects it.</summary>
    public static RemedyEdit? Of(Remedy remedy, SyntaxNode found)
    {
        if (remedy.Kind == RemedyKind.AddPartial)
            return found.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type ? AddPartial(type) : null;
        if (remedy.Kind == RemedyKind.AddToNetwork)
            return found.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } network ? AttributeLists.AddToNetwork(network, remedy) : null;
        if (found.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent: AttributeListSyntax } attribute)
            return null;
        var argument = found.FirstAncestorOrSelf<AttributeArgumentSyntax>();
        return remedy.Kind switch
        {
            RemedyKind.SetArgument => AttributeArguments.Set(attribute, argument, remedy),
            RemedyKind.RemoveArgument => AttributeArguments.Remove(attribute, remedy.Name),
            RemedyKind.ReplaceString => AttributeArguments.ReplaceString(found, remedy),
            RemedyKind.InsertBefore => AttributeLists.InsertBefore(attribute, remedy.Name, remedy.Text),
            RemedyKind.Replace => AttributeLists.Replace(attribute, remedy.Name),
            RemedyKind.Remove => AttributeLists.Remove(attribute),
            RemedyKind.MoveBehind => AttributeLists.MoveBehind(attribute, remedy.Name),
            _ => null,
        };
    }

    private static RemedyEdit AddPartial(TypeDeclarationSyntax type)
    {
        // The comments of a type without modifiers stand before the keyword.
        var word = SyntaxFactory.Token(SyntaxKind.PartialKeyword)
            .WithLeadingTrivia(type.Keyword.LeadingTrivia)
            .WithTrailingTrivia(SyntaxFactory.Space);
        var changed = type.WithKeyword(type.Keyword.WithLeadingTrivia()).AddModifiers(word);
        return new RemedyEdit("Make " + type.Identifier.ValueText + " partial", root => root.ReplaceNode(type, changed));
    }
}
