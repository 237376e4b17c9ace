using System;

namespace Cnn.Reference;

/// <summary>Global average pooling: y[c] = the mean of channel c, a volume of channels x 1 x 1.</summary>
public static class GlobalAveragePooling
{
    /// <summary>The output, of channels x 1 x 1.</summary>
    public static Volume Forward(Volume input)
    {
        var output = new Volume(input.Channels, 1, 1);
        for (var c = 0; c < input.Channels; c++)
        {
            var sum = 0.0;
            foreach (var x in input.Plane(c))
                sum += x;
            output.Values[c] = sum / input.Shape.Pixels;
        }

        return output;
    }

    /// <summary>dL/dx[c, row, column] = g[c] / pixels, given g = dL/dy.</summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not channels x 1 x 1.</exception>
    public static Volume Backward(Volume input, Volume outputGradient)
    {
        Lengths.RequireShape(outputGradient, new VolumeShape(input.Channels, 1, 1));
        var inputGradient = new Volume(input.Shape);
        for (var c = 0; c < input.Channels; c++)
            inputGradient.Plane(c).Fill(outputGradient.Values[c] / input.Shape.Pixels);
        return inputGradient;
    }
}
