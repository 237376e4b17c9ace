using System;

namespace Cnn.Reference;

/// <summary>
/// A transposed convolution: the map that pulls the gradient back through a convolution, taken as a layer. Every input element hands its
/// product with the kernel to the outputs under it:
/// y[o, p * stride - top + i * dilation, q * stride - left + j * dilation] += w[c, o, i, j] * x[c, p, q], started from b[o].
/// Output rows: (n - 1) * stride - top - bottom + dilation * (kernel - 1) + output padding + 1; the output padding adds rows below and
/// columns to the right. With groups, channel c hands to the filters of its group alone, and o counts from the first of them.
/// Weights [channels, filters / groups, kernelHeight, kernelWidth], bias [filters]. PyTorch's ConvTranspose2d.
/// </summary>
public static class ConvTranspose
{
    /// <summary>The output shape.</summary>
    /// <param name="input">The input shape.</param>
    /// <param name="filters">Output channels.</param>
    /// <param name="window">Kernel, strides, dilations, and the padding that is cut off the output.</param>
    /// <param name="outputPaddingHeight">Rows added below; less than the stride or than the dilation.</param>
    /// <param name="outputPaddingWidth">Columns added to the right; less than the stride or than the dilation.</param>
    /// <exception cref="ArgumentException">Nothing is left of the output, or the output padding is too large.</exception>
    public static VolumeShape Outputs(
        VolumeShape input,
        int filters,
        Window window,
        int outputPaddingHeight = 0,
        int outputPaddingWidth = 0)
    {
        window.RequireValid();
        CheckOutputPadding(outputPaddingHeight, window.StrideHeight, window.DilationHeight);
        CheckOutputPadding(outputPaddingWidth, window.StrideWidth, window.DilationWidth);
        var height = ((input.Height - 1) * window.StrideHeight) - window.Top - window.Bottom
            + (window.DilationHeight * (window.KernelHeight - 1)) + outputPaddingHeight + 1;
        var width = ((input.Width - 1) * window.StrideWidth) - window.Left - window.Right
            + (window.DilationWidth * (window.KernelWidth - 1)) + outputPaddingWidth + 1;
        return height >= 1 && width >= 1
            ? new VolumeShape(filters, height, width)
            : throw new ArgumentException($"A transposed convolution leaves {height} rows and {width} columns of {input}: {window}.");
    }

    /// <summary>The output.</summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w.</param>
    /// <param name="bias">b, or null for none.</param>
    /// <param name="filters">Output channels, a multiple of <paramref name="groups"/>.</param>
    /// <param name="window">Kernel, strides, dilations, and the padding that is cut off the output.</param>
    /// <param name="outputPaddingHeight">Rows added below; less than the stride or than the dilation.</param>
    /// <param name="outputPaddingWidth">Columns added to the right; less than the stride or than the dilation.</param>
    /// <param name="groups">Parts into which channels and filters are split, a divisor of both.</param>
    /// <exception cref="ArgumentException">A length does not fit, or nothing is left of the output.</exception>
    public static Volume Forward(
        Volume input,
        double[] weight,
        double[]? bias,
        int filters,
        Window window,
        int outputPaddingHeight = 0,
        int outputPaddingWidth = 0,
        int groups = 1)
    {
        CheckParameters(input, weight, bias, filters, window, groups);
        var output = new Volume(Outputs(input.Shape, filters, window, outputPaddingHeight, outputPaddingWidth));
        if (bias is not null)
        {
            for (var o = 0; o < filters; o++)
                output.Plane(o).Fill(bias[o]);
        }

        var (channels, perGroup) = (input.Channels / groups, filters / groups);
        for (var i = 0; i < window.KernelHeight; i++)
        {
            for (var j = 0; j < window.KernelWidth; j++)
            {
                // The output stands where the input of a convolution stands.
                var tap = new Taps(output, input, window, i, j);
                for (var c = 0; c < input.Channels; c++)
                {
                    var first = c / channels * perGroup;
                    for (var o = 0; o < perGroup; o++)
                        tap.Scatter(weight[Place(perGroup, window, c, o, i, j)], first + o, c);
                }
            }
        }

        return output;
    }

