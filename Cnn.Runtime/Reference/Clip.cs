using System;

namespace Cnn.Reference;

/// <summary>y = min(max(x, minimum), maximum), element by element: PyTorch's clamp, ONNX's Clip.</summary>
public static class Clip
{
    /// <summary>The output, as long as the input.</summary>
    /// <param name="input">x.</param>
    /// <param name="minimum">The smallest output.</param>
    /// <param name="maximum">The largest output, not below <paramref name="minimum"/>.</param>
    public static double[] Forward(double[] input, double minimum, double maximum) =>
        Elements.Map(input, x => Math.Min(Math.Max(x, minimum), maximum));

    /// <summary>
    /// dL/dx = g where minimum &lt;= x &lt;= maximum, otherwise 0, given g = dL/dy. At both bounds the derivative is 1, as in PyTorch's
    /// clamp.
    /// </summary>
    /// <param name="input">x.</param>
    /// <param name="outputGradient">g.</param>
    /// <param name="minimum">The smallest output.</param>
    /// <param name="maximum">The largest output, not below <paramref name="minimum"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not as long as <paramref name="input"/>.</exception>
    public static double[] Backward(double[] input, double[] outputGradient, double minimum, double maximum) =>
        Elements.PullBack(input, outputGradient, x => x >= minimum && x <= maximum ? 1 : 0);
}
