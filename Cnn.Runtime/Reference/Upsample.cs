using System;

namespace Cnn.Reference;

/// <summary>The interpolation of <see cref="Upsample"/> between the elements of its input.</summary>
public enum ReferenceUpsampling
{
    /// <summary>Every output is the input element it lies in.</summary>
    Nearest,

    /// <summary>Linear in both directions, with pixels as areas: the outer edges of input and output coincide.</summary>
    Bilinear,

    /// <summary>Linear in both directions, with pixels as points: the corner elements of input and output coincide.</summary>
    BilinearAlignCorners,
}

/// <summary>
/// Enlargement by whole factors. Nearest: y[c, p, q] = x[c, floor(p / scaleHeight), floor(q / scaleWidth)]. Bilinear: output row p lies at
/// r = max((p + 1/2) / scaleHeight - 1/2, 0), or with aligned corners at r = p * (height - 1) / (outputHeight - 1) (0 for a single row),
/// columns likewise; y is (1 - t) times the row floor(r) and t = r - floor(r) times the next, the last standing for what lies beyond it.
/// PyTorch's interpolate.
/// </summary>
public static class Upsample
{
    /// <summary>The output, of channels x height * scaleHeight x width * scaleWidth.</summary>
    /// <param name="input">x.</param>
    /// <param name="scaleHeight">Output rows for each input row, at least 1.</param>
    /// <param name="scaleWidth">Output columns for each input column, at least 1.</param>
    /// <param name="mode">The interpolation.</param>
    public static Volume Forward(Volume input, int scaleHeight, int scaleWidth, ReferenceUpsampling mode)
    {
        var output = new Volume(Outputs(input.Shape, scaleHeight, scaleWidth));
        for (var p = 0; p < output.Height; p++)
        {
            var row = Source(p, input.Height, scaleHeight, mode);
            for (var q = 0; q < output.Width; q++)
            {
                var column = Source(q, input.Width, scaleWidth, mode);
                for (var c = 0; c < input.Channels; c++)
                {
                    output[c, p, q] =
                        ((1 - row.Share) * (1 - column.Share) * input[c, row.Place, column.Place])
                        + ((1 - row.Share) * column.Share * input[c, row.Place, column.Next])
                        + (row.Share * (1 - column.Share) * input[c, row.Next, column.Place])
                        + (row.Share * column.Share * input[c, row.Next, column.Next]);
                }
            }
        }

        return output;
    }

    /// <summary>
    /// dL/dx, given g = dL/dy: every output hands g to its up to four inputs in the shares with which it was made of them.
    /// </summary>
    /// <param name="input">x.</param>
    /// <param name="outputGradient">g.</param>
    /// <param name="scaleHeight">Output rows for each input row, at least 1.</param>
    /// <param name="scaleWidth">Output columns for each input column, at least 1.</param>
    /// <param name="mode">The interpolation.</param>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> has not the shape of the output.</exception>
    public static Volume Backward(Volume input, Volume outputGradient, int scaleHeight, int scaleWidth, ReferenceUpsampling mode)
    {
        Lengths.RequireShape(outputGradient, Outputs(input.Shape, scaleHeight, scaleWidth));
        var inputGradient = new Volume(input.Shape);
        for (var p = 0; p < outputGradient.Height; p++)
        {
            var row = Source(p, input.Height, scaleHeight, mode);
            for (var q = 0; q < outputGradient.Width; q++)
            {
                var column = Source(q, input.Width, scaleWidth, mode);
                for (var c = 0; c < input.Channels; c++)
                {
                    var g = outputGradient[c, p, q];
                    inputGradient[c, row.Place, column.Place] += (1 - row.Share) * (1 - column.Share) * g;
                    inputGradient[c, row.Place, column.Next] += (1 - row.Share) * column.Share * g;
                    inputGradient[c, row.Next, column.Place] += row.Share * (1 - column.Share) * g;
                    inputGradient[c, row.Next, column.Next] += row.Share * column.Share * g;
                }
            }
        }

        return inputGradient;
    }

    /// <summary>The output shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A factor is below 1.</exception>
    public static VolumeShape Outputs(VolumeShape input, int scaleHeight, int scaleWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scaleHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(scaleWidth, 1);
        return new VolumeShape(input.Channels, checked(input.Height * scaleHeight), checked(input.Width * scaleWidth));
    }

    /// <summary>The position of an output between two inputs: (1 - share) of the place and share of the next.</summary>
    private static (int Place, int Next, double Share) Source(int output, int length, int scale, ReferenceUpsampling mode)
    {
        switch (mode)
        {
            case ReferenceUpsampling.Nearest:
                return (output / scale, output / scale, 0);
            case ReferenceUpsampling.Bilinear:
                return Between(Math.Max(((output + 0.5) / scale) - 0.5, 0), length);
            case ReferenceUpsampling.BilinearAlignCorners:
                // Multiplied before it is divided, so that the last output lies on the last input and not a rounding before it.
                return Between(length == 1 ? 0 : (double)(output * (length - 1)) / ((length * scale) - 1), length);
            default:
                throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such way to fill in.");
        }
    }

    private static (int Place, int Next, double Share) Between(double position, int length)
    {
        var place = (int)position;
        return (place, Math.Min(place + 1, length - 1), position - place);
    }
}
