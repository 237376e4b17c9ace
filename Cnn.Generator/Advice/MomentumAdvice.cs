using System;
using System.Globalization;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Advice;

/// <summary>A momentum of batch normalisation that is probably the share of the old value, as Keras has it.</summary>
internal static class MomentumAdvice
{
    public static void Check(Node node, AdvisedNetwork network)
    {
        // 1 takes the last batch alone, and says so.
        if (node.Layer is not BatchNormLayer { Momentum: >= 0.9 and < 1 } norm)
            return;
        var (written, other) = (Text(norm.Momentum), Text(Math.Round(1 - norm.Momentum, 6)));
        network.Report(Rules.MomentumOfKeras, node, "Momentum", [Remedy.Set("Momentum", other)], written, other);
    }

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
