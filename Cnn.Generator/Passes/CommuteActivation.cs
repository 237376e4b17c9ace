using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Passes;

/// <summary>
/// Moves an activation behind the max pooling that alone reads it: max(f(a), f(b)) = f(max(a, b)) for a monotonic f, with a
/// fraction of the work. The gradient stays the same: the winner of the window is the same element.
/// </summary>
internal static class CommuteActivation
{
    public static Network Run(Network network)
    {
        var nodes = network.Nodes.ToList();
        var outputs = network.OutputNames.ToList();
        for (var i = 0; i < nodes.Count; i++)
        {
            if (nodes[i].Layer is not ActivationLayer { IsMonotonic: true })
                continue;
            var activation = nodes[i];
            var current = network with { Nodes = nodes.ToEquatableArray(), Outputs = outputs.ToEquatableArray() };
            if (current.OnlyReader(activation.Name) is not { Layer: PoolLayer { IsMax: true } } pool)
                continue;
            var place = nodes.IndexOf(pool);
            nodes[i] = pool with { Sources = activation.Sources, Inputs = activation.Inputs };
            nodes.RemoveAt(place);
            var behind = activation with { Sources = [pool.Name], Inputs = [pool.Output], Output = pool.Output };
            for (var k = 0; k < nodes.Count; k++)
                nodes[k] = nodes[k] with { Sources = Renamed(nodes[k].Sources, pool.Name, activation.Name).ToEquatableArray() };
            nodes.Insert(i + 1, behind);
            outputs = [.. Renamed(outputs, pool.Name, activation.Name)];
        }

        return network with { Nodes = nodes.ToEquatableArray(), Outputs = outputs.ToEquatableArray() };
    }

    private static IEnumerable<string> Renamed(IEnumerable<string> names, string from, string to) =>
        names.Select(name => name == from ? to : name);
}
