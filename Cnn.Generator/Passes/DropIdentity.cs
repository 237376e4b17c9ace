using System.Collections.Generic;
using Cnn.Generator.Graph;

namespace Cnn.Generator.Passes;

/// <summary>Removes what does nothing at inference: dropout, pooling by 1 with stride 1.</summary>
internal static class DropIdentity
{
    public static Network Run(Network network)
    {
        var replaced = new Dictionary<string, string>();
        foreach (var node in network.Nodes)
        {
            if (node.Layer.IsIdentityAtInference(node.Input))
                replaced.Add(node.Name, node.Sources[0]);
        }

        return GraphEdit.Apply(network, replaced, new Dictionary<string, Node>());
    }
}
