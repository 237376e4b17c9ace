using System;
using System.Runtime.CompilerServices;

namespace Cnn.Kernels;

/// <summary>Mean and variance of the elements that are normalised together.</summary>
/// <param name="Center">The mean, rounded.</param>
/// <param name="Remainder">What the mean is above that: a float near 1e6 is off by up to 0.03, which is much of a deviation of 1.</param>
/// <param name="Variance">The mean of the squared differences from the mean.</param>
internal readonly record struct Moments(float Center, double Remainder, double Variance)
{
    /// <summary>From the mean of the elements and the mean of their squared differences from it as it is rounded.</summary>
    public static Moments From(double mean, double squares)
    {
        var remainder = mean - (float)mean;
        return new Moments((float)mean, remainder, Math.Max(0, squares - (remainder * remainder)));
    }

    /// <summary>Those of a run. Its first element is near to all of them, as far as that matters to their variance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Moments OfRun(ref float x, int length, bool wide)
    {
        var mean = x + (NormalizationSums.OfDifferences(ref x, length, x, wide) / length);
        return From(mean, NormalizationSums.OfSquares(ref x, length, (float)mean, wide) / length);
    }

    /// <summary>1 / sqrt(variance + epsilon).</summary>
    public double Inverse(double epsilon) => 1 / Math.Sqrt(Variance + epsilon);
}
