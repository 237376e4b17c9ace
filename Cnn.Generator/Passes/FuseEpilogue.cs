using Cnn.Generator.Graph;
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
        // What is fused may be followed by more: from the front, each node takes in as many readers as it can.
        var fusion = new Fusion(network);
        foreach (var node in network.Nodes)
        {
            while (fusion.Current(node) is { Layer.HasEpilogue: true } producer
                && fusion.OnlyReader(node.Name) is { Sources.Count: 1 } next && fusion.Current(next) is { } reader
                && Fuse(producer, reader, fusePooling) is { } fused)
            {
                fusion.Absorb(fused, reader.Name);
            }
        }

        return fusion.ToNetwork();
    }

    private static Node? Fuse(Node producer, Node reader, bool fusePooling)
    {
        if (reader.Layer is ActivationLayer activation)
        {
            // Training keeps what a derivative reads: the output where that is enough, else the activation stands by itself.
            var averaged = producer.Pool is { Layer: PoolLayer { IsMax: false } };
            var possible = producer.Activation is null && !averaged && (fusePooling || !activation.DerivativeReadsInput);
            return possible ? producer with { Activation = activation, Output = reader.Output } : null;
        }

        if (!fusePooling || !producer.Layer.HasPoolingEpilogue || producer.Pool is not null || producer.Residual is not null || reader.Layer is not PoolLayer pool)
            return null;
        var commutes = producer.Activation is null || !pool.IsMax;
        return commutes && PoolGeometry.Of(pool, reader.Input).IsPairs ? producer with { Pool = reader, Output = reader.Output } : null;
    }
}
