using System;

namespace Cnn.Reference;

/// <summary>
/// The piecewise form of swish (Howard et al. 2019, MobileNetV3): y = x * min(max(x + 3, 0), 6) / 6, element by element.
/// </summary>
public static class HardSwish
{
    /// <summary>The output, as long as the input.</summary>
    public static double[] Forward(double[] input) => Elements.Map(input, static x => x * Math.Min(Math.Max(x + 3, 0), 6) / 6);

    /// <summary>
    /// dL/dx = 0 where x &lt; -3, g where x >= 3, otherwise g * (x / 3 + 1 / 2), given g = dL/dy. At -3 the derivative is -1/2, as in
    /// PyTorch; at 3 it is 1, as in PyTorch's vectorised loop (the scalar one that ends an array has 3/2).
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not as long as <paramref name="input"/>.</exception>
    public static double[] Backward(double[] input, double[] outputGradient) =>
        Elements.PullBack(input, outputGradient, static x => x < -3 ? 0 : x < 3 ? (x / 3) + 0.5 : 1);
}
