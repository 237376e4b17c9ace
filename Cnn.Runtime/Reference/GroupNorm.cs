using System;

namespace Cnn.Reference;

/// <summary>
/// Group normalisation (Wu and He 2018): the channels of a sample are split into equal groups, and y = w[c] * (x - mean) /
/// sqrt(variance + epsilon) + b[c] with the mean and the biased variance of the group. Weight and bias [channels].
/// </summary>
public static class GroupNorm
{
    /// <summary>The output, in the shape of the input.</summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w, or null for 1.</param>
    /// <param name="bias">b, or null for 0.</param>
    /// <param name="groups">Groups, a divisor of the channels.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the groups do not divide the channels.</exception>
    public static Volume Forward(Volume input, double[]? weight, double[]? bias, int groups, double epsilon)
    {
        var output = Standardized(input, groups, epsilon);
        Affine.Forward(output, weight, bias);
        return output;
    }

    /// <summary>
    /// dL/dx, given g = dL/dy: with z = (x - mean) / sqrt(variance + epsilon) and h = g * w, dL/dx =
    /// (h - mean of h - z * mean of h * z) / sqrt(variance + epsilon), the means taken over the group. Adds dL/dw[c] = sum of g * z and
    /// dL/db[c] = sum of g.
    /// </summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w, or null for 1.</param>
    /// <param name="outputGradient">g.</param>
    /// <param name="groups">Groups, a divisor of the channels.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="weightGradient">Receives dL/dw, added to what stands there; null without weight.</param>
    /// <param name="biasGradient">Receives dL/db likewise; null without weight.</param>
    /// <exception cref="ArgumentException">A length or shape does not fit.</exception>
    public static Volume Backward(
        Volume input,
        double[]? weight,
        Volume outputGradient,
        int groups,
        double epsilon,
        double[]? weightGradient,
        double[]? biasGradient)
    {
        var gradient = Affine.Backward(Standardized(input, groups, epsilon), weight, outputGradient, weightGradient, biasGradient);
        var length = input.Values.Length / groups;
        for (var start = 0; start < input.Values.Length; start += length)
        {
            var g = gradient.Values.AsSpan(start, length);
            Standardization.Backward(input.Values.AsSpan(start, length), g, g, epsilon);
        }

        return gradient;
    }

    internal static VolumeShape Outputs(VolumeShape input, int groups)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        return input.Channels % groups == 0
            ? input
            : throw new ArgumentException($"{groups} groups divide {input.Channels} channels into unequal parts.", nameof(groups));
    }

    private static Volume Standardized(Volume input, int groups, double epsilon)
    {
        // The channels of a group follow one another.
        var output = new Volume(Outputs(input.Shape, groups));
        var length = input.Values.Length / groups;
        for (var start = 0; start < input.Values.Length; start += length)
            Standardization.Forward(input.Values.AsSpan(start, length), output.Values.AsSpan(start, length), epsilon);
        return output;
    }
}
