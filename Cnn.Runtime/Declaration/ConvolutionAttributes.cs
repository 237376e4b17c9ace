namespace Cnn;

/// <summary>The base of the convolutions.</summary>
public abstract class ConvolutionAttribute : DilatedWindowAttribute
{
    private protected ConvolutionAttribute(int kernelHeight, int kernelWidth)
    {
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
        Stride = 1;
    }

    /// <summary>Gets the rows of the kernel.</summary>
    public int KernelHeight { get; }

    /// <summary>Gets the columns of the kernel.</summary>
    public int KernelWidth { get; }

    /// <summary>Gets or sets the channels that this layer promises to receive; a compile error if others arrive. Optional.</summary>
    public int InChannels { get; set; }

    /// <summary>Gets or sets a value indicating whether each output channel adds a trainable bias. The default is true.</summary>
    public bool Bias { get; set; } = true;
}

/// <summary>
/// A 2-D convolution, computed as cross-correlation: from height x width x channels to
/// floor((n + before + after - dilation * (f - 1) - 1) / stride) + 1 per side x <see cref="Filters"/>.
/// Parameters: <c>weight</c> [filters, channels / groups, kernelHeight, kernelWidth] and <c>bias</c> [filters]. PyTorch's Conv2d.
/// </summary>
public sealed class ConvAttribute : ConvolutionAttribute
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
        : base(kernelHeight, kernelWidth)
    {
        Filters = filters;
    }

    /// <summary>Gets the number of filters, which is the number of output channels.</summary>
    public int Filters { get; }

    /// <summary>
    /// Gets or sets the number of groups into which input and output channels are split; each group of filters reads its own group of
    /// channels alone. Divides both numbers of channels. The default is 1.
    /// </summary>
    public int Groups { get; set; } = 1;
}

/// <summary>
/// A convolution of each channel by itself (Chollet, "Xception", 2017): from height x width x c to
/// floor((n + before + after - dilation * (f - 1) - 1) / stride) + 1 per side x c * <see cref="Multiplier"/>; output channel o reads
/// input channel o / multiplier. Parameters: <c>weight</c> [c * multiplier, 1, kernelHeight, kernelWidth] and <c>bias</c>
/// [c * multiplier]. PyTorch's Conv2d with groups = c.
/// </summary>
public sealed class DepthwiseConvAttribute : ConvolutionAttribute
{
    /// <summary>A depthwise convolution with a square kernel.</summary>
    /// <param name="kernel">Rows and columns of the kernel, at least 1.</param>
    public DepthwiseConvAttribute(int kernel)
        : this(kernel, kernel)
    {
    }

    /// <summary>A depthwise convolution with a rectangular kernel.</summary>
    /// <param name="kernelHeight">Rows of the kernel, at least 1.</param>
    /// <param name="kernelWidth">Columns of the kernel, at least 1.</param>
    public DepthwiseConvAttribute(int kernelHeight, int kernelWidth)
        : base(kernelHeight, kernelWidth)
    {
    }

    /// <summary>Gets or sets the filters of each channel, at least 1. The default is 1.</summary>
    public int Multiplier { get; set; } = 1;
}

/// <summary>
/// A transposed 2-D convolution, the gradient of a convolution with respect to its input: from height x width x channels to
/// (n - 1) * stride - before - after + dilation * (f - 1) + outputPadding + 1 per side x <see cref="Filters"/>.
/// Parameters: <c>weight</c> [channels, filters / groups, kernelHeight, kernelWidth] and <c>bias</c> [filters]. PyTorch's
/// ConvTranspose2d. The padding, a number or four sides, is taken away from the output; <see cref="Cnn.Padding.Same"/> has no meaning here.
/// </summary>
public sealed class ConvTransposeAttribute : ConvolutionAttribute
{
    /// <summary>A transposed convolution with a square kernel.</summary>
    /// <param name="filters">Output channels, at least 1.</param>
    /// <param name="kernel">Rows and columns of the kernel, at least 1.</param>
    public ConvTransposeAttribute(int filters, int kernel)
        : this(filters, kernel, kernel)
    {
    }

    /// <summary>A transposed convolution with a rectangular kernel.</summary>
    /// <param name="filters">Output channels, at least 1.</param>
    /// <param name="kernelHeight">Rows of the kernel, at least 1.</param>
    /// <param name="kernelWidth">Columns of the kernel, at least 1.</param>
    public ConvTransposeAttribute(int filters, int kernelHeight, int kernelWidth)
        : base(kernelHeight, kernelWidth)
    {
        Filters = filters;
    }

    /// <summary>Gets the number of output channels.</summary>
    public int Filters { get; }

    /// <summary>Gets or sets the groups into which input and output channels are split. Divides both. The default is 1.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>
    /// Gets or sets the rows and columns added at the bottom and the right of the output, less than the stride or the dilation. The
    /// number chooses among the sizes that the convolution would map to the same input. The default is 0.
    /// </summary>
    public int OutputPadding { get; set; }

    /// <summary>Gets or sets the rows added at the bottom of the output. The default is <see cref="OutputPadding"/>.</summary>
    public int OutputPaddingHeight { get; set; }

    /// <summary>Gets or sets the columns added at the right of the output. The default is <see cref="OutputPadding"/>.</summary>
    public int OutputPaddingWidth { get; set; }
}
