using System;

namespace Cnn.Reference;

/// <summary>
/// Global max pooling: y[c] = the largest element of channel c, a volume of channels x 1 x 1. Among equal elements the first in
/// row-major order wins, as in <see cref="MaxPooling"/> and PyTorch's adaptive_max_pool2d.
/// </summary>
public static class GlobalMaxPooling
{
    /// <summary>The output, of channels x 1 x 1.</summary>
    public static Volume Forward(Volume input)
    {
        var output = new Volume(input.Channels, 1, 1);
        for (var c = 0; c < input.Channels; c++)
            output.Values[c] = input.Plane(c)[Winner(input, c)];
        return output;
    }

    /// <summary>dL/dx[c, row, column] = g[c] at the winner of the channel, otherwise 0, given g = dL/dy.</summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not channels x 1 x 1.</exception>
    public static Volume Backward(Volume input, Volume outputGradient)
    {
        Lengths.RequireShape(outputGradient, new VolumeShape(input.Channels, 1, 1));
        var inputGradient = new Volume(input.Shape);
        for (var c = 0; c < input.Channels; c++)
            inputGradient.Plane(c)[Winner(input, c)] = outputGradient.Values[c];
        return inputGradient;
    }

    private static int Winner(Volume input, int channel)
    {
        var plane = input.Plane(channel);
        var winner = 0;
        for (var i = 1; i < plane.Length; i++)
        {
            if (plane[i] > plane[winner])
                winner = i;
        }

        return winner;
    }
}
