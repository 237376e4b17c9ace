using System.ComponentModel;

namespace Cnn;

/// <summary>The formula by which a tensor of inference is made.</summary>
public enum Folding
{
    /// <summary>It is the tensor of training.</summary>
    Copy,

    /// <summary>The weight of a layer, each output channel times gamma / sqrt(variance + epsilon).</summary>
    Weight,

    /// <summary>beta + (bias - mean) * gamma / sqrt(variance + epsilon), with a bias of 0 for a layer that has none.</summary>
    Bias,

    /// <summary>gamma / sqrt(variance + epsilon).</summary>
    Scale,

    /// <summary>beta.</summary>
    Shift,

    /// <summary>mean.</summary>
    Center,
}

/// <summary>One tensor of the weights of inference, and its origin in those of training. Only the generator makes it.</summary>
/// <param name="Folding">The formula.</param>
/// <param name="Source">The tensor of training; null if there is none.</param>
/// <param name="BatchNorm">The name of the normalisation whose statistics are used; null if none are.</param>
/// <param name="Epsilon">Its epsilon.</param>
/// <param name="Groups">Groups of a transposed convolution, whose weight has the output channels as its second dimension; else 0.</param>
/// <param name="Tensor">The tensor that is made.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record FoldedParameter(
    Folding Folding, string? Source, string? BatchNorm, double Epsilon, int Groups, ParameterTensor Tensor)
{
    /// <summary>Gets the points along a side of a Winograd convolution's tiles, for which the weight is transformed; otherwise 0.</summary>
    public int Tile { get; init; }
}
