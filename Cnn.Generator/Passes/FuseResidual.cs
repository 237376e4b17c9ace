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
        var fusion = new Fusion(network);
        foreach (var sum in network.Nodes.Where(node => node.Layer is AddLayer && node.Sources.Count == 2))
        {
            var current = fusion.Current(sum)!;
            var places = current.Sources.Select(network.PlaceOf).ToArray();
            var later = places[1] > places[0] ? 1 : 0;
            if (places[later] < 0 || fusion.Current(network.Nodes[places[later]]) is not { } maker || !CanAdd(maker))
                continue;
            if (fusion.OnlyReader(maker.Name) != sum)
                continue;
            var fused = maker with
            {
                Residual = current,
                Sources = [maker.Sources[0], current.Sources[1 - later]],
                Inputs = [maker.Input, current.Output],
            };
            fusion.Absorb(fused, current.Name);
        }

        return fusion.ToNetwork();
    }

    private static bool CanAdd(Node maker) => maker is { Layer.HasResidualEpilogue: true, Sources.Count: 1 }
        && maker.Output.Channels % Lanes == 0
        && maker.Output.Height * maker.Output.Width > 1;
}
