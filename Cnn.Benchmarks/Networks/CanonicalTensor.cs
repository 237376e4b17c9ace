using System.Collections.Generic;
using System.Linq;

namespace Cnn.Benchmarks.Networks;

/// <summary>A trainable tensor in PyTorch's order, as the rivals read it.</summary>
/// <param name="Name">The canonical name: <c>conv1.weight</c>.</param>
/// <param name="Shape">The canonical shape.</param>
/// <param name="Values">The elements.</param>
internal sealed record CanonicalTensor(string Name, IReadOnlyList<int> Shape, float[] Values)
{
    /// <summary>Reads every tensor of a network.</summary>
    public static Dictionary<string, CanonicalTensor> Of<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        return TNetwork.Parameters.ToDictionary(
            parameter => parameter.Name,
            parameter =>
            {
                var values = new float[parameter.Length];
                parameter.Unpack(network.Weights, values);
                return new CanonicalTensor(parameter.Name, parameter.Shape, values);
            });
    }
}
