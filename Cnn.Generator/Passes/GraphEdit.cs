using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Passes;

/// <summary>The edits of a graph that the passes make.</summary>
internal static class GraphEdit
{
    /// <summary>Drops nodes, whose readers then read what the dropped one read, and puts others in the place of their namesakes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="replaced">By the name of a value the name of the one to read instead; its node goes unless it is in <paramref name="kept"/>.</param>
    /// <param name="kept">By name the nodes that change.</param>
    public static Network Apply(Network network, IReadOnlyDictionary<string, string> replaced, IReadOnlyDictionary<string, Node> kept)
    {
        string Follow(string name)
        {
            while (replaced.TryGetValue(name, out var next))
                name = next;
            return name;
        }

        var nodes = network.Nodes
            .Where(node => !replaced.ContainsKey(node.Name))
            .Select(node => kept.TryGetValue(node.Name, out var changed) ? changed : node)
            .Select(node => node with { Sources = node.Sources.Select(Follow).ToEquatableArray() });
        return network with
        {
            Nodes = nodes.ToEquatableArray(),
            Outputs = network.OutputNames.Select(Follow).ToEquatableArray(),
        };
    }
}
