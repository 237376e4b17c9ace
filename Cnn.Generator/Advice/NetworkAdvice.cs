using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Advice;

/// <summary>Looks over a network without error for what is legal and probably not meant.</summary>
internal static class NetworkAdvice
{
    /// <summary>Adds warnings and hints to the faults.</summary>
    /// <param name="network">The network as it is declared.</param>
    /// <param name="items">The attribute of each of its nodes.</param>
    /// <param name="faults">Receives them.</param>
    public static void Give(Network network, EquatableArray<BuiltItem> items, FaultList faults)
    {
        var advised = new AdvisedNetwork(network, items, faults);
        InputOrderAdvice.Check(advised);
        foreach (var node in network.Nodes)
        {
            ActivationAdvice.Check(node, advised);
            DropoutAdvice.Check(node, advised);
            BiasAdvice.Check(node, advised);
            LinearAdvice.Check(node, advised);
            MomentumAdvice.Check(node, advised);
        }

        DenseAdvice.Check(advised);
        ReceptiveFieldAdvice.Check(advised);
    }
}
