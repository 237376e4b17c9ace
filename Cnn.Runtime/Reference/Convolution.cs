using System;

namespace Cnn.Reference;

/// <summary>
/// A 2-D convolution, computed as cross-correlation:
/// y[o, p, q] = b[o] + sum over c, i, j of w[o, c, i, j] * x[c, p * stride - top + i, q * stride - left + j],
/// where x is zero outside. Weights [filters, channels, kernelHeight, kernelWidth], bias [filters].
/// </summary>
public static class Convolution
{
    /// <summary>The output, of filters x output height x output width.</summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w.</param>
    /// <param name="bias">b, or null for none.</param>
    /// <param name="filters">Output channels.</param>
    /// <param name="window">Kernel, stride and padding.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the window does not fit the input.</exception>
    public static Volume Forward(Volume input, double[] weight, double[]? bias, int filters, Window window)
    {
        CheckParameters(input, weight, bias, filters, window);
        var output = new Volume(filters, window.OutputHeight(input.Height), window.OutputWidth(input.Width));
        for (var o = 0; o < filters; o++)
        {
            for (var y = 0; y < output.Height; y++)
            {
                for (var x = 0; x < output.Width; x++)
                    output[o, y, x] = (bias is null ? 0 : bias[o]) + WindowSum(input, weight, o, y, x, window);
            }
        }

        return output;
    }

    /// <summary>
    /// The gradients of a scalar L, given g = dL/dy: dL/dx[c, row, column] = sum of w[o, c, i, j] * g[o, p, q] over all taps that see the
    /// element; adds dL/dw[o, c, i, j] = sum over p, q of x[c, ...] * g[o, p, q] and dL/db[o] = sum over p, q of g[o, p, q].
    /// </summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w.</param>
    /// <param name="outputGradient">g, in the shape of the output.</param>
    /// <param name="window">Kernel, stride and padding.</param>
    /// <param name="weightGradient">Receives dL/dw, added to what stands there.</param>
    /// <param name="biasGradient">Receives dL/db likewise; null without bias.</param>
    /// <returns>dL/dx, in the shape of the input.</returns>
    /// <exception cref="ArgumentException">A length or shape does not fit.</exception>
    public static Volume Backward(
        Volume input,
        double[] weight,
        Volume outputGradient,
        Window window,
        double[] weightGradient,
        double[]? biasGradient)
    {
        var filters = outputGradient.Channels;
        CheckParameters(input, weight, biasGradient, filters, window);
        Lengths.Require(weightGradient.Length, weight.Length, nameof(weightGradient));
        Lengths.RequireShape(outputGradient, filters, window.OutputHeight(input.Height), window.OutputWidth(input.Width));

        var inputGradient = new Volume(input.Channels, input.Height, input.Width);
        for (var o = 0; o < filters; o++)
        {
            for (var y = 0; y < outputGradient.Height; y++)
            {
                for (var x = 0; x < outputGradient.Width; x++)
                {
                    // Behind a max pooling most are zero, and a zero adds nothing.
                    var g = outputGradient[o, y, x];
                    if (g == 0)
                        continue;
                    if (biasGradient is not null)
                        biasGradient[o] += g;
                    AddWindow(input, weight, o, y, x, window, g, inputGradient, weightGradient);
                }
            }
        }

        return inputGradient;
    }

    private static double WindowSum(Volume input, double[] weight, int o, int y, int x, Window window)
    {
        var values = input.Values;
        var left = window.Column(x, 0);
        var sum = 0.0;
        for (var c = 0; c < input.Channels; c++)
        {
            for (var i = 0; i < window.KernelHeight; i++)
            {
                var row = window.Row(y, i);
                if (row < 0 || row >= input.Height)
                    continue;
                var taps = Tap(input, window, o, c, i);
                var pixels = input.Index(c, row, left);
                var (first, end) = ColumnsInside(input, window, left);
                for (var j = first; j < end; j++)
                    sum += weight[taps + j] * values[pixels + j];
            }
        }

        return sum;
    }

    private static void AddWindow(
        Volume input,
        double[] weight,
        int o,
        int y,
        int x,
        Window window,
        double g,
        Volume inputGradient,
        double[] weightGradient)
    {
        var values = input.Values;
        var gradients = inputGradient.Values;
        var left = window.Column(x, 0);
        for (var c = 0; c < input.Channels; c++)
        {
            for (var i = 0; i < window.KernelHeight; i++)
            {
                var row = window.Row(y, i);
                if (row < 0 || row >= input.Height)
                    continue;
                var taps = Tap(input, window, o, c, i);
                var pixels = input.Index(c, row, left);
                var (first, end) = ColumnsInside(input, window, left);
                for (var j = first; j < end; j++)
                {
                    gradients[pixels + j] += weight[taps + j] * g;
                    weightGradient[taps + j] += values[pixels + j] * g;
                }
            }
        }
    }

    /// <summary>The columns j of the window that lie on the input; the others lie on padding and contribute nothing.</summary>
    private static (int First, int End) ColumnsInside(Volume input, Window window, int left) =>
        (Math.Max(0, -left), Math.Min(window.KernelWidth, input.Width - left));

    /// <summary>The place of w[o, c, i, 0].</summary>
    private static int Tap(Volume input, Window window, int o, int c, int i) =>
        ((((o * input.Channels) + c) * window.KernelHeight) + i) * window.KernelWidth;

    private static void CheckParameters(Volume input, double[] weight, double[]? bias, int filters, Window window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filters, 1);
        ArgumentNullException.ThrowIfNull(weight);
        Lengths.Require(weight.Length, checked(filters * input.Channels * window.KernelHeight * window.KernelWidth), nameof(weight));
        if (bias is not null)
            Lengths.Require(bias.Length, filters, nameof(bias));
    }
}
