namespace Cnn;

/// <summary>
/// Max pooling: the largest element of each window, each channel by itself; from h x w x c to
/// floor((n + before + after - dilation * (f - 1) - 1) / stride) + 1 per side x c. Padding never wins. PyTorch's MaxPool2d.
/// </summary>
public sealed class MaxPoolAttribute : DilatedWindowAttribute
{
    /// <summary>Max pooling over a square window.</summary>
    /// <param name="size">Rows and columns of the window, at least 1.</param>
    public MaxPoolAttribute(int size)
        : this(size, size)
    {
    }

    /// <summary>Max pooling over a rectangular window.</summary>
    /// <param name="height">Rows of the window, at least 1.</param>
    /// <param name="width">Columns of the window, at least 1.</param>
    public MaxPoolAttribute(int height, int width)
    {
        Height = height;
        Width = width;
    }

    /// <summary>Gets the rows of the window.</summary>
    public int Height { get; }

    /// <summary>Gets the columns of the window.</summary>
    public int Width { get; }

    /// <summary>
    /// Gets or sets a value indicating whether the output size is rounded up, so that a last window may reach beyond the padded input;
    /// it must start inside the input or its left padding. The default is false.
    /// </summary>
    public bool CeilMode { get; set; }
}

/// <summary>
/// Average pooling: the mean of each window, each channel by itself; from h x w x c to
/// floor((n + before + after - f) / stride) + 1 per side x c. PyTorch's AvgPool2d.
/// </summary>
public sealed class AvgPoolAttribute : WindowAttribute
{
    /// <summary>Average pooling over a square window.</summary>
    /// <param name="size">Rows and columns of the window, at least 1.</param>
    public AvgPoolAttribute(int size)
        : this(size, size)
    {
    }

    /// <summary>Average pooling over a rectangular window.</summary>
    /// <param name="height">Rows of the window, at least 1.</param>
    /// <param name="width">Columns of the window, at least 1.</param>
    public AvgPoolAttribute(int height, int width)
    {
        Height = height;
        Width = width;
    }

    /// <summary>Gets the rows of the window.</summary>
    public int Height { get; }

    /// <summary>Gets the columns of the window.</summary>
    public int Width { get; }

    /// <summary>
    /// Gets or sets a value indicating whether the output size is rounded up, so that a last window may reach beyond the padded input.
    /// It must start inside the input or its left padding, and is divided by its part inside the padded input. The default is false.
    /// </summary>
    public bool CeilMode { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether padding counts as zeros in the mean. If not, a window is divided by the number of its
    /// elements inside the input. The default is true, PyTorch's; Keras and ONNX do not count it.
    /// </summary>
    public bool CountIncludePad { get; set; } = true;
}

/// <summary>The mean of each channel: from h x w x c to the volume 1 x 1 x c. PyTorch's AdaptiveAvgPool2d(1).</summary>
public sealed class GlobalAvgPoolAttribute : LayerAttribute;

/// <summary>The largest element of each channel: from h x w x c to the volume 1 x 1 x c. PyTorch's AdaptiveMaxPool2d(1).</summary>
public sealed class GlobalMaxPoolAttribute : LayerAttribute;

/// <summary>
/// Average pooling to a given size: from h x w x c to <see cref="Height"/> x <see cref="Width"/> x c. Output row i is the mean of the
/// rows floor(i * h / height) to ceil((i + 1) * h / height) - 1, columns likewise. PyTorch's AdaptiveAvgPool2d.
/// </summary>
public sealed class AdaptiveAvgPoolAttribute : LayerAttribute
{
    /// <summary>Average pooling to a square.</summary>
    /// <param name="size">Rows and columns of the output, at least 1.</param>
    public AdaptiveAvgPoolAttribute(int size)
        : this(size, size)
    {
    }

    /// <summary>Average pooling to a rectangle.</summary>
    /// <param name="height">Rows of the output, at least 1.</param>
    /// <param name="width">Columns of the output, at least 1.</param>
    public AdaptiveAvgPoolAttribute(int height, int width)
    {
        Height = height;
        Width = width;
    }

    /// <summary>Gets the rows of the output.</summary>
    public int Height { get; }

    /// <summary>Gets the columns of the output.</summary>
    public int Width { get; }
}
