using System;
using Cnn.Tests.Support;

namespace Cnn.Reference.Tests;

/// <summary>Central differences, the independent judge of a derivative: (L(x + h) - L(x - h)) / 2h.</summary>
internal static class FiniteDifference
{
    /// <summary>1e-5 balances the error of the difference, of order h^2, with that of rounding, of order 1e-16 / h.</summary>
    private const double Step = 1e-5;

    /// <summary>
    /// Demands that <paramref name="gradient"/> is the derivative of <paramref name="loss"/> by <paramref name="x"/>, which the
    /// loss reads and which is restored.
    /// </summary>
    public static void Check(double[] gradient, double[] x, Func<double> loss, string what)
    {
        var numeric = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var kept = x[i];
            x[i] = kept + Step;
            var above = loss();
            x[i] = kept - Step;
            var below = loss();
            x[i] = kept;
            numeric[i] = (above - below) / (2 * Step);
        }

        // The scale stands in both lists, so that small gradients are held to an absolute 1e-7.
        var scale = 1.0;
        foreach (var value in numeric)
            scale = Math.Max(scale, Math.Abs(value));
        Agreement.Check([.. numeric, scale], [.. gradient, scale], 1e-7, what);
    }

    /// <summary>The scalar through which an output is tested: its dot product with a fixed gradient.</summary>
    public static double Dot(double[] output, double[] gradient)
    {
        var sum = 0.0;
        for (var i = 0; i < output.Length; i++)
            sum += output[i] * gradient[i];
        return sum;
    }
}
