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

/// <summary>
/// Marks a partial class as a network and declares the shape of its input. The layers are the attributes that follow, in
/// the order in which they are written.
/// </summary>
/// <param name="height">Rows of the input, at least 1.</param>
/// <param name="width">Columns of the input, at least 1.</param>
/// <param name="channels">Channels of the input, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class InputAttribute(int height, int width, int channels) : Attribute
{
    /// <summary>Gets the rows of the input.</summary>
    public int Height { get; } = height;

    /// <summary>Gets the columns of the input.</summary>
    public int Width { get; } = width;

    /// <summary>Gets the channels of the input.</summary>
    public int Channels { get; } = channels;

    /// <summary>
    /// Gets or sets the memory order of the input and of a volume that leaves the network, and the order in which
    /// <see cref="FlattenAttribute"/> reads. The default is <see cref="Layout.Hwc"/>.
    /// </summary>
    public Layout Layout { get; set; } = Layout.Hwc;
}
