using System;

namespace Cnn.Reference;

/// <summary>
/// A 2-D convolution, computed as cross-correlation:
/// y[o, p, q] = b[o] + sum over c, i, j of w[o, c, i, j] * x[c, p * stride - top + i * dilation, q * stride - left + j * dilation],
/// where x is zero outside. With groups, filter o sees the channels of its group alone: the filters and the channels are both split into
/// that many equal parts, and c counts from the first channel of the part. A depthwise convolution has as many groups as channels.
/// Weights [filters, channels / groups, kernelHeight, kernelWidth], bias [filters].
/// </summary>
public static class Convolution
{
    /// <summary>The output, of filters x output height x output width.</summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w.</param>
    /// <param name="bias">b, or null for none.</param>
    /// <param name="filters">Output channels, a multiple of <paramref name="groups"/>.</param>
    /// <param name="window">Kernel, strides, dilations and padding.</param>
    /// <param name="groups">Parts into which channels and filters are split, a divisor of both.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the window does not fit the input.</exception>
    public static Volume Forward(Volume input, double[] weight, double[]? bias, int filters, Window window, int groups = 1)
    {
        CheckParameters(input, weight, bias, filters, window, groups);
        var output = new Volume(window.Outputs(filters, input.Shape));
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
                var tap = new Taps(input, output, window, i, j);
                for (var o = 0; o < filters; o++)
                {
                    var first = o / perGroup * channels;
                    for (var c = 0; c < channels; c++)
                        tap.Gather(weight[Place(channels, window, o, c, i, j)], first + c, o);
                }
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
    /// <param name="window">Kernel, strides, dilations and padding.</param>
    /// <param name="weightGradient">Receives dL/dw, added to what stands there.</param>
    /// <param name="biasGradient">Receives dL/db likewise; null without bias.</param>
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
        int groups = 1)
    {
        var filters = outputGradient.Channels;
        CheckParameters(input, weight, biasGradient, filters, window, groups);
        ArgumentNullException.ThrowIfNull(weightGradient);
        Lengths.Require(weightGradient.Length, weight.Length, nameof(weightGradient));
        Lengths.RequireShape(outputGradient, window.Outputs(filters, input.Shape));

        var inputGradient = new Volume(input.Shape);
        var (channels, perGroup) = (input.Channels / groups, filters / groups);
        for (var i = 0; i < window.KernelHeight; i++)
        {
            for (var j = 0; j < window.KernelWidth; j++)
            {
                var tap = new Taps(input, outputGradient, window, i, j);
                for (var o = 0; o < filters; o++)
                {
                    var first = o / perGroup * channels;
                    for (var c = 0; c < channels; c++)
                    {
                        var place = Place(channels, window, o, c, i, j);
                        weightGradient[place] += tap.PullBack(weight[place], first + c, o, inputGradient.Values);
                    }
                }
            }
        }

        AddPlaneSums(outputGradient, biasGradient);
        return inputGradient;
    }

    /// <summary>Adds dL/db[o] = sum over p, q of g[o, p, q].</summary>
    internal static void AddPlaneSums(Volume outputGradient, double[]? biasGradient)
    {
        if (biasGradient is null)
            return;
        for (var o = 0; o < outputGradient.Channels; o++)
        {
            foreach (var g in outputGradient.Plane(o))
                biasGradient[o] += g;
        }
    }

    /// <summary>Refuses groups that do not divide the channels on both sides.</summary>
    internal static void CheckGroups(int channels, int filters, int groups)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        if (channels % groups != 0 || filters % groups != 0)
            throw new ArgumentException($"{groups} groups divide {channels} input channels and {filters} filters into unequal parts.");
    }

    /// <summary>The place of w[o, c, i, j].</summary>
    private static int Place(int channels, Window window, int o, int c, int i, int j) =>
        (((((o * channels) + c) * window.KernelHeight) + i) * window.KernelWidth) + j;

    private static void CheckParameters(Volume input, double[] weight, double[]? bias, int filters, Window window, int groups)
    {
        CheckGroups(input.Channels, filters, groups);
        ArgumentNullException.ThrowIfNull(weight);
        var length = checked(filters * (input.Channels / groups) * window.KernelHeight * window.KernelWidth);
        Lengths.Require(weight.Length, length, nameof(weight));
        if (bias is not null)
            Lengths.Require(bias.Length, filters, nameof(bias));
    }
}
