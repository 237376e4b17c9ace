using System;

namespace Cnn.Reference;

/// <summary>The rectified linear unit bounded at 6: y = min(max(x, 0), 6), element by element.</summary>
public static class Relu6
{
    /// <summary>The output, as long as the input.</summary>
    public static double[] Forward(double[] input) => Elements.Map(input, static x => Math.Min(Math.Max(x, 0), 6));

    /// <summary>
    /// dL/dx = g where 0 &lt; x &lt; 6, otherwise 0, given g = dL/dy. At both bounds the derivative is 0, as in PyTorch's relu6 and
    /// hardtanh.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not as long as <paramref name="input"/>.</exception>
    public static double[] Backward(double[] input, double[] outputGradient) =>
        Elements.PullBack(input, outputGradient, static x => x > 0 && x < 6 ? 1 : 0);
}
