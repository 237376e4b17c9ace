namespace Cnn;

/// <summary>Reads a volume as a vector, in the order of the network's <see cref="Layout"/>. No parameters, no work.</summary>
public sealed class FlattenAttribute : LayerAttribute;

/// <summary>
/// Reads the elements, in the order of the network's <see cref="Layout"/>, as another shape of as many elements. No parameters.
/// </summary>
public sealed class ReshapeAttribute : LayerAttribute
{
    /// <summary>To a volume.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="channels">Channels, at least 1.</param>
    public ReshapeAttribute(int height, int width, int channels)
    {
        Height = height;
        Width = width;
        Channels = channels;
    }

    /// <summary>To a vector.</summary>
    /// <param name="length">Elements, at least 1.</param>
    public ReshapeAttribute(int length)
        : this(1, 1, length)
    {
        IsVector = true;
    }

    /// <summary>Gets the rows; 1 for a vector.</summary>
    public int Height { get; }

    /// <summary>Gets the columns; 1 for a vector.</summary>
    public int Width { get; }

    /// <summary>Gets the channels, or the length of a vector.</summary>
    public int Channels { get; }

    /// <summary>Gets a value indicating whether a vector leaves.</summary>
    public bool IsVector { get; }
}

/// <summary>
/// A fully connected layer, y = W x + b: from a vector to a vector of <see cref="Units"/>. Parameters: <c>weight</c> [units, inputs] and
/// <c>bias</c> [units]. PyTorch's Linear.
/// </summary>
/// <param name="units">Outputs, at least 1.</param>
public sealed class DenseAttribute(int units) : LayerAttribute
{
    /// <summary>Gets the number of outputs.</summary>
    public int Units { get; } = units;

    /// <summary>Gets or sets a value indicating whether each unit adds a trainable bias. The default is true.</summary>
    public bool Bias { get; set; } = true;
}
