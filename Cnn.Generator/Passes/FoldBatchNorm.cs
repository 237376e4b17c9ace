using System.Collections.Generic;
using Cnn.Generator.Graph;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Passes;

/// <summary>
/// Folds a batch normalisation into the convolution or dense layer that it alone reads: at inference its statistics are numbers, so
/// gamma (w x + b - mean) / sqrt(variance + epsilon) + beta is the same layer with other weights.
/// </summary>
internal static class FoldBatchNorm
{
    public static Network Run(Network network)
    {
        var replaced = new Dictionary<string, string>();
        var kept = new Dictionary<string, Node>();
        foreach (var node in network.Nodes)
        {
            if (!node.Layer.FoldsBatchNorm || network.OnlyReader(node.Name) is not { Layer: BatchNormLayer } norm)
                continue;
            kept.Add(node.Name, node with { BatchNorm = norm });
            replaced.Add(norm.Name, node.Name);
        }

        return GraphEdit.Apply(network, replaced, kept);
    }
}
