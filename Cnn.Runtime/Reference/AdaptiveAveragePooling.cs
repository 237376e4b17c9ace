namespace Cnn.Reference;

/// <summary>
/// Average pooling to a given size: output row p is the mean of the input rows from floor(p * height / outputHeight) up to, not including,
/// ceil((p + 1) * height / outputHeight), and columns likewise: PyTorch's AdaptiveAvgPool2d. Windows may overlap and differ in size.
/// </summary>
public static class AdaptiveAveragePooling
{
    /// <summary>The output, of channels x <paramref name="height"/> x <paramref name="width"/>.</summary>
    /// <param name="input">x.</param>
    /// <param name="height">Output rows, at least 1.</param>
    /// <param name="width">Output columns, at least 1.</param>
    public static Volume Forward(Volume input, int height, int width)
    {
        var output = new Volume(input.Channels, height, width);
        for (var p = 0; p < height; p++)
        {
            var (top, bottom) = Range(p, input.Height, height);
            for (var q = 0; q < width; q++)
            {
                var (left, right) = Range(q, input.Width, width);
                for (var c = 0; c < input.Channels; c++)
                {
                    var sum = 0.0;
                    for (var y = top; y < bottom; y++)
                    {
                        for (var x = left; x < right; x++)
                            sum += input[c, y, x];
                    }

                    output[c, p, q] = sum / ((bottom - top) * (right - left));
                }
            }
        }

        return output;
    }

    /// <summary>dL/dx, given g = dL/dy: each window hands g, divided by its number of elements, to every element it sees.</summary>
    public static Volume Backward(Volume input, Volume outputGradient)
    {
        Lengths.RequireShape(outputGradient, outputGradient.Shape with { Channels = input.Channels });
        var inputGradient = new Volume(input.Shape);
        for (var p = 0; p < outputGradient.Height; p++)
        {
            var (top, bottom) = Range(p, input.Height, outputGradient.Height);
            for (var q = 0; q < outputGradient.Width; q++)
            {
                var (left, right) = Range(q, input.Width, outputGradient.Width);
                for (var c = 0; c < input.Channels; c++)
                {
                    var share = outputGradient[c, p, q] / ((bottom - top) * (right - left));
                    for (var y = top; y < bottom; y++)
                    {
                        for (var x = left; x < right; x++)
                            inputGradient[c, y, x] += share;
                    }
                }
            }
        }

        return inputGradient;
    }

    private static (int Start, int End) Range(int index, int length, int outputs)
    {
        var start = (long)index * length / outputs;
        var end = (((index + 1L) * length) + outputs - 1) / outputs;
        return ((int)start, (int)end);
    }
}
