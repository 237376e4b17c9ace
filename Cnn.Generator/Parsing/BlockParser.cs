using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Parsing;

/// <summary>
/// Reads the classes that an attribute names as blocks, and the blocks within them.
/// </summary>
/// <param name="user">The class on which the attributes stand.</param>
/// <param name="locations">Gets where the attributes of the blocks stand, if not in another assembly.</param>
/// <param name="cancellationToken">Stops the reading.</param>
internal sealed class BlockParser(INamedTypeSymbol user, DeclarationLocations locations, CancellationToken cancellationToken)
{
    private readonly List<INamedTypeSymbol> _open = [user.OriginalDefinition];
    private readonly HashSet<string> _located = [];
    private readonly Dictionary<ISymbol, string> _keys = new(SymbolEqualityComparer.Default);
    private int _layers;

    /// <summary>The blocks named by an attribute, in the order of its arguments.</summary>
    public EquatableArray<BlockDeclaration> Named(AttributeData attribute)
    {
        if (attribute.AttributeClass is not { } user || !StructuralAttributes.NamesBlocks(AttributeValues.Kind(user)))
            return [];
        var blocks = new List<BlockDeclaration>();
        var parameters = attribute.AttributeConstructor!.Parameters;
        for (var i = 0; i < parameters.Length; i++)
            blocks.Add(Parse(parameters[i].Name, attribute.ConstructorArguments[i].Value as ITypeSymbol));
        foreach (var named in attribute.NamedArguments)
        {
            if (named.Value.Value is ITypeSymbol type)
                blocks.Add(Parse(named.Key, type));
        }

        return blocks.ToEquatableArray();
    }

    private BlockDeclaration Parse(string argument, ITypeSymbol? type)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (type is null)
            return new BlockDeclaration(argument, "null", "", [], "is no class; name a class with layers");
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class } named)
            return new BlockDeclaration(argument, ConstantText.Name(type), "", [], "is no class; name a class with layers");
        var name = ConstantText.Name(named);
        named = named.OriginalDefinition;
        if (!_keys.TryGetValue(named, out var key))
            _keys.Add(named, key = SymbolNames.Hint(named));
        if (_open.Contains(named, SymbolEqualityComparer.Default))
        {
            var cycle = _open.SkipWhile(open => !SymbolEqualityComparer.Default.Equals(open, named)).Append(named);
            var way = string.Join(" > ", cycle.Select(ConstantText.Name));
            return new BlockDeclaration(argument, name, key, [], "contains itself (" + way + "); break the cycle");
        }

        if (DeclarationParser.HasInput(named))
            return new BlockDeclaration(argument, name, key, [], "has an [Input] and is a network of its own; remove its [Input]");

        var ofNetwork = named.GetAttributes().FirstOrDefault(DeclarationParser.IsOfNetwork);
        if (ofNetwork is not null)
        {
            var kind = AttributeValues.Kind(ofNetwork.AttributeClass!);
            return new BlockDeclaration(
                argument, name, key, [], "has a [" + kind + "], which says something about a whole network; move it to the network");
        }

        // The class itself is open too.
        if (_open.Count > StructuralAttributes.MostDepth)
        {
            var within = $"stands within {StructuralAttributes.MostDepth} other blocks, the most that are allowed";
            return new BlockDeclaration(argument, name, key, [], within + "; put its layers on one of them");
        }

        // A block costs what is in it at every use, and blocks within blocks multiply: behind the limit nothing more is read.
        if (_layers > StructuralAttributes.MostLayers)
            return new BlockDeclaration(argument, name, key, [], "") { IsCutOff = true };
        _open.Add(named);
        var layers = new List<LayerDeclaration>();
        var parts = new HashSet<SyntaxNode?>();
        var isFirst = _located.Add(key);
        foreach (var attribute in named.GetAttributes().Where(IsLayer))
        {
            var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;
            parts.Add(syntax?.FirstAncestorOrSelf<TypeDeclarationSyntax>());
            if (isFirst && syntax is not null)
                Locate(attribute, syntax, Place.OfBlock(key, layers.Count));
            layers.Add(Layer(attribute, syntax));
        }

        _open.RemoveAt(_open.Count - 1);
        var problem = layers.All(layer => layer.Kind == StructuralAttributes.Output) ? "has no layers; put at least one on it"
            : parts.Count > 1 ? "has layers on two of its parts, which have no order; put them on one"
            : "";
        return new BlockDeclaration(argument, name, key, layers.ToEquatableArray(), problem);
    }

    /// <summary>An attribute that C# does not know may have been meant as a layer.</summary>
    private static bool IsLayer(AttributeData attribute) =>
        DeclarationParser.IsPartOfNetwork(attribute) || DeclarationParser.IsUnknown(attribute);

    private void Locate(AttributeData attribute, AttributeSyntax syntax, Place place)
    {
        locations.Add(place, syntax.GetLocation());
        if (!AttributeValues.IsBroken(attribute, syntax))
            AttributeLocations.AddArguments(locations, attribute, syntax, place);
    }

    private LayerDeclaration Layer(AttributeData attribute, AttributeSyntax? syntax)
    {
        _layers++;
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
