using System.Collections.Generic;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Passes;

/// <summary>
/// Brings what follows a convolution or a dense layer into its registers: the activation, and for inference a 2x2 pooling of stride 2.
/// </summary>
internal static class FuseEpilogue
{
    public static Network Run(Network network, bool fusePooling)
    {
        var nodes = new List<Node>();
        foreach (var node in network.Nodes)
        {
            var last = nodes.Count == 0 ? null : nodes[nodes.Count - 1];
            if (last is not null && Fuse(last, node, fusePooling) is { } fused)
                nodes[nodes.Count - 1] = fused;
            else
                nodes.Add(node);
        }

        return network with { Nodes = nodes.ToEquatableArray() };
    }

    private static Node? Fuse(Node producer, Node consumer, bool fusePooling)
    {
        if (producer.Layer is not (ConvLayer or DenseLayer))
            return null;
        if (consumer.Layer is ActivationLayer activation)
        {
            var averaged = producer.Pool is { Layer: PoolLayer { IsMax: false } };
            return producer.Activation is null && !averaged ? producer with { Activation = activation, Output = consumer.Output } : null;
        }

        if (!fusePooling || producer.Layer is not ConvLayer || producer.Pool is not null || consumer.Layer is not PoolLayer pool)
            return null;
        var commutes = producer.Activation is null || !pool.IsMax;
        return commutes && PoolGeometry.Of(pool, consumer.Input).IsPairs ? producer with { Pool = consumer, Output = consumer.Output } : null;
    }
}
