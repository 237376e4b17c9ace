using System;

namespace Cnn.Reference;

/// <summary>Mish (Misra 2019): y = x * tanh(log(1 + exp(x))), element by element.</summary>
public static class Mish
{
    /// <summary>The output, as long as the input.</summary>
    public static double[] Forward(double[] input) => Elements.Map(input, static x => x * Math.Tanh(Softplus.Of(x)));

    /// <summary>dL/dx = g * (t + x * s * (1 - t^2)) with t = tanh(log(1 + exp(x))) and s = 1 / (1 + exp(-x)), given g = dL/dy.</summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not as long as <paramref name="input"/>.</exception>
    public static double[] Backward(double[] input, double[] outputGradient) =>
        Elements.PullBack(input, outputGradient, Derivative);

    private static double Derivative(double x)
    {
        var t = Math.Tanh(Softplus.Of(x));
        return t + (x * Sigmoid.Logistic(x) * (1 - (t * t)));
    }
}
