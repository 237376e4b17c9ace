using System;

namespace Cnn;

/// <summary>The order in which a volume of height x width x channels lies in memory.</summary>
public enum Layout
{
    /// <summary>Channels innermost: element (y, x, c) stands at (y * width + x) * channels + c. Keras's and TensorFlow's order.</summary>
    Hwc,

    /// <summary>Channels outermost: element (y, x, c) stands at (c * height + y) * width + x. PyTorch's and ONNX's order.</summary>
    Chw,
}

/// <summary>The accuracy of inference. Training is always precise.</summary>
public enum Numerics
{
    /// <summary>
    /// Every layer within 1e-5 of its largest output. Convolutions of 3x3 windows with stride 1 or 2 may run as Winograd's F(2x2, 3x3), whose
    /// error is that of a direct one. An output depends on the inputs that its layer lets it see, and on no others: a pixel that is NaN,
    /// infinite or far too large spoils these alone.
    /// </summary>
    Precise,

    /// <summary>
    /// Every layer within 1e-4 of its largest output. Convolutions of 3x3 windows with stride 1 may run as Winograd's F(4x4, 3x3), with a quarter
    /// of the multiplications; their weights at inference take four times the memory. Outputs are computed in tiles of 4x4 from 6x6 inputs. A
    /// NaN or an infinity among these makes all outputs of the tile NaN, also those that do not see it. An outlier changes all of them by
    /// up to 1e-4 of the largest output that it causes. Beside a pixel of 1e6, outputs of about 1 that do not see it may be off by more
    /// than their size. No input reaches an output that is more than five rows or columns away. Take <see cref="Precise"/> if inputs may
    /// hold such numbers.
    /// </summary>
    Fast,
}

/// <summary>
/// Marks a partial class as a network and declares the shape of its input. The layers are the attributes that follow, in
/// the order in which they are written.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class InputAttribute : Attribute
{
    /// <summary>A volume.</summary>
    /// <param name="height">Rows of the input, at least 1.</param>
    /// <param name="width">Columns of the input, at least 1.</param>
    /// <param name="channels">Channels of the input, at least 1.</param>
    public InputAttribute(int height, int width, int channels)
    {
        Height = height;
        Width = width;
        Channels = channels;
    }

    /// <summary>A vector.</summary>
    /// <param name="length">Elements of the input, at least 1.</param>
    public InputAttribute(int length)
        : this(1, 1, length)
    {
        IsVector = true;
    }

    /// <summary>Gets the rows of the input; 1 for a vector.</summary>
    public int Height { get; }

    /// <summary>Gets the columns of the input; 1 for a vector.</summary>
    public int Width { get; }

    /// <summary>Gets the channels of the input, or the length of a vector.</summary>
    public int Channels { get; }

    /// <summary>Gets a value indicating whether the input is a vector.</summary>
    public bool IsVector { get; }

    /// <summary>
    /// Gets or sets the memory order of the input and of a volume that leaves the network, and the order in which
    /// <see cref="FlattenAttribute"/> and <see cref="ReshapeAttribute"/> read. The default is <see cref="Layout.Hwc"/>.
    /// </summary>
    public Layout Layout { get; set; } = Layout.Hwc;

    /// <summary>Gets or sets how exact inference has to be. The default is <see cref="Numerics.Precise"/>.</summary>
    public Numerics Numerics { get; set; } = Numerics.Precise;

    /// <summary>
    /// Gets or sets the factor by which an input of bytes is multiplied first, finite and not 0, often 1 / 255: the network then computes
    /// with (x * scale - mean[c]) / std[c]. An input of floats is taken as it is. The default is 1.
    /// </summary>
    public float Scale { get; set; } = 1;

    /// <summary>
    /// Gets or sets what is subtracted from the scaled bytes: one number for all channels or one for each (for each element of a vector),
    /// finite. The default is 0.
    /// </summary>
    public float[]? Mean { get; set; }

    /// <summary>
    /// Gets or sets by what the difference is divided: one number for all channels or one for each (for each element of a vector), greater
    /// than 0 and finite. The default is 1.
    /// </summary>
    public float[]? Std { get; set; }
}
