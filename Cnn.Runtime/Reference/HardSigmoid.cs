using System;

namespace Cnn.Reference;

/// <summary>The piecewise linear form of the logistic function: y = min(max(x + 3, 0), 6) / 6, element by element.</summary>
public static class HardSigmoid
{
    /// <summary>The output, as long as the input.</summary>
    public static double[] Forward(double[] input) => Elements.Map(input, static x => Math.Min(Math.Max(x + 3, 0), 6) / 6);

    /// <summary>
    /// dL/dx = g / 6 where -3 &lt; x &lt; 3, otherwise 0, given g = dL/dy. At -3 and 3 the derivative is 0, as in PyTorch.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not as long as <paramref name="input"/>.</exception>
    public static double[] Backward(double[] input, double[] outputGradient) =>
        Elements.PullBack(input, outputGradient, static x => x > -3 && x < 3 ? 1.0 / 6 : 0);
}
