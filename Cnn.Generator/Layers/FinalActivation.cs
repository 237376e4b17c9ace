using Cnn.Generator.Graph;

namespace Cnn.Generator.Layers;

/// <summary>The layer that makes the values of the main output, whatever then moves them.</summary>
internal static class FinalActivation
{
    /// <summary>The layer; null where the values are the input's.</summary>
    /// <param name="network">The network.</param>
    /// <param name="throughPooling">
    /// Whether to look for what was pooled, whose range the means and maxima share, or to take the pooling for the layer.
    /// </param>
    public static Node? Of(Network network, bool throughPooling)
    {
        var name = network.OutputNames[0];
        while (name != Network.InputName)
        {
            var node = network.Find(name);
            if (!Moves(node.Layer) && !(throughPooling && Pools(node.Layer)))
                return node;
            name = node.Sources[0];
        }

        return null;
    }

    /// <summary>Whether the values of the main output are probabilities of a yes, each by itself.</summary>
    public static bool IsSigmoid(Network network) =>
        Of(network, throughPooling: true) is { Layer: ActivationLayer { Function: ActivationFunction.Sigmoid or ActivationFunction.HardSigmoid } };

    private static bool Moves(Layer layer) => layer is FlattenLayer or ReshapeLayer or DropoutLayer or SpatialDropoutLayer or PixelShuffleLayer or CropLayer;

    private static bool Pools(Layer layer) => layer is PoolLayer or GlobalPoolLayer or AdaptiveAvgPoolLayer or UpsampleLayer;
}
