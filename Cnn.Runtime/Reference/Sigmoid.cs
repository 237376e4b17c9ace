using System;

namespace Cnn.Reference;

/// <summary>The logistic function: y = 1 / (1 + exp(-x)), element by element.</summary>
public static class Sigmoid
{
    /// <summary>The output, as long as the input.</summary>
    public static double[] Forward(double[] input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var output = new double[input.Length];
        for (var i = 0; i < input.Length; i++)
            output[i] = Logistic(input[i]);
        return output;
    }

    /// <summary>dL/dx = g * y * (1 - y), given g = dL/dy.</summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not as long as <paramref name="input"/>.</exception>
    public static double[] Backward(double[] input, double[] outputGradient)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(outputGradient);
        Lengths.Require(outputGradient.Length, input.Length, nameof(outputGradient));
        var inputGradient = new double[input.Length];
        for (var i = 0; i < input.Length; i++)
        {
            var y = Logistic(input[i]);
            inputGradient[i] = outputGradient[i] * y * (1 - y);
        }

        return inputGradient;
    }

    /// <summary>1 / (1 + exp(-x)).</summary>
    internal static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
