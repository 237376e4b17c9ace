using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Cnn.Generator.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Parsing;

/// <summary>
/// Reads the classes that an attribute names as blocks, and the blocks within them. A block has no positions: its faults are shown
/// where a network uses it.
/// </summary>
internal sealed class BlockParser(CancellationToken cancellationToken)
{
    private readonly List<INamedTypeSymbol> _open = [];

    /// <summary>The blocks named by an attribute, in the order of its arguments.</summary>
    public EquatableArray<BlockDeclaration> Named(AttributeData attribute)
    {
        if (!StructuralAttributes.NamesBlocks(attribute))
            return [];
        var blocks = new List<BlockDeclaration>();
        var parameters = attribute.AttributeConstructor!.Parameters;
        for (var i = 0; i < parameters.Length; i++)
        {
            if (attribute.ConstructorArguments[i].Value is ITypeSymbol type)
                blocks.Add(Parse(parameters[i].Name, type));
        }

        foreach (var named in attribute.NamedArguments)
        {
            if (named.Value.Value is ITypeSymbol type)
                blocks.Add(Parse(named.Key, type));
        }

        return blocks.ToEquatableArray();
    }

    private BlockDeclaration Parse(string argument, ITypeSymbol type)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class } named)
            return new BlockDeclaration(argument, type.ToDisplayString(), "", [], "is no class; name a class with layers");
        var name = Identifiers.Escape(named.Name);
        var key = Identifiers.Hint(named);
        if (_open.Contains(named, SymbolEqualityComparer.Default))
        {
            var cycle = string.Join(" > ", _open.SkipWhile(open => !SymbolEqualityComparer.Default.Equals(open, named)).Select(open => open.Name));
            return new BlockDeclaration(argument, name, key, [], "contains itself (" + cycle + " > " + name + "); break the cycle");
        }

        _open.Add(named);
        var layers = new List<LayerDeclaration>();
        var parts = new HashSet<SyntaxNode?>();
        foreach (var attribute in named.GetAttributes().Where(DeclarationParser.IsPartOfNetwork))
        {
            var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;
            parts.Add(syntax?.FirstAncestorOrSelf<TypeDeclarationSyntax>());
            layers.Add(Layer(attribute, syntax));
        }

        _open.RemoveAt(_open.Count - 1);
        var problem = DeclarationParser.HasInput(named) ? "has an [Input] and is a network of its own; remove its [Input]"
            : layers.Count == 0 ? "has no layers; put at least one on it"
            : parts.Count > 1 ? "has layers on two of its parts, which have no order; put them on one"
            : "";
        return new BlockDeclaration(argument, name, key, layers.ToEquatableArray(), problem);
    }

    private LayerDeclaration Layer(AttributeData attribute, AttributeSyntax? syntax)
    {
        if (AttributeValues.IsBroken(attribute, syntax))
            return new LayerDeclaration(syntax?.Name.ToString() ?? attribute.AttributeClass?.Name ?? "", [], IsBroken: true);
        var positional = attribute.AttributeConstructor!.Parameters.Select((parameter, index) => AttributeValues.Read(
            parameter.Name,
            attribute.ConstructorArguments[index],
            IsDefault(parameter, attribute.ConstructorArguments[index]) ? ArgumentForm.Default : ArgumentForm.Positional));
        var properties = attribute.NamedArguments.Select(named => AttributeValues.Read(named.Key, named.Value, ArgumentForm.Property));
        return new LayerDeclaration(
            AttributeValues.Kind(attribute.AttributeClass!), positional.Concat(properties).ToEquatableArray(), IsBroken: false)
        {
            Blocks = Named(attribute),
        };
    }

    private static bool IsDefault(IParameterSymbol parameter, TypedConstant constant) =>
        parameter.HasExplicitDefaultValue && constant.Kind != TypedConstantKind.Array
        && Equals(parameter.ExplicitDefaultValue, constant.Value);
}
