using Cnn.Generator.Layers;

namespace Cnn.Generator.Graph;

/// <summary>The layer that makes the values of the main output, whatever then moves them or takes their mean or largest.</summary>
internal static class FinalActivation
{
    /// <summary>The layer; null where the values are the input's.</summary>
    public static Node? Of(Network network)
    {
        var name = network.OutputNames[0];
        while (name != Network.InputName)
        {
            var node = network.Find(name);
            if (!KeepsRange(node.Layer))
                return node;
            name = node.Sources[0];
        }

        return null;
    }

    /// <summary>Whether the values of the main output are probabilities of a yes, each by itself.</summary>
    public static bool IsSigmoid(Network network) =>
        Of(network) is { Layer: ActivationLayer { Function: ActivationFunction.Sigmoid or ActivationFunction.HardSigmoid } };

    /// <summary>Whether what leaves a layer is in the range of what enters it.</summary>
    private static bool KeepsRange(Layer layer) => layer is FlattenLayer or ReshapeLayer or DropoutLayer or SpatialDropoutLayer or PoolLayer
        or GlobalPoolLayer or AdaptiveAvgPoolLayer or UpsampleLayer or PixelShuffleLayer or CropLayer;
}
