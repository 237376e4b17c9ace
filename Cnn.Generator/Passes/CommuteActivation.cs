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
        var nodes = new LinkedList<Node>(network.Nodes);
        var links = new Dictionary<string, LinkedListNode<Node>>();
        for (var link = nodes.First; link is not null; link = link.Next)
            links.Add(link.Value.Name, link);

        // Whoever read the pooling reads the activation, whose readers are then those of the last pooling that it moved behind.
        var replaced = new Dictionary<string, string>();
        var last = new Dictionary<string, string>();
        for (var link = nodes.First; link is not null; link = link.Next)
        {
            if (link.Value.Layer is not ActivationLayer { IsMonotonic: true })
                continue;
            var activation = link.Value;
            var value = last.TryGetValue(activation.Name, out var moved) ? moved : activation.Name;
            if (network.OnlyReader(value) is not { Layer: PoolLayer { IsMax: true } } pool)
                continue;
            var sources = moved is null ? Renamed(activation.Sources, replaced) : activation.Sources;
            nodes.Remove(links[pool.Name]);
            link.Value = pool with { Sources = sources, Inputs = activation.Inputs };
            nodes.AddAfter(link, activation with { Sources = [pool.Name], Inputs = [pool.Output], Output = pool.Output });
            replaced.Add(pool.Name, activation.Name);
            last[activation.Name] = pool.Name;
        }

        var settled = new HashSet<string>(last.Keys.Concat(replaced.Keys));
        return network with
        {
            Nodes = nodes.Select(node => settled.Contains(node.Name) ? node : node with { Sources = Renamed(node.Sources, replaced) }).ToEquatableArray(),
            Outputs = Renamed(network.OutputNames, replaced),
        };
    }

    private static EquatableArray<string> Renamed(IEnumerable<string> names, Dictionary<string, string> replaced) =>
        names.Select(name => replaced.TryGetValue(name, out var other) ? other : name).ToEquatableArray();
}
