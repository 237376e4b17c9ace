using System;

namespace Cnn.Reference;

/// <summary>The error function, erf(x) = 2 / sqrt(pi) * the integral of exp(-t^2) from 0 to x, with an error below 1e-15.</summary>
internal static class ErrorFunction
{
    /// <summary>
    /// Up to 2 the series 2 / sqrt(pi) * exp(-x^2) * sum over n of 2^n * x^(2n + 1) / (1 * 3 * ... * (2n + 1)), whose terms all have one
    /// sign (Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.6); beyond, 1 - erfc(x) with the continued fraction
    /// erfc(x) = exp(-x^2) / sqrt(pi) / (x + (1/2) / (x + 1 / (x + (3/2) / (x + 2 / (x + ...))))) (ibid., 7.1.14).
    /// </summary>
    public static double Erf(double x)
    {
        var magnitude = Math.Abs(x);
        if (magnitude >= 6)
            return Math.Sign(x);
        return magnitude <= 2 ? Series(x) : Math.Sign(x) * (1 - Tail(magnitude));
    }

    private static double Series(double x)
    {
        var square = x * x;
        var term = x;
        var sum = x;
        for (var n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= 2 * square / ((2 * n) + 1);
            sum += term;
        }

        // exp would turn the rounding of the square into a relative error four times as large.
        var rounding = Math.FusedMultiplyAdd(x, x, -square);
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-square) * (1 - rounding) * sum;
    }

    private static double Tail(double x)
    {
        var fraction = x;
        for (var n = 60; n >= 1; n--)
            fraction = x + (n / 2.0 / fraction);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }
}
