using System;
using System.Diagnostics;

namespace Cnn;

/// <summary>The weights before training.</summary>
public static class ParameterInitialization
{
    /// <summary>
    /// Draws every parameter of a network as its <see cref="ParameterTensor.Initializer"/> says: uniform in +-sqrt(6 / fanIn) (He et al.
    /// 2015), uniform in +-sqrt(6 / (fanIn + fanOut)) (Glorot and Bengio 2010), or constant.
    /// </summary>
    /// <remarks>
    /// Each tensor draws from the stream (seed, its index), in canonical order. The numbers therefore depend neither on the order of the
    /// kernels nor on the layers that follow.
    /// </remarks>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="weights">The network's weights in kernel order; padding becomes zero.</param>
    /// <param name="seed">Any number; the same one gives the same bits on every machine.</param>
    /// <exception cref="ArgumentException"><paramref name="weights"/> is not as long as the network's weights.</exception>
    public static void Initialize<TNetwork>(Span<float> weights, int seed)
        where TNetwork : class, INetwork<TNetwork>
    {
        if (weights.Length != TNetwork.WeightsLength)
        {
            throw new ArgumentException(
                $"{typeof(TNetwork).Name} has {TNetwork.WeightsLength} weights; the span has {weights.Length}.",
                nameof(weights));
        }

        weights.Clear();
        var tensors = TNetwork.Parameters;
        for (var index = 0; index < tensors.Count; index++)
        {
            var canonical = new float[tensors[index].Length];
            Draw(tensors[index], Rng.Stream((uint)seed, (uint)index), canonical);
            tensors[index].Pack(canonical, weights);
        }
    }

    /// <summary>Draws one tensor in canonical order.</summary>
    internal static void Draw(ParameterTensor tensor, Rng rng, Span<float> canonical)
    {
        if (tensor.Initializer == Initializer.Constant)
        {
            canonical.Fill(tensor.Start);
            return;
        }

        var bound = (float)Bound(tensor);
        for (var i = 0; i < canonical.Length; i++)
            canonical[i] = bound * ((2f * rng.NextFloat()) - 1f);
    }

    private static double Bound(ParameterTensor tensor) => tensor.Initializer switch
    {
        Initializer.Zeros => 0,
        Initializer.He => Math.Sqrt(6.0 / tensor.FanIn),
        Initializer.Glorot => Math.Sqrt(6.0 / ((double)tensor.FanIn + tensor.FanOut)),
        _ => throw new UnreachableException($"{tensor.Name} has an unknown initializer."),
    };
}
