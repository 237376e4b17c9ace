using System;
using System.Collections.Generic;

namespace Cnn.Reference;

/// <summary>The state that a layer gets beside its inputs in one pass over a batch, and the values that it keeps.</summary>
internal sealed class ReferenceRun
{
    /// <param name="tensors">The layer's parameters and running averages.</param>
    /// <param name="isHwc">Whether volumes are read and written with channels innermost.</param>
    /// <param name="isTraining">Whether the batch is trained on: with batch statistics, dropout and gradients.</param>
    /// <param name="masks">The elements, or channels, of each sample that a dropout layer keeps; null for all.</param>
    public ReferenceRun(IReadOnlyList<ReferenceParameter> tensors, bool isHwc, bool isTraining, bool[][]? masks)
    {
        IsHwc = isHwc;
        IsTraining = isTraining;
        Masks = masks;
        foreach (var tensor in tensors)
        {
            Tensors[tensor.Suffix] = Array.ConvertAll(tensor.Values, value => (double)value);
            if (isTraining && !tensor.IsBuffer)
                Gradients[tensor.Suffix] = new double[tensor.Values.Length];
        }
    }

    public bool IsHwc { get; }

    public bool IsTraining { get; }

    public bool[][]? Masks { get; }

    /// <summary>Gets the layer's tensors by the last part of their names.</summary>
    public Dictionary<string, double[]> Tensors { get; } = [];

    /// <summary>Gets where the layer adds the gradients of its parameters, by the last part of their names.</summary>
    public Dictionary<string, double[]> Gradients { get; } = [];

    /// <summary>Gets the layer's running averages after the batch, by the last part of their names.</summary>
    public Dictionary<string, double[]> Buffers { get; } = [];

    public double[]? Weight => Tensors.GetValueOrDefault("weight");

    public double[]? Bias => Tensors.GetValueOrDefault("bias");

    public double[]? WeightGradient => Gradients.GetValueOrDefault("weight");

    public double[]? BiasGradient => Gradients.GetValueOrDefault("bias");
}
