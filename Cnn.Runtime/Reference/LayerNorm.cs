using System;

namespace Cnn.Reference;

/// <summary>
/// Layer normalisation (Ba, Kiros and Hinton 2016): y = w * (x - mean) / sqrt(variance + epsilon) + b, where the statistics are those of
/// the channels of one pixel (of all elements of a vector), and w and b are [channels]; or those of the whole sample, and w and b
/// [channels, height, width]. The variance is the biased one.
/// </summary>
public static class LayerNorm
{
    /// <summary>The output, in the shape of the input.</summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w, or null for 1.</param>
    /// <param name="bias">b, or null for 0.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="wholeSample">Whether the statistics are those of the whole sample.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static Volume Forward(Volume input, double[]? weight, double[]? bias, double epsilon, bool wholeSample = false)
    {
        var output = Standardized(input, epsilon, wholeSample);
        Affine.Forward(output, weight, bias);
        return output;
    }

    /// <summary>
    /// dL/dx, given g = dL/dy: with z = (x - mean) / sqrt(variance + epsilon) and h = g * w, dL/dx =
    /// (h - mean of h - z * mean of h * z) / sqrt(variance + epsilon). Adds dL/dw = sum of g * z and dL/db = sum of g.
    /// </summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w, or null for 1.</param>
    /// <param name="outputGradient">g.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="weightGradient">Receives dL/dw, added to what stands there; null without weight.</param>
    /// <param name="biasGradient">Receives dL/db likewise; null without weight.</param>
    /// <param name="wholeSample">Whether the statistics are those of the whole sample.</param>
    /// <exception cref="ArgumentException">A length or shape does not fit.</exception>
    public static Volume Backward(
        Volume input,
        double[]? weight,
        Volume outputGradient,
        double epsilon,
        double[]? weightGradient,
        double[]? biasGradient,
        bool wholeSample = false)
    {
        var gradient = Affine.Backward(
            Standardized(input, epsilon, wholeSample), weight, outputGradient, weightGradient, biasGradient);
        if (wholeSample)
        {
            Standardization.Backward(input.Values, gradient.Values, gradient.Values, epsilon);
            return gradient;
        }

        var x = new double[input.Channels];
        var g = new double[input.Channels];
        for (var pixel = 0; pixel < input.Shape.Pixels; pixel++)
        {
            Gather(input, pixel, x);
            Gather(gradient, pixel, g);
            Standardization.Backward(x, g, g, epsilon);
            Spread(g, pixel, gradient);
        }

        return gradient;
    }

    private static Volume Standardized(Volume input, double epsilon, bool wholeSample)
    {
        var output = new Volume(input.Shape);
        if (wholeSample)
        {
            Standardization.Forward(input.Values, output.Values, epsilon);
            return output;
        }

        var x = new double[input.Channels];
        for (var pixel = 0; pixel < input.Shape.Pixels; pixel++)
        {
            Gather(input, pixel, x);
            Standardization.Forward(x, x, epsilon);
            Spread(x, pixel, output);
        }

        return output;
    }

    private static void Gather(Volume volume, int pixel, double[] channels)
    {
        for (var c = 0; c < channels.Length; c++)
            channels[c] = volume.Values[(c * volume.Shape.Pixels) + pixel];
    }

    private static void Spread(double[] channels, int pixel, Volume volume)
    {
        for (var c = 0; c < channels.Length; c++)
            volume.Values[(c * volume.Shape.Pixels) + pixel] = channels[c];
    }
}
