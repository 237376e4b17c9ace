using System.Linq;
using Cnn.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.CodeFixes;

/// <summary>Edits of the arguments of an attribute.</summary>
internal static class AttributeArguments
{
    /// <summary>Sets a property, written or not, or the parameter at which the diagnostic lies.</summary>
    public static RemedyEdit? Set(AttributeSyntax attribute, AttributeArgumentSyntax? found, Remedy remedy)
    {
        var value = Value(attribute, remedy.Text);
        if (char.IsLower(remedy.Name[0]))
        {
            if (found is null)
                return null;
            return new RemedyEdit("Change the " + remedy.Name + " to " + remedy.Text, root => root.ReplaceNode(found, With(found, value)));
        }

        var changed = Property(attribute, remedy.Name) is { } written
            ? attribute.ReplaceNode(written, With(written, value))
            : Add(attribute, remedy.Name, value);
        return new RemedyEdit("Set " + remedy.Name + " to " + remedy.Text, root => root.ReplaceNode(attribute, changed));
    }

    public static RemedyEdit? Remove(AttributeSyntax attribute, string name)
    {
        if (attribute.ArgumentList is not { } list || Property(attribute, name) is not { } written)
            return null;
        var left = list.Arguments.Remove(written);
        var changed = left.Count == 0 ? attribute.WithArgumentList(null) : attribute.WithArgumentList(list.WithArguments(left));
        return new RemedyEdit("Remove " + name, root => root.ReplaceNode(attribute, changed));
    }

    /// <summary>Replaces a string where it is written as one.</summary>
    public static RemedyEdit? ReplaceString(SyntaxNode found, Remedy remedy)
    {
        var written = found.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>()
            .FirstOrDefault(literal => literal.Token.Value is string text && text == remedy.Text);
        if (written is null)
            return null;
        var token = SyntaxFactory.Literal(remedy.Name);
        var changed = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, token).WithTriviaFrom(written);
        return new RemedyEdit("Change to " + token.Text, root => root.ReplaceNode(written, changed));
    }

    private static AttributeSyntax Add(AttributeSyntax attribute, string name, ExpressionSyntax value)
    {
        var list = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        var argument = SyntaxFactory.AttributeArgument(SyntaxFactory.NameEquals(name), null, value).NormalizeWhitespace();
        if (list.Arguments.Count > 0)
            argument = argument.WithLeadingTrivia(SyntaxFactory.Space);
        return attribute.WithArgumentList(list.AddArguments(argument));
    }

    private static AttributeArgumentSyntax With(AttributeArgumentSyntax argument, ExpressionSyntax value) =>
        argument.WithExpression(value.WithTriviaFrom(argument.Expression));

    private static AttributeArgumentSyntax? Property(AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);

    /// <summary>The value, its type qualified as the attribute is.</summary>
    private static ExpressionSyntax Value(AttributeSyntax attribute, string text)
    {
        var dot = text.IndexOf('.');
        return SyntaxFactory.ParseExpression(dot > 0 && char.IsUpper(text[0])
            ? AttributeNames.Beside(attribute.Name, text.Substring(0, dot)).ToString() + text.Substring(dot)
            : text);
    }
}
