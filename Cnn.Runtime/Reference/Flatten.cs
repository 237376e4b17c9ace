using System;

namespace Cnn.Reference;

/// <summary>
/// A volume read as a vector, channels outermost (CHW, as <see cref="Volume"/> stores it) or channels innermost (HWC: element (c, y, x)
/// stands at (y * width + x) * channels + c), and the way back.
/// </summary>
public static class Flatten
{
    /// <summary>The vector in the chosen order; a copy.</summary>
    /// <param name="input">The volume.</param>
    /// <param name="hwc">Whether to read with channels innermost.</param>
    public static double[] Forward(Volume input, bool hwc)
    {
        var output = new double[input.Values.Length];
        var next = 0;
        foreach (var index in Order(input.Channels, input.Height, input.Width, hwc))
            output[next++] = input.Values[index];
        return output;
    }

    /// <summary>The gradient of the volume: <see cref="Unflatten"/> of the gradient of the vector.</summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not as long as the volume.</exception>
    public static Volume Backward(Volume input, double[] outputGradient, bool hwc) =>
        Unflatten(outputGradient, input.Channels, input.Height, input.Width, hwc);

    /// <summary>
    /// The volume whose elements stand in <paramref name="vector"/> in the chosen order; the inverse of <see cref="Forward"/>.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="vector"/> is not as long as the volume.</exception>
    public static Volume Unflatten(double[] vector, int channels, int height, int width, bool hwc)
    {
        ArgumentNullException.ThrowIfNull(vector);
        var volume = new Volume(channels, height, width);
        Lengths.Require(vector.Length, volume.Values.Length, nameof(vector));
        var next = 0;
        foreach (var index in Order(channels, height, width, hwc))
            volume.Values[index] = vector[next++];
        return volume;
    }

    /// <summary>For each place of the vector, the place of the same element in CHW order.</summary>
    public static int[] Order(int channels, int height, int width, bool hwc)
    {
        var order = new int[checked(channels * height * width)];
        for (var c = 0; c < channels; c++)
        {
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var chw = (((c * height) + y) * width) + x;
                    var place = hwc ? (((y * width) + x) * channels) + c : chw;
                    order[place] = chw;
                }
            }
        }

        return order;
    }
}
