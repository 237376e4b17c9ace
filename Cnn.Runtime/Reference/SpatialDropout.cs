using System;

namespace Cnn.Reference;

/// <summary>
/// Inverted dropout of whole channels with a given mask (Tompson et al. 2015): y[c, ...] = x[c, ...] / (1 - rate) where the mask keeps
/// the channel, otherwise 0. At inference it does nothing. PyTorch's Dropout2d.
/// </summary>
public static class SpatialDropout
{
    /// <summary>The output, in the shape of the input.</summary>
    /// <param name="input">x.</param>
    /// <param name="keep">The channels that survive.</param>
    /// <param name="rate">The probability with which a channel is dropped, in [0, 1).</param>
    /// <exception cref="ArgumentException"><paramref name="keep"/> does not hold one value for each channel.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is outside [0, 1).</exception>
    public static Volume Forward(Volume input, bool[] keep, double rate)
    {
        ArgumentNullException.ThrowIfNull(keep);
        Lengths.Require(keep.Length, input.Channels, nameof(keep));
        var elements = new bool[input.Values.Length];
        for (var c = 0; c < keep.Length; c++)
            elements.AsSpan(c * input.Shape.Pixels, input.Shape.Pixels).Fill(keep[c]);
        return input.With(Dropout.Forward(input.Values, elements, rate));
    }

    /// <summary>dL/dx = g / (1 - rate) where the mask keeps the channel, otherwise 0, given g = dL/dy.</summary>
    /// <exception cref="ArgumentException"><paramref name="keep"/> does not hold one value for each channel.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is outside [0, 1).</exception>
    public static Volume Backward(Volume outputGradient, bool[] keep, double rate) => Forward(outputGradient, keep, rate);
}
