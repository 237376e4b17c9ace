using System;
using Xunit;

namespace Cnn.Tests.Support;

/// <summary>Whether two computations of the same numbers agree.</summary>
public static class Agreement
{
    /// <summary>
    /// Demands that no element differs by more than <paramref name="tolerance"/> times the largest magnitude among the expected ones.
    /// </summary>
    public static void Check(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {expected.Length} numbers are expected, {actual.Length} have come.");
        var largest = 0.0;
        foreach (var value in expected)
            largest = Math.Max(largest, Math.Abs(value));
        for (var i = 0; i < expected.Length; i++)
        {
            // Written so that NaN fails.
            var close = expected[i] == actual[i] || Math.Abs(expected[i] - actual[i]) <= tolerance * largest;
            Assert.True(close, $"{what}[{i}] is {actual[i]:R}, expected {expected[i]:R} within {tolerance:R} of the largest, {largest:R}.");
        }
    }

    /// <inheritdoc cref="Check(ReadOnlySpan{double}, ReadOnlySpan{double}, double, string)"/>
    public static void Check(ReadOnlySpan<float> expected, ReadOnlySpan<double> actual, double tolerance, string what) =>
        Check(ToDouble(expected), actual, tolerance, what);

    /// <inheritdoc cref="Check(ReadOnlySpan{double}, ReadOnlySpan{double}, double, string)"/>
    public static void Check(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance, string what) =>
        Check(expected, ToDouble(actual), tolerance, what);

    /// <inheritdoc cref="Check(ReadOnlySpan{double}, ReadOnlySpan{double}, double, string)"/>
    public static void Check(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what) =>
        Check(ToDouble(expected), ToDouble(actual), tolerance, what);

    private static double[] ToDouble(ReadOnlySpan<float> values) => Array.ConvertAll(values.ToArray(), value => (double)value);
}
