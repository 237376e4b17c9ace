using System;

namespace Cnn.Reference;

/// <summary>
/// Channels turned into pixels (Shi et al. 2016): y[c, row * factor + i, column * factor + j] = x[c * factor^2 + i * factor + j, row,
/// column]. PyTorch's PixelShuffle.
/// </summary>
public static class PixelShuffle
{
    /// <summary>The output, of channels / factor^2 x height * factor x width * factor.</summary>
    /// <param name="input">x.</param>
    /// <param name="factor">The enlargement in both directions, at least 1.</param>
    /// <exception cref="ArgumentException">The square of the factor does not divide the channels.</exception>
    public static Volume Forward(Volume input, int factor)
    {
        var output = new Volume(Outputs(input.Shape, factor));
        for (var c = 0; c < output.Channels; c++)
        {
            for (var y = 0; y < output.Height; y++)
            {
                for (var x = 0; x < output.Width; x++)
                    output[c, y, x] = input.Values[Source(input, factor, c, y, x)];
            }
        }

        return output;
    }

    /// <summary>dL/dx, given g = dL/dy: every output hands g to the element it came from.</summary>
    /// <param name="input">x.</param>
    /// <param name="outputGradient">g.</param>
    /// <param name="factor">The enlargement in both directions, at least 1.</param>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> has not the shape of the output.</exception>
    public static Volume Backward(Volume input, Volume outputGradient, int factor)
    {
        Lengths.RequireShape(outputGradient, Outputs(input.Shape, factor));
        var inputGradient = new Volume(input.Shape);
        for (var c = 0; c < outputGradient.Channels; c++)
        {
            for (var y = 0; y < outputGradient.Height; y++)
            {
                for (var x = 0; x < outputGradient.Width; x++)
                    inputGradient.Values[Source(input, factor, c, y, x)] = outputGradient[c, y, x];
            }
        }

        return inputGradient;
    }

    /// <summary>The output shape.</summary>
    /// <exception cref="ArgumentException">The square of the factor does not divide the channels.</exception>
    public static VolumeShape Outputs(VolumeShape input, int factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        return input.Channels % (factor * factor) == 0
            ? new VolumeShape(input.Channels / (factor * factor), checked(input.Height * factor), checked(input.Width * factor))
            : throw new ArgumentException($"{factor} x {factor} pixels need a multiple of {factor * factor} channels, not {input}.");
    }

    private static int Source(Volume input, int factor, int c, int y, int x) =>
        input.Index((((c * factor) + (y % factor)) * factor) + (x % factor), y / factor, x / factor);
}
