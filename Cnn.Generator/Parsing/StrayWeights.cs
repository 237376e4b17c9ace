using System;
using System.Linq;
using System.Threading;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Reporting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Parsing;

/// <summary>A <c>[Weights]</c> on a class without an input.</summary>
/// <param name="Key">The class, as blocks are counted.</param>
/// <param name="HasLayers">Whether the class has layers, so that its input may have been forgotten.</param>
/// <param name="Fault">What to say.</param>
/// <param name="Position">Where.</param>
internal sealed record StrayWeights(string Key, bool HasLayers, Fault Fault, Position Position)
{
    /// <summary>Reports those on blocks and on classes without layers; where an input was forgotten, that is the error.</summary>
    /// <param name="context">The generator.</param>
    /// <param name="blocks">The keys of the classes that others use as blocks.</param>
    public static void Report(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<(EquatableArray<string> OfNetworks, EquatableArray<string> OfOthers)> blocks)
    {
        var found = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                DeclarationParser.WeightsAttribute,
                static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax,
                static (found, cancellationToken) => Find(found, cancellationToken))
            .Where(static stray => stray is not null)
            .Select(static (stray, _) => stray!)
            .WithTrackingName(TrackingNames.StrayWeights)
            .Combine(blocks)
            .Where(static pair => !pair.Left.HasLayers || pair.Right.OfNetworks.Contains(pair.Left.Key) || pair.Right.OfOthers.Contains(pair.Left.Key))
            .Select(static (pair, _) => pair.Left);
        context.RegisterSourceOutput(found, static (output, stray) =>
            output.ReportDiagnostic(stray.Fault.At(stray.Position.ToLocation())));
    }

    private static StrayWeights? Find(GeneratorAttributeSyntaxContext found, CancellationToken cancellationToken)
    {
        if (found.TargetSymbol is not INamedTypeSymbol type || DeclarationParser.HasInput(type))
            return null;
        var attribute = found.Attributes[0];
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is not AttributeSyntax syntax
            || AttributeValues.IsBroken(attribute, syntax))
            return null;
        var locations = new DeclarationLocations();
        var written = new AttributeParser(type, locations, cancellationToken).Parse(attribute, Place.Weights);
        var fault = new Fault(Rules.WeightsOnBlock.Id, Place.Weights, [written.Text, ConstantText.Name(type)]);
        var position = DeclarationPositions.From(locations).Items[0];
        return new StrayWeights(SymbolNames.Hint(type), type.GetAttributes().Any(DeclarationParser.IsPartOfNetwork), fault, position);
    }
}
