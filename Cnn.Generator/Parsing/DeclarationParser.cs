using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Parsing;

/// <summary>What was read of one class.</summary>
internal sealed record ParsedDeclaration(NetworkDeclaration Declaration, DeclarationLocations Locations);

/// <summary>From a class with attributes to the declaration of a network.</summary>
internal sealed class DeclarationParser
{
    public const string InputAttribute = "Cnn.InputAttribute";

    public const string WeightsAttribute = "Cnn.WeightsAttribute";

    private readonly INamedTypeSymbol _type;
    private readonly CancellationToken _cancellationToken;
    private readonly FaultList _faults = new();
    private readonly DeclarationLocations _locations = new();
    private readonly List<Written> _inputs;
    private readonly List<Written> _layers;
    private readonly AttributeData? _weights;
    private readonly List<AttributeData> _ofNetwork;
    private readonly int _part;

    private DeclarationParser(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        _type = type;
        _cancellationToken = cancellationToken;
        var all = type.GetAttributes()
            .Where(attribute => attribute.ApplicationSyntaxReference is not null)
            .Select(attribute => new Written(attribute, PartOf(attribute)))
            .OrderBy(written => written.Part)
            .ThenBy(written => written.Attribute.ApplicationSyntaxReference!.Span.Start)
            .ToList();
        _inputs = [.. all.Where(written => IsInput(written.Attribute))];
        _weights = all.FirstOrDefault(written => MetadataName(written.Attribute) == WeightsAttribute)?.Attribute;
        _part = _inputs.Count > 0 ? _inputs[0].Part : all.FirstOrDefault(written => IsPartOfNetwork(written.Attribute))?.Part ?? -1;
        _ofNetwork = [.. all.Select(written => written.Attribute).Where(IsOfNetwork)];
        _layers = [.. all.Where(written => IsPartOfNetwork(written.Attribute) || (IsUnknown(written.Attribute) && written.Part == _part))];
    }

