using System;

namespace Cnn;

/// <summary>
/// A 2-D convolution, computed as cross-correlation: from height x width x channels to
/// (floor((n + 2p - f) / s) + 1) per side x <see cref="Filters"/>. Parameters: filters * (channels * kernelHeight * kernelWidth + 1).
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ConvAttribute : Attribute
{
    /// <summary>A convolution with a square kernel.</summary>
    /// <param name="filters">Output channels, at least 1.</param>
    /// <param name="kernel">Rows and columns of the kernel, at least 1.</param>
    public ConvAttribute(int filters, int kernel)
        : this(filters, kernel, kernel)
    {
    }

    /// <summary>A convolution with a rectangular kernel.</summary>
    /// <param name="filters">Output channels, at least 1.</param>
    /// <param name="kernelHeight">Rows of the kernel, at least 1.</param>
    /// <param name="kernelWidth">Columns of the kernel, at least 1.</param>
    public ConvAttribute(int filters, int kernelHeight, int kernelWidth)
    {
        Filters = filters;
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
    }

    /// <summary>Gets the number of filters, which is the number of output channels.</summary>
    public int Filters { get; }

    /// <summary>Gets the rows of the kernel.</summary>
    public int KernelHeight { get; }

    /// <summary>Gets the columns of the kernel.</summary>
    public int KernelWidth { get; }

    /// <summary>Gets or sets the step of the window in both directions, at least 1. The default is 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>
    /// Gets or sets the zeros on every side: a number, <see cref="Cnn.Padding.Same"/> or <see cref="Cnn.Padding.Valid"/> (the default).
    /// </summary>
    public int Padding { get; set; } = Cnn.Padding.Valid;

    /// <summary>Gets or sets the channels that this layer promises to receive; a compile error if others arrive. Optional.</summary>
    public int InChannels { get; set; }

    /// <summary>Gets or sets a value indicating whether each filter adds a trainable bias. The default is true.</summary>
    public bool Bias { get; set; } = true;
}

/// <summary>Max pooling: the largest element of each window, each channel by itself. Padding never wins.</summary>
/// <param name="size">Rows and columns of the window, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MaxPoolAttribute(int size) : Attribute
{
    /// <summary>Gets the rows and columns of the window.</summary>
    public int Size { get; } = size;

    /// <summary>Gets or sets the step of the window, at least 1. The default is <see cref="Size"/>.</summary>
    public int Stride { get; set; } = size;

    /// <summary>Gets or sets the padding on every side, less than half the window. The default is none.</summary>
    public int Padding { get; set; } = Cnn.Padding.Valid;
}

/// <summary>Average pooling: the mean of each window, each channel by itself; padding counts as zeros (PyTorch's default).</summary>
/// <param name="size">Rows and columns of the window, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AvgPoolAttribute(int size) : Attribute
{
    /// <summary>Gets the rows and columns of the window.</summary>
    public int Size { get; } = size;

    /// <summary>Gets or sets the step of the window, at least 1. The default is <see cref="Size"/>.</summary>
    public int Stride { get; set; } = size;

    /// <summary>Gets or sets the padding on every side, less than half the window. The default is none.</summary>
    public int Padding { get; set; } = Cnn.Padding.Valid;
}
