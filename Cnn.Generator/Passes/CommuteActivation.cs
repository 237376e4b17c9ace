using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Passes;

/// <summary>
/// Moves an activation behind the max pooling that follows it: max(f(a), f(b)) = f(max(a, b)) for a monotonic f, with a fraction of the
/// work. The gradient stays the same: the winner of the window is the same element.
/// </summary>
internal static class CommuteActivation
{
    public static Network Run(Network network)
    {
        var nodes = network.Nodes.ToList();
        for (var i = 0; i + 1 < nodes.Count; i++)
        {
            if (nodes[i].Layer is not ActivationLayer || nodes[i + 1].Layer is not PoolLayer { IsMax: true })
                continue;
            var activation = nodes[i];
            var pool = nodes[i + 1];
            nodes[i] = pool with { Input = activation.Input };
            nodes[i + 1] = activation with { Input = pool.Output, Output = pool.Output };
        }

        return network with { Nodes = nodes.ToEquatableArray() };
    }
}
