using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>
/// Every type that a file uses, whether or not it writes its name: as the type of an expression, the owner of a member or an extension
/// method, the target of a conversion or an alias, in documentation.
/// </summary>
internal static class SymbolUses
{
    /// <summary>The types, in their definitions, each with a line of its uses.</summary>
    public static IReadOnlyDictionary<INamedTypeSymbol, int> Of(SemanticModel model)
    {
        var used = new Dictionary<INamedTypeSymbol, int>(SymbolEqualityComparer.Default);
        foreach (var node in model.SyntaxTree.GetRoot().DescendantNodes(descendIntoTrivia: true))
        {
            foreach (var type in Symbols(model, node).SelectMany(Types))
                used.TryAdd(type, model.SyntaxTree.GetLineSpan(node.Span).StartLinePosition.Line + 1);
        }

        return used;
    }

    private static IEnumerable<ISymbol?> Symbols(SemanticModel model, SyntaxNode node)
    {
        yield return model.GetSymbolInfo(node).Symbol;
        var info = model.GetTypeInfo(node);
        yield return info.Type;
        yield return info.ConvertedType;
        switch (node)
        {
            case ParameterSyntax or VariableDeclaratorSyntax or SingleVariableDesignationSyntax:
                yield return model.GetDeclaredSymbol(node);
                break;
            case CommonForEachStatementSyntax loop:
                var each = model.GetForEachStatementInfo(loop);
                yield return each.GetEnumeratorMethod;
                yield return each.CurrentProperty;
                yield return each.ElementType;
                yield return each.ElementConversion.MethodSymbol;
                yield return each.CurrentConversion.MethodSymbol;
                break;
            case AssignmentExpressionSyntax assignment when assignment.IsKind(SyntaxKind.SimpleAssignmentExpression):
                yield return model.GetDeconstructionInfo(assignment).Method;
                break;
        }

        if (node is not ExpressionSyntax expression)
            yield break;
        yield return model.GetConversion(expression).MethodSymbol;
        if (expression.Parent is InitializerExpressionSyntax { RawKind: (int)SyntaxKind.CollectionInitializerExpression })
            yield return model.GetCollectionInitializerSymbolInfo(expression).Symbol;
    }

    /// <summary>The types of which a symbol is made.</summary>
    private static IEnumerable<INamedTypeSymbol> Types(ISymbol? symbol) => symbol switch
    {
        IArrayTypeSymbol array => Types(array.ElementType),
        IPointerTypeSymbol pointer => Types(pointer.PointedAtType),
        INamedTypeSymbol type => type.TypeArguments.SelectMany(Types).Concat(Types(type.ContainingType)).Append(type.OriginalDefinition),
        IMethodSymbol method => method.TypeArguments.Prepend(method.ReturnType).SelectMany(Types).Concat(Types(method.ContainingType)),
        ILocalSymbol local => Types(local.Type),
        IParameterSymbol parameter => Types(parameter.Type),
        IFieldSymbol field => Types(field.Type).Concat(Types(field.ContainingType)),
        IPropertySymbol property => Types(property.Type).Concat(Types(property.ContainingType)),
        IEventSymbol @event => Types(@event.Type).Concat(Types(@event.ContainingType)),
        _ => [],
    };
}
