using System;

namespace Cnn.Reference;

/// <summary>
/// Average pooling: y[c, p, q] = sum over i, j of x[c, p * stride - top + i * dilation, q * stride - left + j * dilation] / n, where x is
/// zero outside. n counts the elements of the window that lie on the padded input, all of them but for a window that ceil mode lets
/// reach beyond it; or, without padding counted, those that lie on the input (PyTorch's count_include_pad, true by default). Over
/// padding alone the average without padding is 0.
/// </summary>
public static class AveragePooling
{
    /// <summary>The output, of channels x output height x output width.</summary>
    /// <param name="input">x.</param>
    /// <param name="window">Size, strides, dilations, padding and ceil mode.</param>
    /// <param name="countIncludePad">Whether padding counts as zeros rather than not at all.</param>
    /// <exception cref="ArgumentException">The window does not fit the input.</exception>
    public static Volume Forward(Volume input, Window window, bool countIncludePad = true)
    {
        var output = new Volume(window.Outputs(input.Channels, input.Shape));
        for (var y = 0; y < output.Height; y++)
        {
            for (var x = 0; x < output.Width; x++)
            {
                var divisor = Divisor(input, window, y, x, countIncludePad);
                for (var c = 0; c < output.Channels && divisor > 0; c++)
                    output[c, y, x] = WindowSum(input, window, c, y, x) / divisor;
            }
        }

        return output;
    }

    /// <summary>dL/dx, given g = dL/dy: each window hands g / n to every element it sees.</summary>
    /// <param name="input">x.</param>
    /// <param name="outputGradient">g.</param>
    /// <param name="window">Size, strides, dilations, padding and ceil mode.</param>
    /// <param name="countIncludePad">Whether padding counts as zeros rather than not at all.</param>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> has not the shape of the output.</exception>
    public static Volume Backward(Volume input, Volume outputGradient, Window window, bool countIncludePad = true)
    {
        Lengths.RequireShape(outputGradient, window.Outputs(input.Channels, input.Shape));
        var inputGradient = new Volume(input.Shape);
        for (var y = 0; y < outputGradient.Height; y++)
        {
            for (var x = 0; x < outputGradient.Width; x++)
            {
                var divisor = Divisor(input, window, y, x, countIncludePad);
                for (var c = 0; c < outputGradient.Channels && divisor > 0; c++)
                    AddWindow(inputGradient, window, c, y, x, outputGradient[c, y, x] / divisor);
            }
        }

        return inputGradient;
    }

    private static int Divisor(Volume input, Window window, int y, int x, bool countIncludePad)
    {
        var (above, below) = countIncludePad ? (window.Top, window.Bottom) : (0, 0);
        var (before, after) = countIncludePad ? (window.Left, window.Right) : (0, 0);
        var rows = 0;
        for (var i = 0; i < window.KernelHeight; i++)
            rows += window.Row(y, i) >= -above && window.Row(y, i) < input.Height + below ? 1 : 0;
        var columns = 0;
        for (var j = 0; j < window.KernelWidth; j++)
            columns += window.Column(x, j) >= -before && window.Column(x, j) < input.Width + after ? 1 : 0;
        return rows * columns;
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
