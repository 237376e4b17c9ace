using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Passes;

/// <summary>Removes what does nothing at inference: dropout, pooling by 1 with stride 1.</summary>
internal static class DropIdentity
{
    public static Network Run(Network network) =>
        network with { Nodes = network.Nodes.Where(node => !IsIdentity(node)).ToEquatableArray() };

    private static bool IsIdentity(Node node) => node.Layer switch
    {
        DropoutLayer => true,
        PoolLayer pool => pool.Size == 1 && pool.Stride == 1,
        _ => false,
    };
}
