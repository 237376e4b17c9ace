using System;

namespace Cnn.Tests.Kernels;

/// <summary>The activations and their derivatives in double precision, with small relative errors far out too.</summary>
internal static class Exact
{
    private const double SeluAlpha = 1.6732632423543772848170429916717;
    private const double SeluScale = 1.0507009873554804934193349852946;

    public static double Sigmoid(double x) => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x));

    public static double HardSigmoid(double x) => Math.Clamp(x + 3, 0, 6) / 6;

    public static double HardSwish(double x) => Math.Max(x, -3) * HardSigmoid(x);

    public static double HardSwishSlope(double x) => x < -3 ? 0 : x < 3 ? (x / 3) + 0.5 : 1;

    public static double Elu(double x, double alpha) => x > 0 ? x : alpha * ExpMinusOne(x);

    public static double EluSlope(double x, double alpha) => x > 0 ? 1 : alpha * Math.Exp(x);

    public static double Selu(double x) => SeluScale * Elu(x, SeluAlpha);

    public static double SeluSlope(double x) => SeluScale * EluSlope(x, SeluAlpha);

    public static double Silu(double x) => Math.Max(x, -1e4) * Sigmoid(x);

    public static double SiluSlope(double x) => Sigmoid(x) * (1 + (Math.Clamp(x, -1e4, 1e4) * Sigmoid(-x)));

    public static double Mish(double x)
    {
        var e = Math.Exp(Math.Min(x, 100));
        return Math.Max(x, -1e4) * (e * (e + 2) / ((e * (e + 2)) + 2));
    }

    public static double MishSlope(double x)
    {
        x = Math.Clamp(x, -1e4, 100);
        var t = Math.Tanh(LogOnePlus(Math.Exp(x)));
        return t + (x * Sigmoid(x) * (1 - (t * t)));
    }

    public static double Softplus(double x, double beta, double threshold) => beta * x > threshold
        ? x
        : (Math.Max(beta * x, 0) + LogOnePlus(Math.Exp(-Math.Abs(beta * x)))) / beta;

    public static double SoftplusSlope(double x, double beta, double threshold) => beta * x > threshold ? 1 : Sigmoid(beta * x);

    /// <summary>max(x, 0) - |x| * erfc(|x| / sqrt(2)) / 2.</summary>
    public static double Gelu(double x) =>
        Math.Max(x, 0) - (Math.Min(Math.Abs(x), 1e3) * ErfComplement(Math.Abs(x) / Math.Sqrt(2)) / 2);

    public static double GeluSlope(double x)
    {
        x = Math.Clamp(x, -1e3, 1e3);
        var tail = ErfComplement(Math.Abs(x) / Math.Sqrt(2)) / 2;
        return (x < 0 ? tail : 1 - tail) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
    }

    public static double GeluTanh(double x) => Math.Max(x, -1e3) * Sigmoid(GeluArgument(x));

    public static double GeluTanhSlope(double x)
    {
        x = Math.Clamp(x, -1e3, 1e3);
        var s = Sigmoid(GeluArgument(x));
        var slope = 2 * Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * x * x));
        return s + (x * s * Sigmoid(-GeluArgument(x)) * slope);
    }

    public static double Erf(double x) => Math.Abs(x) < 2 ? ErfSeries(x) : Math.CopySign(1 - ErfComplement(Math.Abs(x)), x);

    public static double LogOnePlus(double x)
    {
        var u = 1 + x;
        return u == 1 || double.IsInfinity(u) ? x : Math.Log(u) * (x / (u - 1));
    }

    private static double ExpMinusOne(double x) => Math.Tanh(x / 2) * (Math.Exp(x) + 1);

    private static double GeluArgument(double x) => 2 * Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x));

    /// <summary>erfc(x) for x from 0: 1 - erf(x), beyond 2 the continued fraction of Abramowitz and Stegun 7.1.14.</summary>
    private static double ErfComplement(double x)
    {
        if (x < 2)
            return 1 - ErfSeries(x);
        if (x > 30)
            return 0;
        var fraction = x;
        for (var n = 80; n >= 1; n--)
            fraction = x + (n / 2.0 / fraction);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }

    /// <summary>Abramowitz and Stegun 7.1.6.</summary>
    private static double ErfSeries(double x)
    {
        var term = x;
        var sum = x;
        for (var n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
