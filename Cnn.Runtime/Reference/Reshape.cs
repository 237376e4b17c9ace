using System;

namespace Cnn.Reference;

/// <summary>
/// The same numbers in another shape: the volume read as a vector in the chosen order (<see cref="Flatten.Forward"/>) and the vector
/// read as the other volume in the same order.
/// </summary>
public static class Reshape
{
    /// <summary>The output.</summary>
    /// <param name="input">x.</param>
    /// <param name="shape">The new shape, of as many elements.</param>
    /// <param name="hwc">Whether the order has channels innermost rather than outermost.</param>
    /// <exception cref="ArgumentException">The new shape has another number of elements.</exception>
    public static Volume Forward(Volume input, VolumeShape shape, bool hwc) => shape.Length == input.Values.Length
        ? Flatten.Unflatten(Flatten.Forward(input, hwc), shape.Channels, shape.Height, shape.Width, hwc)
        : throw new ArgumentException($"{input} holds {input.Values.Length} numbers, {shape} holds {shape.Length}.", nameof(shape));

    /// <summary>dL/dx, given g = dL/dy: g in the shape of the input.</summary>
    /// <param name="input">x.</param>
    /// <param name="outputGradient">g.</param>
    /// <param name="hwc">Whether the order has channels innermost rather than outermost.</param>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> has another number of elements than the input.</exception>
    public static Volume Backward(Volume input, Volume outputGradient, bool hwc) => Forward(outputGradient, input.Shape, hwc);
}
