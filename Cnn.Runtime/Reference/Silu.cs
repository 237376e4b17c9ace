using System;

namespace Cnn.Reference;

/// <summary>The sigmoid linear unit, or swish (Elfwing, Uchibe and Doya 2018): y = x / (1 + exp(-x)), element by element.</summary>
public static class Silu
{
    /// <summary>The output, as long as the input.</summary>
    public static double[] Forward(double[] input) => Elements.Map(input, static x => x * Sigmoid.Logistic(x));

    /// <summary>dL/dx = g * s * (1 + x * (1 - s)) with s = 1 / (1 + exp(-x)), given g = dL/dy.</summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not as long as <paramref name="input"/>.</exception>
    public static double[] Backward(double[] input, double[] outputGradient) =>
        Elements.PullBack(input, outputGradient, static x => Sigmoid.Logistic(x) * (1 + (x * (1 - Sigmoid.Logistic(x)))));
}
