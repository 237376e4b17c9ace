using System;

namespace Cnn.Reference;

/// <summary>
/// Instance normalisation (Ulyanov, Vedaldi and Lempitsky 2016): y = w[c] * (x - mean) / sqrt(variance + epsilon) + b[c] with the mean and
/// the biased variance of channel c of the sample: <see cref="GroupNorm"/> with a group for each channel. Weight and bias [channels].
/// </summary>
public static class InstanceNorm
{
    /// <summary>The output, in the shape of the input.</summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w, or null for 1.</param>
    /// <param name="bias">b, or null for 0.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static Volume Forward(Volume input, double[]? weight, double[]? bias, double epsilon) =>
        GroupNorm.Forward(input, weight, bias, input.Channels, epsilon);

    /// <summary>dL/dx, given g = dL/dy; adds dL/dw and dL/db. The formulas are those of <see cref="GroupNorm"/>.</summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w, or null for 1.</param>
    /// <param name="outputGradient">g.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="weightGradient">Receives dL/dw, added to what stands there; null without weight.</param>
    /// <param name="biasGradient">Receives dL/db likewise; null without weight.</param>
    /// <exception cref="ArgumentException">A length or shape does not fit.</exception>
    public static Volume Backward(
        Volume input,
        double[]? weight,
        Volume outputGradient,
        double epsilon,
        double[]? weightGradient,
        double[]? biasGradient) =>
        GroupNorm.Backward(input, weight, outputGradient, input.Channels, epsilon, weightGradient, biasGradient);
}
