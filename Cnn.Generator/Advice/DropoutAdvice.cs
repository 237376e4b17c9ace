using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Advice;

/// <summary>Dropout after which no layer is trained to do without the zeroed elements.</summary>
internal static class DropoutAdvice
{
    public static void Check(Node node, AdvisedNetwork network)
    {
        if (node.Layer is not (DropoutLayer { Rate: > 0 } or SpatialDropoutLayer { Rate: > 0 }) || !network.OnlyLeaves(node, PassesOn))
            return;
        var trained = network.Before(node);
        while (trained is not null && !trained.Layer.IsTrained(trained.Input))
            trained = network.Before(trained);
        if (trained is null)
            return;
        network.Report(
            Rules.DropoutOfOutput,
            node,
            "",
            network.IsRemovable(node) ? [new Remedy(RemedyKind.Remove)] : [],
            network.Text(trained));
    }

    /// <summary>Whether a layer takes each element, or each class, as it is.</summary>
    private static bool PassesOn(Node node) =>
        node.Layer is SoftmaxLayer or LogSoftmaxLayer or FlattenLayer or ReshapeLayer
        || (node.Layer.IsElementwise && !node.Layer.IsTrained(node.Input));
}
