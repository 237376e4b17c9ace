using System.Linq;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Advice;

/// <summary>A dense layer over a whole volume that makes the network large.</summary>
internal static class DenseAdvice
{
    /// <summary>Fewer parameters, 4 MB of weights, are no burden wherever they are.</summary>
    private const long Burden = 1_000_000;

    public static void Check(AdvisedNetwork network)
    {
        var total = network.Network.Nodes.Sum(node => node.Layer.ParameterCount(node.Input));
        if (total < Burden)
            return;
        foreach (var node in network.Network.Nodes)
        {
            var count = node.Layer.ParameterCount(node.Input);
            if (node.Layer is not DenseLayer dense || count == total || count * 10 <= total * 9 || Volume(node, network) is not { } volume)
                continue;
            var left = ((long)dense.Units * volume.Channels) + (dense.Bias ? dense.Units : 0);
            network.Report(
                Rules.DenseHoldsMost,
                node,
                "units",
                [],
                Text.Grouped(count),
                Text.Grouped(total),
                "a volume of " + volume,
                Text.Grouped(left));
        }
    }

    /// <summary>The volume of which a dense layer reads every element; null if pooling would not make it smaller.</summary>
    private static Shape? Volume(Node node, AdvisedNetwork network)
    {
        var source = network.Before(node);
        while (source is not null && (source.Layer.IsElementwise || source.Layer is BatchNormLayer))
            source = network.Before(source);
        return source is { Layer: FlattenLayer, Input: { } volume } && volume.Height * volume.Width > 1 ? volume : null;
    }
}
