using System;

namespace Cnn.Reference;

/// <summary>The values that <see cref="Pad"/> puts around a volume.</summary>
public enum ReferencePadding
{
    /// <summary>One number.</summary>
    Constant,

    /// <summary>The elements mirrored at the edge, which itself is not repeated.</summary>
    Reflect,

    /// <summary>The nearest element of the edge.</summary>
    Replicate,
}

/// <summary>
/// Rows and columns put around every channel: y[c, p, q] = x[c, p - top, q - left] inside; outside the constant, x at the mirrored place
/// (-1 is 1, height is height - 2), or x at the nearest.
/// </summary>
public static class Pad
{
    /// <summary>The output, of channels x top + height + bottom x left + width + right.</summary>
    /// <param name="input">x.</param>
    /// <param name="top">Rows above, at least 0; below the height if mirrored.</param>
    /// <param name="left">Columns before, at least 0; below the width if mirrored.</param>
    /// <param name="bottom">Rows below.</param>
    /// <param name="right">Columns after.</param>
    /// <param name="mode">The values to put there.</param>
    /// <param name="value">The constant.</param>
    /// <exception cref="ArgumentException">A number of rows or columns is out of range.</exception>
    public static Volume Forward(
        Volume input,
        int top,
        int left,
        int bottom,
        int right,
        ReferencePadding mode = ReferencePadding.Constant,
        double value = 0)
    {
        var output = new Volume(Outputs(input.Shape, top, left, bottom, right, mode));
        for (var p = 0; p < output.Height; p++)
        {
            var row = Source(p - top, input.Height, mode);
            for (var q = 0; q < output.Width; q++)
            {
                var column = Source(q - left, input.Width, mode);
                for (var c = 0; c < output.Channels; c++)
                    output[c, p, q] = row < 0 || column < 0 ? value : input[c, row, column];
            }
        }

        return output;
    }

    /// <summary>dL/dx, given g = dL/dy: every output hands g to the element it is a copy of.</summary>
    /// <param name="input">x.</param>
    /// <param name="outputGradient">g.</param>
    /// <param name="top">Rows above.</param>
    /// <param name="left">Columns before.</param>
    /// <param name="bottom">Rows below.</param>
    /// <param name="right">Columns after.</param>
    /// <param name="mode">The values that are put there.</param>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> has not the shape of the output.</exception>
    public static Volume Backward(
        Volume input,
        Volume outputGradient,
        int top,
        int left,
        int bottom,
        int right,
        ReferencePadding mode = ReferencePadding.Constant)
    {
        Lengths.RequireShape(outputGradient, Outputs(input.Shape, top, left, bottom, right, mode));
        var inputGradient = new Volume(input.Shape);
        for (var p = 0; p < outputGradient.Height; p++)
        {
            var row = Source(p - top, input.Height, mode);
            for (var q = 0; q < outputGradient.Width; q++)
            {
                var column = Source(q - left, input.Width, mode);
                for (var c = 0; c < input.Channels && row >= 0 && column >= 0; c++)
                    inputGradient[c, row, column] += outputGradient[c, p, q];
            }
        }

        return inputGradient;
    }

    /// <summary>The output shape.</summary>
    /// <exception cref="ArgumentException">A number of rows or columns is out of range.</exception>
    public static VolumeShape Outputs(VolumeShape input, int top, int left, int bottom, int right, ReferencePadding mode)
    {
        if (top < 0 || left < 0 || bottom < 0 || right < 0)
            throw new ArgumentException($"Padding is not negative: {top}, {left}, {bottom}, {right}.");
        if (mode == ReferencePadding.Reflect && (Math.Max(top, bottom) >= input.Height || Math.Max(left, right) >= input.Width))
            throw new ArgumentException($"{input} cannot be mirrored {top}, {left}, {bottom}, {right} deep: less than its size.");
        return new VolumeShape(input.Channels, checked(top + input.Height + bottom), checked(left + input.Width + right));
    }

    /// <summary>The place that is copied; below 0 for the constant.</summary>
    private static int Source(int place, int length, ReferencePadding mode)
    {
        if (place >= 0 && place < length)
            return place;
        return mode switch
        {
            ReferencePadding.Constant => -1,
            ReferencePadding.Reflect => place < 0 ? -place : (2 * (length - 1)) - place,
            ReferencePadding.Replicate => place < 0 ? 0 : length - 1,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such padding."),
        };
    }
}
