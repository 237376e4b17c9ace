using System;
using System.Globalization;

namespace Cnn.Benchmarks;

/// <summary>Two contenders computed different things, so timing them would compare nothing.</summary>
internal sealed class DisagreementException(string message) : Exception(message);

/// <summary>Compares our results with a rival's before anything is timed.</summary>
internal static class Agreement
{
    /// <summary>Forward passes agree within this, relative to the largest output.</summary>
    public const double Forward = 1e-5;

    /// <summary>The losses of the same first training steps agree within this, relative.</summary>
    public const double Training = 1e-3;

    /// <summary>Checks and returns the largest difference, relative to the largest value.</summary>
    /// <exception cref="DisagreementException">The difference exceeds the tolerance or is not a number.</exception>
    public static double Check(string rival, string what, ReadOnlySpan<float> ours, ReadOnlySpan<float> theirs, double tolerance)
    {
        if (ours.Length != theirs.Length)
            throw new DisagreementException($"{what}: {rival} returns {theirs.Length} values, Cnn {ours.Length}.");

        double largest = 0;
        double difference = 0;
        for (var index = 0; index < ours.Length; index++)
        {
            if (!float.IsFinite(ours[index]) || !float.IsFinite(theirs[index]))
                throw new DisagreementException($"{what}: value {index} is {ours[index]} here and {theirs[index]} in {rival}.");
            largest = Math.Max(largest, Math.Abs(theirs[index]));
            difference = Math.Max(difference, Math.Abs(ours[index] - theirs[index]));
        }

        var relative = largest == 0 ? difference : difference / largest;
        if (relative > tolerance)
        {
            throw new DisagreementException(string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {rival} differs by {relative:E1} of the largest value; {tolerance:E0} is allowed."));
        }

        return relative;
    }
}
