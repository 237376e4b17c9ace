using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using System.Threading;

namespace Cnn;

/// <summary>
/// The weights of inference of one network: those of training with batch normalisation folded in, and transformed where a convolution is
/// computed as Winograd's. Made on first use, and anew on the first use after a change.
/// </summary>
/// <typeparam name="TNetwork">The network.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FoldedWeights<TNetwork>
    where TNetwork : class, INetwork<TNetwork>
{
    private readonly Lock _gate = new();
    private AlignedFloats _weights;
    private volatile bool _isCurrent;

    /// <summary>The weights of inference. Any number of threads may ask.</summary>
    /// <param name="network">The network.</param>
    public ReadOnlySpan<float> Of(TNetwork network)
    {
        if (!_isCurrent)
            Fold(network);
        return _weights;
    }

    /// <summary>Says that the weights of training have changed.</summary>
    public void Forget() => _isCurrent = false;

    private void Fold(TNetwork network)
    {
        lock (_gate)
        {
            if (_isCurrent)
                return;
            if (_weights.Length == 0)
                _weights = new AlignedFloats(TNetwork.InferenceLength);
            var trained = TNetwork.Parameters.ToDictionary(tensor => tensor.Name);
            foreach (var folded in TNetwork.FoldedParameters)
                folded.Tensor.Pack(Folds.Make(folded, name => Read(trained, name, network)), _weights);
            _isCurrent = true;
        }
    }

    private static float[]? Read(Dictionary<string, ParameterTensor> tensors, string name, TNetwork network)
    {
        if (!tensors.TryGetValue(name, out var tensor))
            return null;
        var values = new float[tensor.Length];
        tensor.Unpack(network.Weights, values);
        return values;
    }
}

/// <summary>The arithmetic of folding, in canonical order.</summary>
internal static class Folds
{
    /// <summary>Makes one tensor of inference.</summary>
    /// <param name="folded">What is made.</param>
    /// <param name="read">Gives a tensor of training by its name; null where the network has none.</param>
    public static float[] Make(FoldedParameter folded, Func<string, float[]?> read)
    {
        var source = folded.Source is null ? null : read(folded.Source);
        var values = folded.BatchNorm is null ? source! : WithStatistics(folded, source, read);
        return folded.Tile == 0 ? values : WinogradWeights.Transform(values, folded.Tile);
    }

    private static float[] WithStatistics(FoldedParameter folded, float[]? source, Func<string, float[]?> read)
    {
        var mean = read(folded.BatchNorm + ".running_mean")!;
        var variance = read(folded.BatchNorm + ".running_var")!;
        var gamma = read(folded.BatchNorm + ".weight");
        var beta = read(folded.BatchNorm + ".bias");
        var factors = new double[variance.Length];
        for (var channel = 0; channel < factors.Length; channel++)
            factors[channel] = (gamma?[channel] ?? 1) / Math.Sqrt(variance[channel] + folded.Epsilon);

        if (folded.Folding == Folding.Weight)
            return Scaled(folded, source!, factors);
        var result = new float[folded.Tensor.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = (float)(folded.Folding switch
            {
                Folding.Bias => (beta?[i] ?? 0) + (((source?[i] ?? 0) - (double)mean[i]) * factors[i]),
                Folding.Scale => factors[i],
                Folding.Shift => (beta?[i] ?? 0) - (mean[i] * factors[i]),
                _ => throw new ArgumentOutOfRangeException(nameof(folded), folded.Folding, "There is no such folding."),
            });
        }

        return result;
    }

    /// <summary>A weight, [out, ...] or [in, out / groups, ...], times the factors of its output channels.</summary>
    private static float[] Scaled(FoldedParameter folded, float[] source, double[] factors)
    {
        var (first, second) = (folded.Tensor.Shape[0], folded.Tensor.Shape[1]);
        var rows = folded.Groups == 0 ? first : first * second;
        var length = source.Length / rows;
        var result = new float[source.Length];
        for (var row = 0; row < rows; row++)
        {
            var channel = folded.Groups == 0 ? row : (row / second / (first / folded.Groups) * second) + (row % second);
            var factor = factors[channel];
            for (var i = row * length; i < (row + 1) * length; i++)
                result[i] = (float)(source[i] * factor);
        }

        return result;
    }
}
