using System;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Advice;

/// <summary>
/// Two layers without an activation between them that are together no more than the second could be alone, and a normalisation of what is
/// normalised already.
/// </summary>
/// <remarks>
/// Two linear layers are one, but not always in vain: a narrow one between wide ones saves weights (the bottlenecks of MobileNetV2), as do a
/// depthwise convolution before a pointwise one and small kernels one after the other. So only what is as wide as it need be is reported.
/// </remarks>
internal static class LinearAdvice
{
    public static void Check(Node node, AdvisedNetwork network)
    {
        CheckNormalisation(node, network);
        if (Width(node) is not { } second || Linear(node, network) is not { } before || Width(before) is not { } first)
            return;
        var isInVain = (before.Layer, node.Layer) switch
        {
            (DenseLayer, DenseLayer) => first.Out >= Math.Min(first.In, second.Out),
            (ConvLayer one, ConvLayer two) when one.Groups == 1 && two.Groups == 1 =>
                (IsPixelwise(two) && first.Out >= Math.Min(first.In, second.Out)) || (IsPixelwise(one) && first.Out >= first.In),
            _ => false,
        };
        if (isInVain)
        {
            var what = node.Layer is DenseLayer ? Text.Count(second.Out, "unit") : Text.Count(second.Out, "filter");
            network.Report(Rules.LinearTwice, node, "", [new Remedy(RemedyKind.InsertBefore, "Relu")], network.Text(before), what);
        }
    }

    private static void CheckNormalisation(Node node, AdvisedNetwork network)
    {
        if (node.Layer is not (BatchNormLayer or InstanceNormLayer) || network.Before(node) is not { } before
            || before.Layer.GetType() != node.Layer.GetType() || network.OnlyReader(before) != node)
            return;
        network.Report(
            Rules.NormalisedTwice, node, "", network.IsRemovable(node) ? [new Remedy(RemedyKind.Remove)] : [], network.Text(before));
    }

    /// <summary>
    /// The layer with weights that alone makes what a node reads, through layers that bend nothing; null if something does.
    /// </summary>
    private static Node? Linear(Node node, AdvisedNetwork network)
    {
        var (before, only) = (network.Before(node), node);
        while (before is { Layer: DropoutLayer or SpatialDropoutLayer or BatchNormLayer or FlattenLayer or ReshapeLayer }
            && network.OnlyReader(before) == only)
        {
            (before, only) = (network.Before(before), before);
        }

        return before is not null && network.OnlyReader(before) == only ? before : null;
    }

    /// <summary>The numbers from which each output of a layer is computed, and the outputs of each place.</summary>
    private static (long In, long Out)? Width(Node node) => node.Layer switch
    {
        DenseLayer dense => (node.Input.Length, dense.Units),
        ConvLayer conv => ((long)node.Input.Channels * conv.KernelHeight * conv.KernelWidth, conv.Filters),
        _ => null,
    };

    private static bool IsPixelwise(ConvLayer layer) => layer is { KernelHeight: 1, KernelWidth: 1 };
}
