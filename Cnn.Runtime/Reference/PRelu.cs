using System;

namespace Cnn.Reference;

/// <summary>
/// The leaky rectified linear unit with a trained slope (He et al. 2015): y = x where x > 0, otherwise w * x, with one w for all, or w[c]
/// for each channel. Weight [1] or [channels].
/// </summary>
public static class PRelu
{
    /// <summary>The output, in the shape of the input.</summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w: 1 number, or as many as channels.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static Volume Forward(Volume input, double[] weight)
    {
        var run = Run(input, weight);
        var output = new Volume(input.Shape);
        for (var i = 0; i < input.Values.Length; i++)
        {
            var x = input.Values[i];
            output.Values[i] = x > 0 ? x : weight[i / run] * x;
        }

        return output;
    }

    /// <summary>
    /// dL/dx = g where x > 0, otherwise w * g, given g = dL/dy; adds dL/dw = the sum of g * x where x &lt;= 0. At 0 the derivative is w, as
    /// in PyTorch.
    /// </summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w: 1 number, or as many as channels.</param>
    /// <param name="outputGradient">g.</param>
    /// <param name="weightGradient">Receives dL/dw, added to what stands there.</param>
    /// <exception cref="ArgumentException">A length or shape does not fit.</exception>
    public static Volume Backward(Volume input, double[] weight, Volume outputGradient, double[] weightGradient)
    {
        var run = Run(input, weight);
        ArgumentNullException.ThrowIfNull(weightGradient);
        Lengths.Require(weightGradient.Length, weight.Length, nameof(weightGradient));
        Lengths.RequireShape(outputGradient, input.Shape);
        var inputGradient = new Volume(input.Shape);
        for (var i = 0; i < input.Values.Length; i++)
        {
            var (x, g) = (input.Values[i], outputGradient.Values[i]);
            inputGradient.Values[i] = x > 0 ? g : weight[i / run] * g;
            weightGradient[i / run] += x > 0 ? 0 : x * g;
        }

        return inputGradient;
    }

    private static int Run(Volume input, double[] weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.Length != 1)
            Lengths.Require(weight.Length, input.Channels, nameof(weight));
        return input.Values.Length / weight.Length;
    }
}
