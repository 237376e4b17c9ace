using System;

namespace Cnn.Reference;

/// <summary>
/// The Gaussian error linear unit (Hendrycks and Gimpel 2016): y = x * P(x) with the normal distribution function P(x) = (1 + erf(x /
/// sqrt(2))) / 2; or its approximation x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))) / 2. Element by element.
/// </summary>
public static class Gelu
{
    /// <summary>The output, as long as the input.</summary>
    /// <param name="input">x.</param>
    /// <param name="tanh">Whether to take the approximation.</param>
    public static double[] Forward(double[] input, bool tanh = false) =>
        Elements.Map(input, tanh ? TanhForm : Exact);

    /// <summary>
    /// dL/dx = g * (P(x) + x * exp(-x^2 / 2) / sqrt(2 pi)), given g = dL/dy; of the approximation g * (1 + t + x * (1 - t^2) * sqrt(2 /
    /// pi) * (1 + 3 * 0.044715 * x^2)) / 2 with t its hyperbolic tangent.
    /// </summary>
    /// <param name="input">x.</param>
    /// <param name="outputGradient">g.</param>
    /// <param name="tanh">Whether to take the approximation.</param>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not as long as <paramref name="input"/>.</exception>
    public static double[] Backward(double[] input, double[] outputGradient, bool tanh = false) =>
        Elements.PullBack(input, outputGradient, tanh ? TanhDerivative : Derivative);

    private static double Exact(double x) => x * Normal(x);

    private static double Derivative(double x) => Normal(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));

    private static double Normal(double x) => (1 + ErrorFunction.Erf(x / Math.Sqrt(2))) / 2;

    private static double TanhForm(double x) => x * (1 + Inner(x)) / 2;

    private static double TanhDerivative(double x)
    {
        var t = Inner(x);
        return (1 + t + (x * (1 - (t * t)) * Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * x * x)))) / 2;
    }

    private static double Inner(double x) => Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)));
}
