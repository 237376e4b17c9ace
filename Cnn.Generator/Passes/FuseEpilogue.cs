using Cnn.Generator.Graph;

namespace Cnn.Generator.Passes;

/// <summary>
/// Brings what follows a convolution or a dense layer into its registers, as far as the rules allow: the activation, and for inference a 2x2
/// pooling of stride 2.
/// </summary>
internal static class FuseEpilogue
{
    public static Network Run(Network network, FusionRules rules)
    {
        // More readers may follow a fused one: from the first node on, each takes in as many readers as it can.
        var fusion = new Fusion(network);
        foreach (var node in network.Nodes)
        {
            while (fusion.Current(node) is { } producer
                && fusion.OnlyReader(node.Name) is { Sources.Count: 1 } next && fusion.Current(next) is { } reader
                && rules.Fuse(producer, reader) is { } fused)
            {
                fusion.Absorb(fused, reader.Name);
            }
        }

        return fusion.ToNetwork();
    }
}