    /// <summary>Reads a class, or returns null where it is no network.</summary>
    /// <param name="type">The class.</param>
    /// <param name="part">The part that asks; only the first with an attribute is answered. Null asks for the whole.</param>
    /// <param name="lookForMembers">Whether to look for members that stand where a generated one would; not where those are there
    /// already.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static ParsedDeclaration? Parse(
        INamedTypeSymbol type, SyntaxNode? part, bool lookForMembers, CancellationToken cancellationToken)
    {
        // C# itself refuses the attributes on anything but a class.
        if (type.TypeKind != TypeKind.Class)
            return null;
        var parser = new DeclarationParser(type, cancellationToken);
        if (parser._part < 0)
            return null;
        return part is null || parser.IsPart(part) ? parser.Parse(lookForMembers) : null;
    }

    public static bool HasInput(INamedTypeSymbol type) => type.GetAttributes().Any(IsInput);

    private static bool IsInput(AttributeData attribute) => MetadataName(attribute) == InputAttribute;

    /// <summary>Whether an attribute is a layer, a use of a block or an output.</summary>
    public static bool IsPartOfNetwork(AttributeData attribute)
    {
        var name = MetadataName(attribute);
        return LayerCatalog.Find(name) is not null || StructuralAttributes.IsMetadataName(name);
    }

    /// <summary>Whether an attribute is about a whole network.</summary>
    public static bool IsOfNetwork(AttributeData attribute) => StructuralAttributes.IsOfNetworks(MetadataName(attribute));

    /// <summary>Whether C# knows no attribute of that name.</summary>
    public static bool IsUnknown(AttributeData attribute) => attribute.AttributeClass is null or { TypeKind: TypeKind.Error };

    private static string MetadataName(AttributeData attribute)
    {
        var type = attribute.AttributeClass;
        var isOurs = type is { ContainingType: null, ContainingNamespace: { Name: "Cnn", ContainingNamespace.IsGlobalNamespace: true } };
        return isOurs ? "Cnn." + type!.MetadataName : "";
    }

    private ParsedDeclaration Parse(bool lookForMembers)
    {
        var first = (Microsoft.CodeAnalysis.CSharp.Syntax.TypeDeclarationSyntax)
            _type.DeclaringSyntaxReferences[_part].GetSyntax(_cancellationToken);
        _locations.Add(Place.Type, first.Identifier.GetLocation());

        // Without an input it may have been meant as a block, of which nothing is asked.
        var mayBeBlock = _inputs.Count == 0 && !_layers.Any(written => IsUnknown(written.Attribute));
        var types = new TypeParser(_type, mayBeBlock ? new FaultList() : _faults, _locations, _cancellationToken);
        var identity = types.Identity();
        var attributes = new AttributeParser(_type, _locations, _cancellationToken);
        var input = _inputs.Count > 0 ? attributes.Parse(_inputs[0].Attribute, Place.Input) : null;
        var weights = _weights is null ? null : attributes.Parse(_weights, Place.Weights);
        var layers = _layers.Select((written, index) => attributes.Parse(written.Attribute, Place.Layer(index))).ToEquatableArray();
        var hasOutputs = layers.Any(layer => layer.Kind == StructuralAttributes.Output);
        var form = types.Form(lookForMembers, NetworkDeclaration.HasScaling(input), weights is not null, hasOutputs);
        CheckInputs(identity.Name, input, layers, attributes);
        var isOrdered = CheckOrder(identity.Name, input, layers);
        var declaration = new NetworkDeclaration(identity, form, input, layers, _faults.ToEquatableArray())
        {
            Weights = weights,
            IsOrdered = isOrdered,
            HasOneInput = _inputs.Count == 1,
            Memory = OfNetwork(StructuralAttributes.Memory, Place.Memory, attributes),
            Budget = OfNetwork(StructuralAttributes.Budget, Place.Budget, attributes),
        };
        return new ParsedDeclaration(declaration, _locations);
    }

    /// <summary>An attribute about the whole network, of which C# allows one; null where it is not there.</summary>
    private LayerDeclaration? OfNetwork(string kind, Place place, AttributeParser attributes)
    {
        var written = _ofNetwork.Find(attribute => AttributeValues.Kind(attribute.AttributeClass!) == kind);
        return written is null ? null : attributes.Parse(written, place);
    }

    private void CheckInputs(
        string name, LayerDeclaration? input, EquatableArray<LayerDeclaration> layers, AttributeParser attributes)
    {
        if (input is null)
        {
            // An attribute that C# does not know may have been meant as the input.
            if (!_layers.Any(written => IsUnknown(written.Attribute)))
                _faults.Report(Rules.MissingInput, Place.Layer(0), name, layers[0].Text);
            return;
        }

        for (var i = 1; i < _inputs.Count; i++)
        {
            var extra = attributes.Parse(_inputs[i].Attribute, Place.ExtraInput(i));
            if (!extra.IsBroken)
                _faults.Report(Rules.SecondInput, Place.ExtraInput(i), extra.Text, name, input.IsBroken ? "one" : input.Text);
        }

        if (layers.All(layer => layer.Kind == StructuralAttributes.Output) && !input.IsBroken)
            _faults.Report(Rules.NothingAfterInput, Place.Input, name, input.Text);
    }

    private bool CheckOrder(string name, LayerDeclaration? input, EquatableArray<LayerDeclaration> layers)
    {
        var stray = _layers.FindIndex(written => written.Part != _part);
        if (stray >= 0)
        {
            var anchor = input ?? layers[0];
            _faults.Report(Rules.LayersOnTwoParts, Place.Layer(stray), layers[stray].Text, name, anchor.Text);
            return false;
        }

        if (input is null)
            return true;
        var start = _inputs[0].Attribute.ApplicationSyntaxReference!.Span.Start;
        var early = _layers.FindIndex(written =>
            written.Attribute.ApplicationSyntaxReference!.Span.Start < start && !IsUnknown(written.Attribute));
        if (early >= 0)
            _faults.Report(Rules.LayerBeforeInput, Place.Layer(early), layers[early].Text, input.Text);
        return early < 0;
    }

    private bool IsPart(SyntaxNode node)
    {
        var part = _type.DeclaringSyntaxReferences[_part];
        return part.SyntaxTree == node.SyntaxTree && part.Span == node.Span;
    }

    private int PartOf(AttributeData attribute)
    {
        var application = attribute.ApplicationSyntaxReference!;
        for (var i = 0; i < _type.DeclaringSyntaxReferences.Length; i++)
        {
            var part = _type.DeclaringSyntaxReferences[i];
            if (part.SyntaxTree == application.SyntaxTree && part.Span.Contains(application.Span))
                return i;
        }

        return 0;
    }

    /// <summary>An attribute and the number of the part of the class on which it stands.</summary>
    private sealed record Written(AttributeData Attribute, int Part);
}
