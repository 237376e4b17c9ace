using System.ComponentModel;

namespace Cnn;

/// <summary>What a tensor of inference is made of.</summary>
public enum Folding
{
    /// <summary>It is the tensor of training.</summary>
    Copy,

    /// <summary>The weight of a layer, each output channel times gamma / sqrt(variance + epsilon).</summary>
    Weight,

    /// <summary>beta + (bias - mean) * gamma / sqrt(variance + epsilon), where a layer without bias has 0 for it.</summary>
    Bias,

    /// <summary>gamma / sqrt(variance + epsilon).</summary>
    Scale,

    /// <summary>beta.</summary>
    Shift,

    /// <summary>mean.</summary>
    Center,
}

/// <summary>One tensor of the weights of inference, and how it comes from those of training. Made by the generator alone.</summary>
/// <param name="Folding">What is done.</param>
/// <param name="Source">The tensor of training; null where there is none.</param>
/// <param name="BatchNorm">The name of the normalisation whose statistics act; null where none do.</param>
/// <param name="Epsilon">Its epsilon.</param>
/// <param name="Groups">Groups of a transposed convolution, whose weight has the output channels in the second place; else 0.</param>
/// <param name="Tensor">Where it stands.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record FoldedParameter(
    Folding Folding, string? Source, string? BatchNorm, double Epsilon, int Groups, ParameterTensor Tensor)
{
    /// <summary>Gets the points along a side of a Winograd convolution's tiles, for which the weight is transformed; otherwise 0.</summary>
    public int Tile { get; init; }
}
