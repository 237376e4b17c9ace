using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Passes;

/// <summary>
/// Brings a sum of two volumes into the registers of the convolution that computes one of them, at inference: the later one, so that the other is
/// there when it begins.
/// </summary>
internal static class FuseResidual
{
    /// <summary>Channels are added in whole vectors of the widest kind.</summary>
    private const int Lanes = 8;

    public static Network Run(Network network)
    {
        foreach (var sum in network.Nodes.Where(node => node.Layer is AddLayer && node.Sources.Count == 2))
        {
            // A node that became a convolution's residual has gone, and its readers read that.
            var current = network.Find(sum.Name);
            var order = network.Nodes.Select(node => node.Name).ToList();
            var places = current.Sources.Select(source => order.IndexOf(source)).ToArray();
            var later = places[1] > places[0] ? 1 : 0;
            if (places[later] < 0 || !CanAdd(network, network.Nodes[places[later]], current))
                continue;
            var maker = network.Nodes[places[later]];
            var fused = maker with
            {
                Residual = current,
                Sources = [maker.Sources[0], current.Sources[1 - later]],
                Inputs = [maker.Input, current.Output],
            };
            network = GraphEdit.Apply(
                network,
                new Dictionary<string, string> { [current.Name] = fused.Name },
                new Dictionary<string, Node> { [fused.Name] = fused });
        }

        return network;
    }

    private static bool CanAdd(Network network, Node maker, Node sum) => maker is { Layer.HasResidualEpilogue: true, Sources.Count: 1 }
        && maker.Output.Channels % Lanes == 0
        && maker.Output.Height * maker.Output.Width > 1
        && network.OnlyReader(maker.Name) == sum;
}
