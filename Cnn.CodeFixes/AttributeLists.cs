using System.Linq;
using Cnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.CodeFixes;

/// <summary>Edits of the attributes among each other.</summary>
internal static class AttributeLists
{
    private static SyntaxToken Comma => SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);

    public static RemedyEdit InsertBefore(AttributeSyntax attribute, string name, string arguments)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        var written = arguments.Length == 0 ? "" : "(" + arguments + ")";
        var inserted = SyntaxFactory.Attribute(
            AttributeNames.Beside(attribute.Name, name),
            written.Length == 0 ? null : SyntaxFactory.ParseAttributeArgumentList(written)).WithLeadingTrivia(attribute.GetLeadingTrivia());
        var index = list.Attributes.IndexOf(attribute);
        var attributes = list.Attributes.Replace(attribute, attribute.WithLeadingTrivia());
        return new RemedyEdit(
            "Insert [" + name + written + "]", root => root.ReplaceNode(list, With(list, attributes, 2 * index, inserted, Comma)));
    }

    /// <summary>Puts an attribute after the input, in the same brackets.</summary>
    public static RemedyEdit? AddToNetwork(TypeDeclarationSyntax type, Remedy remedy)
    {
        var input = type.AttributeLists
            .SelectMany(list => list.Attributes)
            .FirstOrDefault(attribute => AttributeNames.Simple(attribute.Name) == "Input");
        if (input?.Parent is not AttributeListSyntax list)
            return null;
        var added = SyntaxFactory.Attribute(
            AttributeNames.Beside(input.Name, remedy.Name), SyntaxFactory.ParseAttributeArgumentList("(" + remedy.Text + ")"));
        var index = list.Attributes.IndexOf(input);
        return new RemedyEdit(
            "Add [" + remedy.Name + "(" + remedy.Text + ")]",
            root => root.ReplaceNode(list, With(list, list.Attributes, (2 * index) + 1, Comma, added)));
    }

    public static RemedyEdit Replace(AttributeSyntax attribute, string name)
    {
        var changed = attribute.WithName(AttributeNames.Beside(attribute.Name, name).WithTriviaFrom(attribute.Name));
        return new RemedyEdit("Replace by [" + name + "]", root => root.ReplaceNode(attribute, changed));
    }

    public static RemedyEdit Remove(AttributeSyntax attribute) =>
        new("Remove [" + attribute.ToString() + "]", root => Without(root, attribute));

    /// <summary>Moves an attribute to the place after the last one of a name on the same part of the type.</summary>
    public static RemedyEdit? MoveBehind(AttributeSyntax attribute, string name)
    {
        if (attribute.Parent?.Parent is not TypeDeclarationSyntax type)
            return null;
        var last = type.AttributeLists
            .SelectMany(list => list.Attributes)
            .LastOrDefault(other => AttributeNames.Simple(other.Name) == name);
        return last is null
            ? null
            : new RemedyEdit("Move [" + attribute.ToString() + "] to the end", root => Moved(root, attribute, last));
    }

    private static SyntaxNode Moved(SyntaxNode root, AttributeSyntax attribute, AttributeSyntax last)
    {
        var tracked = root.TrackNodes(attribute, last);
        var behind = tracked.GetCurrentNode(last)!;
        var list = (AttributeListSyntax)behind.Parent!;
        var index = list.Attributes.IndexOf(behind);
        tracked = tracked.ReplaceNode(list, With(list, list.Attributes, (2 * index) + 1, Comma, attribute.WithoutTrivia()));
        return Without(tracked, tracked.GetCurrentNode(attribute)!);
    }

    /// <summary>A list with something among its attributes and commas.</summary>
    private static AttributeListSyntax With(
        AttributeListSyntax list, SeparatedSyntaxList<AttributeSyntax> attributes, int index, params SyntaxNodeOrToken[] inserted) =>
        list.WithAttributes(SyntaxFactory.SeparatedList<AttributeSyntax>(attributes.GetWithSeparators().InsertRange(index, inserted)));

    /// <summary>Without an attribute, and without its brackets where it stood in them alone; comments before them stay.</summary>
    private static SyntaxNode Without(SyntaxNode root, AttributeSyntax attribute)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        if (list.Attributes.Count > 1)
            return root.ReplaceNode(list, list.WithAttributes(list.Attributes.Remove(attribute)));
        var tracked = root.TrackNodes(list);
        var next = tracked.GetCurrentNode(list)!.GetLastToken().GetNextToken();
        var kept = list.GetLeadingTrivia().Reverse().SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse();
        tracked = tracked.ReplaceToken(next, next.WithLeadingTrivia(kept.Concat(next.LeadingTrivia)));
        return tracked.RemoveNode(tracked.GetCurrentNode(list)!, SyntaxRemoveOptions.KeepNoTrivia)!;
    }
}
