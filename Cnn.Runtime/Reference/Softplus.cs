using System;

namespace Cnn.Reference;

/// <summary>
/// The smooth rectifier: y = log(1 + exp(beta * x)) / beta, and y = x where beta * x > threshold, element by element. PyTorch's
/// Softplus.
/// </summary>
public static class Softplus
{
    /// <summary>The output, as long as the input.</summary>
    /// <param name="input">x.</param>
    /// <param name="beta">Sharpness of the bend, above 0.</param>
    /// <param name="threshold">The beta * x above which the function is taken as linear.</param>
    public static double[] Forward(double[] input, double beta = 1, double threshold = 20) =>
        Elements.Map(input, x => beta * x > threshold ? x : Of(beta * x) / beta);

    /// <summary>dL/dx = g / (1 + exp(-beta * x)), and g where beta * x > threshold, given g = dL/dy.</summary>
    /// <param name="input">x.</param>
    /// <param name="outputGradient">g.</param>
    /// <param name="beta">Sharpness of the bend, above 0.</param>
    /// <param name="threshold">The beta * x above which the function is taken as linear.</param>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not as long as <paramref name="input"/>.</exception>
    public static double[] Backward(double[] input, double[] outputGradient, double beta = 1, double threshold = 20) =>
        Elements.PullBack(input, outputGradient, x => beta * x > threshold ? 1 : Sigmoid.Logistic(beta * x));

    /// <summary>log(1 + exp(x)), written so that exp does not overflow.</summary>
    internal static double Of(double x)
    {
        // log(1 + e) loses the digits of a small e; Kahan's log1p gives them back.
        var e = Math.Exp(-Math.Abs(x));
        var sum = 1 + e;
        return Math.Max(x, 0) + (sum == 1 ? e : Math.Log(sum) * (e / (sum - 1)));
    }
}
