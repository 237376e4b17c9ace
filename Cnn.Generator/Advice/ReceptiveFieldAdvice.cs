using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Advice;

/// <summary>
/// A network that ends in a pooling of all positions, none of which sees half of the input. A network with a dense layer over a volume sees
/// everything, one with an output per pixel may need only the surroundings, and one that pools the pixels themselves looks at no shape.
/// </summary>
internal static class ReceptiveFieldAdvice
{
    public static void Check(AdvisedNetwork network)
    {
        var input = network.Network.Input;
        var pools = network.Network.OutputNames.Select(name => LastPool(network.Find(name), network)).OfType<Node>().Distinct().ToList();
        if (input.IsVector || pools.Count == 0)
            return;
        var fields = new Dictionary<string, ReceptiveField> { [Network.InputName] = ReceptiveField.OfInput };
        foreach (var node in network.Network.Nodes)
            fields[node.Name] = ReceptiveField.Behind(node, [.. node.Sources.Select(source => fields[source])]);
        foreach (var pool in pools)
        {
            var field = fields[pool.Sources[0]];
            var isWindow = field.Rows > 1 || field.Columns > 1;
            if (!isWindow || field.Rows * 2 >= input.Height || field.Columns * 2 >= input.Width)
                continue;
            var seen = Text.Number((long)Math.Ceiling(field.Rows)) + "x" + Text.Number((long)Math.Ceiling(field.Columns));
            network.Report(
                Rules.SmallReceptiveField, pool, "", [], seen, Text.Number(input.Height) + "x" + Text.Number(input.Width));
        }
    }

    /// <summary>The pooling that leaves one position and is followed only by layers of one position; null if there is none.</summary>
    private static Node? LastPool(Node? node, AdvisedNetwork network)
    {
        for (; node is { Sources.Count: 1 }; node = network.Before(node))
        {
            if (node.Input is { IsVector: true } or { Height: 1, Width: 1 })
                continue;
            var isPool = node.Layer is GlobalPoolLayer or AdaptiveAvgPoolLayer or PoolLayer { IsMax: false };
            return isPool && node.Output is { Height: 1, Width: 1 } ? node : null;
        }

        return null;
    }
}
