using System;

namespace Cnn.Reference;

/// <summary>
/// The scaled exponential linear unit (Klambauer et al. 2017): y = scale * x where x > 0, otherwise scale * alpha * (exp(x) - 1),
/// element by element.
/// </summary>
public static class Selu
{
    /// <summary>Minus the limit towards minus infinity, divided by <see cref="Scale"/>.</summary>
    public const double Alpha = 1.6732632423543772848170429916717;

    /// <summary>The slope above zero.</summary>
    public const double Scale = 1.0507009873554804934193349852946;

    /// <summary>The output, as long as the input.</summary>
    public static double[] Forward(double[] input) => Elements.Map(input, static x => Scale * (x > 0 ? x : Alpha * Elu.Expm1(x)));

    /// <summary>
    /// dL/dx = g * scale where x > 0, otherwise g * scale * alpha * exp(x), given g = dL/dy. At 0 the derivative is scale * alpha, as
    /// in PyTorch.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not as long as <paramref name="input"/>.</exception>
    public static double[] Backward(double[] input, double[] outputGradient) =>
        Elements.PullBack(input, outputGradient, static x => Scale * (x > 0 ? 1 : Alpha * Math.Exp(x)));
}
