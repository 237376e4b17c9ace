using System;

namespace Cnn.Reference;

/// <summary>A fully connected layer: y[o] = b[o] + sum over i of w[o, i] * x[i]. Weights [units, inputs], bias [units].</summary>
public static class Dense
{
    /// <summary>The output, <paramref name="units"/> long.</summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w.</param>
    /// <param name="bias">b, or null for none.</param>
    /// <param name="units">Outputs.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static double[] Forward(double[] input, double[] weight, double[]? bias, int units)
    {
        CheckParameters(input, weight, bias, units);
        var output = new double[units];
        for (var o = 0; o < units; o++)
        {
            var sum = 0.0;
            var row = o * input.Length;
            for (var i = 0; i < input.Length; i++)
                sum += weight[row + i] * input[i];
            output[o] = (bias is null ? 0 : bias[o]) + sum;
        }

        return output;
    }

    /// <summary>
    /// dL/dx[i] = sum over o of w[o, i] * g[o], given g = dL/dy; adds dL/dw[o, i] = g[o] * x[i] and dL/db[o] = g[o].
    /// </summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w.</param>
    /// <param name="outputGradient">g, as long as the output.</param>
    /// <param name="weightGradient">Receives dL/dw, added to what stands there.</param>
    /// <param name="biasGradient">Receives dL/db likewise; null without bias.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static double[] Backward(
        double[] input,
        double[] weight,
        double[] outputGradient,
        double[] weightGradient,
        double[]? biasGradient)
    {
        CheckParameters(input, weight, biasGradient, outputGradient.Length);
        Lengths.Require(weightGradient.Length, weight.Length, nameof(weightGradient));
        var inputGradient = new double[input.Length];
        for (var o = 0; o < outputGradient.Length; o++)
        {
            var g = outputGradient[o];
            var row = o * input.Length;
            for (var i = 0; i < input.Length; i++)
            {
                inputGradient[i] += weight[row + i] * g;
                weightGradient[row + i] += g * input[i];
            }

            if (biasGradient is not null)
                biasGradient[o] += g;
        }

        return inputGradient;
    }

    private static void CheckParameters(double[] input, double[] weight, double[]? bias, int units)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        Lengths.Require(weight.Length, checked(units * input.Length), nameof(weight));
        if (bias is not null)
            Lengths.Require(bias.Length, units, nameof(bias));
    }
}
