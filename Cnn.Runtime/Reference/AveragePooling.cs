using System;

namespace Cnn.Reference;

/// <summary>
/// Average pooling: y[c, p, q] = sum over i, j of x[c, p * stride - top + i, q * stride - left + j] / (kernelHeight * kernelWidth), where x
/// is zero outside: padding counts (PyTorch's count_include_pad, its default).
/// </summary>
public static class AveragePooling
{
    /// <summary>The output, of channels x output height x output width.</summary>
    /// <exception cref="ArgumentException">The window does not fit the input.</exception>
    public static Volume Forward(Volume input, Window window)
    {
        var output = new Volume(input.Channels, window.OutputHeight(input.Height), window.OutputWidth(input.Width));
        for (var c = 0; c < output.Channels; c++)
        {
            for (var y = 0; y < output.Height; y++)
            {
                for (var x = 0; x < output.Width; x++)
                    output[c, y, x] = WindowSum(input, window, c, y, x) / (window.KernelHeight * window.KernelWidth);
            }
        }

        return output;
    }

    /// <summary>dL/dx, given g = dL/dy: each window hands g / (kernelHeight * kernelWidth) to every element it sees.</summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> has not the shape of the output.</exception>
    public static Volume Backward(Volume input, Volume outputGradient, Window window)
    {
        Lengths.RequireShape(outputGradient, input.Channels, window.OutputHeight(input.Height), window.OutputWidth(input.Width));
        var inputGradient = new Volume(input.Channels, input.Height, input.Width);
        for (var c = 0; c < outputGradient.Channels; c++)
        {
            for (var y = 0; y < outputGradient.Height; y++)
            {
                for (var x = 0; x < outputGradient.Width; x++)
                {
                    var share = outputGradient[c, y, x] / (window.KernelHeight * window.KernelWidth);
                    AddWindow(inputGradient, window, c, y, x, share);
                }
            }
        }

        return inputGradient;
    }

    private static double WindowSum(Volume input, Window window, int c, int y, int x)
    {
        var sum = 0.0;
        for (var i = 0; i < window.KernelHeight; i++)
        {
            for (var j = 0; j < window.KernelWidth; j++)
            {
                var row = window.Row(y, i);
                var column = window.Column(x, j);
                if (input.Contains(row, column))
                    sum += input[c, row, column];
            }
        }

        return sum;
    }

    private static void AddWindow(Volume inputGradient, Window window, int c, int y, int x, double share)
    {
        for (var i = 0; i < window.KernelHeight; i++)
        {
            for (var j = 0; j < window.KernelWidth; j++)
            {
                var row = window.Row(y, i);
                var column = window.Column(x, j);
                if (inputGradient.Contains(row, column))
                    inputGradient[c, row, column] += share;
            }
        }
    }
}