    /// <summary>
    /// The gradients of a scalar L, given g = dL/dy: dL/dx[c, p, q] = sum over o, i, j of w[c, o, i, j] * g[o, p * stride - top + ...],
    /// a convolution; adds dL/dw[c, o, i, j] = sum over p, q of x[c, p, q] * g[o, ...] and dL/db[o] = the sum of g[o].
    /// </summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w.</param>
    /// <param name="outputGradient">g, in the shape of the output.</param>
    /// <param name="window">Kernel, strides, dilations, and the padding that is cut off the output.</param>
    /// <param name="weightGradient">Receives dL/dw, added to what stands there.</param>
    /// <param name="biasGradient">Receives dL/db likewise; null without bias.</param>
    /// <param name="outputPaddingHeight">Rows added below.</param>
    /// <param name="outputPaddingWidth">Columns added to the right.</param>
    /// <param name="groups">Parts into which channels and filters are split.</param>
    /// <returns>dL/dx, in the shape of the input.</returns>
    /// <exception cref="ArgumentException">A length or shape does not fit.</exception>
    public static Volume Backward(
        Volume input,
        double[] weight,
        Volume outputGradient,
        Window window,
        double[] weightGradient,
        double[]? biasGradient,
        int outputPaddingHeight = 0,
        int outputPaddingWidth = 0,
        int groups = 1)
    {
        var filters = outputGradient.Channels;
        CheckParameters(input, weight, biasGradient, filters, window, groups);
        ArgumentNullException.ThrowIfNull(weightGradient);
        Lengths.Require(weightGradient.Length, weight.Length, nameof(weightGradient));
        Lengths.RequireShape(outputGradient, Outputs(input.Shape, filters, window, outputPaddingHeight, outputPaddingWidth));

        var inputGradient = new Volume(input.Shape);
        var (channels, perGroup) = (input.Channels / groups, filters / groups);
        for (var i = 0; i < window.KernelHeight; i++)
        {
            for (var j = 0; j < window.KernelWidth; j++)
            {
                var values = new Taps(outputGradient, input, window, i, j);
                var gradients = new Taps(outputGradient, inputGradient, window, i, j);
                for (var c = 0; c < input.Channels; c++)
                {
                    var first = c / channels * perGroup;
                    for (var o = 0; o < perGroup; o++)
                    {
                        var place = Place(perGroup, window, c, o, i, j);
                        gradients.Gather(weight[place], first + o, c);
                        weightGradient[place] += values.Dot(first + o, c);
                    }
                }
            }
        }

        Convolution.AddPlaneSums(outputGradient, biasGradient);
        return inputGradient;
    }

    /// <summary>The place of w[c, o, i, j].</summary>
    private static int Place(int perGroup, Window window, int c, int o, int i, int j) =>
        (((((c * perGroup) + o) * window.KernelHeight) + i) * window.KernelWidth) + j;

    private static void CheckOutputPadding(int outputPadding, int stride, int dilation)
    {
        if (outputPadding < 0 || outputPadding >= Math.Max(stride, dilation))
        {
            throw new ArgumentException(
                $"An output padding of {outputPadding} is not below the stride ({stride}) or the dilation ({dilation}).");
        }
    }

    private static void CheckParameters(Volume input, double[] weight, double[]? bias, int filters, Window window, int groups)
    {
        Convolution.CheckGroups(input.Channels, filters, groups);
        ArgumentNullException.ThrowIfNull(weight);
        var length = checked(input.Channels * (filters / groups) * window.KernelHeight * window.KernelWidth);
        Lengths.Require(weight.Length, length, nameof(weight));
        if (bias is not null)
            Lengths.Require(bias.Length, filters, nameof(bias));
    }
}
