using System;

namespace Cnn.Reference;

/// <summary>
/// Inverted dropout with a given mask: y = x / (1 - rate) where the mask keeps the element, otherwise 0 (Srivastava et al. 2014). At
/// inference it does nothing.
/// </summary>
public static class Dropout
{
    /// <summary>The output, as long as the input.</summary>
    /// <param name="input">x.</param>
    /// <param name="keep">The elements that survive.</param>
    /// <param name="rate">The probability with which an element is dropped, in [0, 1).</param>
    /// <exception cref="ArgumentException"><paramref name="keep"/> is not as long as <paramref name="input"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is outside [0, 1).</exception>
    public static double[] Forward(double[] input, bool[] keep, double rate)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(keep);
        Lengths.Require(keep.Length, input.Length, nameof(keep));
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rate, 1);
        var output = new double[input.Length];
        for (var i = 0; i < input.Length; i++)
            output[i] = keep[i] ? input[i] / (1 - rate) : 0;
        return output;
    }

    /// <summary>dL/dx = g / (1 - rate) where the mask keeps the element, otherwise 0, given g = dL/dy.</summary>
    /// <exception cref="ArgumentException"><paramref name="keep"/> is not as long as <paramref name="outputGradient"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is outside [0, 1).</exception>
    public static double[] Backward(double[] outputGradient, bool[] keep, double rate) => Forward(outputGradient, keep, rate);
}
