using System;

namespace Cnn.Reference;

/// <summary>Rows and columns cut off every channel: y[c, p, q] = x[c, p + top, q + left].</summary>
public static class Crop
{
    /// <summary>The output, of channels x height - top - bottom x width - left - right.</summary>
    /// <param name="input">x.</param>
    /// <param name="top">Rows cut off above, at least 0.</param>
    /// <param name="left">Columns cut off before, at least 0.</param>
    /// <param name="bottom">Rows cut off below, at least 0.</param>
    /// <param name="right">Columns cut off after, at least 0.</param>
    /// <exception cref="ArgumentException">Nothing is left, or a number is negative.</exception>
    public static Volume Forward(Volume input, int top, int left, int bottom, int right)
    {
        var output = new Volume(Outputs(input.Shape, top, left, bottom, right));
        for (var c = 0; c < output.Channels; c++)
        {
            for (var p = 0; p < output.Height; p++)
            {
                for (var q = 0; q < output.Width; q++)
                    output[c, p, q] = input[c, p + top, q + left];
            }
        }

        return output;
    }

    /// <summary>dL/dx, given g = dL/dy: g where the element was kept, otherwise 0.</summary>
    /// <param name="input">x.</param>
    /// <param name="outputGradient">g.</param>
    /// <param name="top">Rows cut off above.</param>
    /// <param name="left">Columns cut off before.</param>
    /// <param name="bottom">Rows cut off below.</param>
    /// <param name="right">Columns cut off after.</param>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> has not the shape of the output.</exception>
    public static Volume Backward(Volume input, Volume outputGradient, int top, int left, int bottom, int right)
    {
        Lengths.RequireShape(outputGradient, Outputs(input.Shape, top, left, bottom, right));
        return Pad.Forward(outputGradient, top, left, bottom, right);
    }

    /// <summary>The output shape.</summary>
    /// <exception cref="ArgumentException">Nothing is left, or a number is negative.</exception>
    public static VolumeShape Outputs(VolumeShape input, int top, int left, int bottom, int right)
    {
        var (height, width) = (input.Height - top - bottom, input.Width - left - right);
        return top >= 0 && left >= 0 && bottom >= 0 && right >= 0 && height >= 1 && width >= 1
            ? new VolumeShape(input.Channels, height, width)
            : throw new ArgumentException($"Nothing is left of {input} without {top}, {left}, {bottom}, {right} rows and columns.");
    }
}
