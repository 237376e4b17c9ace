using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Advice;

/// <summary>A bias that the next normalisation subtracts again.</summary>
internal static class BiasAdvice
{
    public static void Check(Node node, AdvisedNetwork network)
    {
        if (node.Layer is not (IConvolution { Bias: true } or ConvTransposeLayer { Bias: true } or DenseLayer { Bias: true })
            || network.OnlyReader(node) is not { Layer: BatchNormLayer or InstanceNormLayer } norm)
            return;
        var count = node.Output.Channels;
        network.Report(
            Rules.DeadBias,
            node,
            "Bias",
            [Remedy.Set("Bias", "false")],
            (count == 1 ? "bias" : Text.Grouped(count) + " biases") + (count == 1 ? " has" : " have"),
            network.Text(norm));
    }
}
