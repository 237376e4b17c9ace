using System;

namespace Cnn.Reference;

/// <summary>
/// The part that the normalisations share: z = (x - mean) / sqrt(variance + epsilon) over a group of n elements, with the biased variance,
/// the mean of (x - mean)^2.
/// </summary>
internal static class Standardization
{
    public static (double Mean, double Variance) Moments(ReadOnlySpan<double> x)
    {
        var mean = 0.0;
        foreach (var value in x)
            mean += value;
        mean /= x.Length;
        var variance = 0.0;
        foreach (var value in x)
            variance += (value - mean) * (value - mean);
        return (mean, variance / x.Length);
    }

    /// <summary>Writes z, which may stand where x stands.</summary>
    public static void Forward(ReadOnlySpan<double> x, Span<double> z, double epsilon)
    {
        var (mean, variance) = Moments(x);
        var deviation = Math.Sqrt(variance + epsilon);
        for (var i = 0; i < x.Length; i++)
            z[i] = (x[i] - mean) / deviation;
    }

    /// <summary>
    /// dL/dx[i] = (g[i] - mean of g - z[i] * mean of g * z) / sqrt(variance + epsilon), given g = dL/dz: the mean and the variance depend
    /// on x too. Written over g or elsewhere.
    /// </summary>
    public static void Backward(ReadOnlySpan<double> x, ReadOnlySpan<double> g, Span<double> inputGradient, double epsilon)
    {
        var (mean, variance) = Moments(x);
        var deviation = Math.Sqrt(variance + epsilon);
        var meanOfG = 0.0;
        var meanOfGz = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            meanOfG += g[i] / x.Length;
            meanOfGz += g[i] * ((x[i] - mean) / deviation) / x.Length;
        }

        for (var i = 0; i < x.Length; i++)
            inputGradient[i] = (g[i] - meanOfG - ((x[i] - mean) / deviation * meanOfGz)) / deviation;
    }
}
