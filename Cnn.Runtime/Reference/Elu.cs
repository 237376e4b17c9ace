using System;

namespace Cnn.Reference;

/// <summary>
/// The exponential linear unit (Clevert, Unterthiner and Hochreiter 2016): y = x where x > 0, otherwise alpha * (exp(x) - 1), element
/// by element.
/// </summary>
public static class Elu
{
    /// <summary>The output, as long as the input.</summary>
    /// <param name="input">x.</param>
    /// <param name="alpha">Minus the limit towards minus infinity, above 0.</param>
    public static double[] Forward(double[] input, double alpha = 1) => Elements.Map(input, x => x > 0 ? x : alpha * Expm1(x));

    /// <summary>
    /// dL/dx = g where x > 0, otherwise g * alpha * exp(x), given g = dL/dy. At 0 the derivative is alpha, as in PyTorch.
    /// </summary>
    /// <param name="input">x.</param>
    /// <param name="outputGradient">g.</param>
    /// <param name="alpha">Minus the limit towards minus infinity, above 0.</param>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not as long as <paramref name="input"/>.</exception>
    public static double[] Backward(double[] input, double[] outputGradient, double alpha = 1) =>
        Elements.PullBack(input, outputGradient, x => x > 0 ? 1 : alpha * Math.Exp(x));

    /// <summary>exp(x) - 1 without the cancellation near zero: 2 * tanh(x / 2) / (1 - tanh(x / 2)).</summary>
    internal static double Expm1(double x)
    {
        var t = Math.Tanh(x / 2);
        return 2 * t / (1 - t);
    }
}
