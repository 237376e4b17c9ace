using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Diagnostics;

/// <content>The files of weights.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor WeightsNotFound = new(
        "CNN0090",
        "The file of weights must be in the project",
        "{0}: the project has no file {1}{2}; a path begins in the folder of the project, which has {3}, "
            + "and a file elsewhere needs an item <CnnWeights Include=\"PATH\" />",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0090.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor WeightsDamaged = new(
        "CNN0091",
        "The file of weights must be whole",
        "{0}: {1}; save it again",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0091.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor WeightsShape = new(
        "CNN0092",
        "A tensor of the file must have the network's shape",
        "{0}: tensor {1}: {2}, for {3}; declare the network of the file, or save the weights of this one",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0092.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor WeightsType = new(
        "CNN0093",
        "Weights must be floating-point numbers",
        "{0}: tensor {1}: {2}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0093.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor WeightsMissing = new(
        "CNN0094",
        "The file must have every tensor of the network",
        "{0}: tensor {1}: {2}, but {3}; declare the network of the file, or save the weights of this one",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0094.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor WeightsUnknown = new(
        "CNN0095",
        "The file must have no tensor of another network",
        "{0}: tensor {1}: {2}{3}; name the layers as the file does, or save the weights of this network",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0095.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor WeightsNotEmbedded = new(
        "CNN0096",
        "The build must see which file is named",
        "{0}: {1} is in the project but not embedded, because no source"
            + " had its name in one piece when the build looked; write it as a literal in [Weights(...)], or add an item <CnnWeights Include=\"{1}\" />",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0096.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor WeightsOnBlock = new(
        "CNN0097",
        "Weights belong to a network",
        "{0} stands on {1}, which has no [Input] and so is no network; put it on the network that uses {1}",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0097.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor WeightsOrder = new(
        "CNN0098",
        "The order of the numbers in a file must be known",
        "{0}: {1}; here the order is given as [Weights(..., Order = WeightOrder.PyTorch)]",
        Category,
        DiagnosticSeverity.Error,
        true,
        helpLinkUri: Pages + "CNN0098.md",
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    private static ImmutableArray<DiagnosticDescriptor> Weights =>
    [
        WeightsNotFound, WeightsDamaged, WeightsShape, WeightsType, WeightsMissing, WeightsUnknown, WeightsNotEmbedded, WeightsOnBlock,
        WeightsOrder,
    ];
}
