using System;

namespace Cnn.Reference;

/// <summary>A trainable tensor, or a running average, of a <see cref="ReferenceNetwork"/> in its canonical (PyTorch) form.</summary>
public sealed class ReferenceParameter
{
    /// <summary>A tensor of zeros.</summary>
    /// <param name="name">The canonical name: <c>conv1.weight</c>.</param>
    /// <param name="shape">
    /// [filters, channels / groups, kernelHeight, kernelWidth], [units, inputs], [outputs], [channels, filters / groups, kernelHeight,
    /// kernelWidth] of a transposed convolution, [channels] of a normalisation, [channels, height, width] of one over whole samples.
    /// </param>
    public ReferenceParameter(string name, params int[] shape)
        : this(name, 0, false, shape)
    {
    }

    internal ReferenceParameter(string name, float value, bool isBuffer, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Name = name;
        Shape = shape;
        IsBuffer = isBuffer;
        var length = 1;
        foreach (var dimension in shape)
            length = checked(length * dimension);
        Values = new float[length];
        Values.AsSpan().Fill(value);
    }

    /// <summary>Gets the canonical name.</summary>
    public string Name { get; }

    /// <summary>Gets the canonical shape.</summary>
    public int[] Shape { get; }

    /// <summary>Gets a value indicating whether it is a running average, which no gradient trains.</summary>
    public bool IsBuffer { get; }

    /// <summary>
    /// Gets the elements in row-major order, to be written by the caller. At first weights and biases are zero, but the weights of
    /// normalisations and running variances one, as in PyTorch.
    /// </summary>
    public float[] Values { get; }

    /// <summary>Gets the last part of the name: <c>weight</c>.</summary>
    internal string Suffix => Name[(Name.LastIndexOf('.') + 1)..];
}
