using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn;

/// <summary>The arithmetic of folding, in canonical order.</summary>
internal static class Folds
{
    /// <summary>Makes the weights of inference of a network.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="trained">Its weights of training.</param>
    public static AlignedFloats Make<TNetwork>(AlignedFloats trained)
        where TNetwork : class, INetwork<TNetwork>
    {
        float[]? Read(ParameterTensor? tensor)
        {
            if (tensor is null)
                return null;
            var values = new float[tensor.Length];
            tensor.Unpack(trained, values);
            return values;
        }

        var tensors = TNetwork.Parameters.ToDictionary(tensor => tensor.Name);
        var weights = new AlignedFloats(TNetwork.InferenceLength);
        foreach (var folded in TNetwork.FoldedParameters)
            folded.Tensor.Pack(Make(folded, name => Read(tensors.GetValueOrDefault(name))), weights);
        return weights;
    }

    /// <summary>Makes one tensor of inference.</summary>
    /// <param name="folded">The tensor to make.</param>
    /// <param name="read">Gives a tensor of training by its name; null if the network has none.</param>
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
                Folding.Shift => beta?[i] ?? 0,
                Folding.Center => mean[i],
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
