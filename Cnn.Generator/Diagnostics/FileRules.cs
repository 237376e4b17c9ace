using System.Collections.Immutable;

namespace Cnn.Generator.Diagnostics;

/// <content>The files of weights.</content>
internal static partial class Rules
{
    public static readonly Rule WeightsNotFound = new(
        "CNN0090",
        Severity.Error,
        "The file of weights must be in the project",
        "{0}: the project has no file {1}{2}; a path begins in the folder of the project, which has {3}, "
            + "and a file elsewhere needs an item <CnnWeights Include=\"PATH\" />");

    public static readonly Rule WeightsDamaged = new(
        "CNN0091",
        Severity.Error,
        "The file of weights must be whole",
        "{0}: {1}; save it again");

    public static readonly Rule WeightsShape = new(
        "CNN0092",
        Severity.Error,
        "A tensor of the file must have the network's shape",
        "{0}: tensor {1}: {2}, for {3}; declare the network of the file, or save the weights of this one");

    public static readonly Rule WeightsType = new(
        "CNN0093",
        Severity.Error,
        "Weights must be floating-point numbers",
        "{0}: tensor {1}: {2}");

    public static readonly Rule WeightsMissing = new(
        "CNN0094",
        Severity.Error,
        "The file must have every tensor of the network",
        "{0}: tensor {1}: {2}, but {3}; declare the network of the file, or save the weights of this one");

    public static readonly Rule WeightsUnknown = new(
        "CNN0095",
        Severity.Error,
        "The file must have no tensor of another network",
        "{0}: tensor {1}: {2}{3}; name the layers as the file does, or save the weights of this network");

    public static readonly Rule WeightsNotEmbedded = new(
        "CNN0096",
        Severity.Error,
        "The build must see which file is named",
        "{0}: {1} is in the project but not embedded, because no source"
            + " had its name in one piece when the build looked; write it as a literal in [Weights(...)], or add an item <CnnWeights Include=\"{1}\" />");

    public static readonly Rule WeightsOnBlock = new(
        "CNN0097",
        Severity.Error,
        "Weights belong to a network",
        "{0} stands on {1}, which has no [Input] and so is no network; put it on the network that uses {1}");

    public static readonly Rule WeightsOrder = new(
        "CNN0098",
        Severity.Error,
        "The order of the numbers in a file must be known",
        "{0}: {1}; here the order is given as [Weights(..., Order = WeightOrder.PyTorch)]");

    private static ImmutableArray<Rule> Weights =>
    [
        WeightsNotFound, WeightsDamaged, WeightsShape, WeightsType, WeightsMissing, WeightsUnknown, WeightsNotEmbedded, WeightsOnBlock,
        WeightsOrder,
    ];
}
