using System.Linq;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Advice;

/// <summary>Activations that follow each other, and a softmax that has nothing to decide.</summary>
internal static class ActivationAdvice
{
    public static void Check(Node node, AdvisedNetwork network)
    {
        if (node.Layer is SoftmaxLayer or LogSoftmaxLayer && node.Input.Channels == 1)
        {
            network.Report(
                Rules.SoftmaxOfOne,
                node,
                "",
                [new Remedy(RemedyKind.Replace, "Sigmoid")],
                node.Layer is SoftmaxLayer ? "1" : "0",
                node.Input.IsVector ? "a vector of 1" : "a volume of " + node.Input);
            return;
        }

        CheckTwice(node, network);
    }

    private static void CheckTwice(Node second, AdvisedNetwork network)
    {
        if (!IsActivation(second.Layer) && second.Layer is not (SoftmaxLayer or LogSoftmaxLayer))
            return;
        var first = network.Before(second);
        var only = second;
        while (first is { Layer: DropoutLayer or SpatialDropoutLayer } && network.OnlyReader(first) == only)
            (first, only) = (network.Before(first), first);

        // An activation with other readers, or one that gates another value, is a function of its own.
        if (first is null || !(IsActivation(first.Layer) || IsCut(first.Layer, second.Layer)) || network.OnlyReader(first) != only || IsGate(second, network))
            return;
        network.Report(
            Rules.ActivationTwice,
            second,
            "",
            network.IsRemovable(second) ? [new Remedy(RemedyKind.Remove)] : [],
            network.Text(first),
            ChangesNothing(first.Layer, second.Layer) ? "changes nothing" : "sees only what that one lets through");
    }

    /// <summary>Whether it bends what arrives; a bound only cuts it.</summary>
    private static bool IsActivation(Layer layer) => layer is PReluLayer or ActivationLayer { Function: not ActivationFunction.Clip };

    /// <summary>Whether a bound cuts the logits of a softmax.</summary>
    private static bool IsCut(Layer first, Layer second) =>
        first is ActivationLayer { Function: ActivationFunction.Clip } && second is (SoftmaxLayer or LogSoftmaxLayer);

    /// <summary>As in x * tanh(softplus(x)).</summary>
    private static bool IsGate(Node node, AdvisedNetwork network) =>
        network.Readers(node).Any() && network.Readers(node).All(reader => reader.Layer is MultiplyLayer);

    private static bool ChangesNothing(Layer first, Layer second) =>
        second is ActivationLayer { Function: ActivationFunction.Relu or ActivationFunction.LeakyRelu } or PReluLayer
        && first is ActivationLayer
        {
            Function: ActivationFunction.Relu or ActivationFunction.Relu6 or ActivationFunction.Sigmoid or ActivationFunction.HardSigmoid
                or ActivationFunction.Softplus,
        };
}
