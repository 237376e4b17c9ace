using System;

namespace Cnn.Reference;

/// <summary>The hyperbolic tangent: y = tanh(x), element by element.</summary>
public static class Tanh
{
    /// <summary>The output, as long as the input.</summary>
    public static double[] Forward(double[] input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var output = new double[input.Length];
        for (var i = 0; i < input.Length; i++)
            output[i] = Math.Tanh(input[i]);
        return output;
    }

    /// <summary>dL/dx = g * (1 - y^2), given g = dL/dy.</summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not as long as <paramref name="input"/>.</exception>
    public static double[] Backward(double[] input, double[] outputGradient)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(outputGradient);
        Lengths.Require(outputGradient.Length, input.Length, nameof(outputGradient));
        var inputGradient = new double[input.Length];
        for (var i = 0; i < input.Length; i++)
        {
            var y = Math.Tanh(input[i]);
            inputGradient[i] = outputGradient[i] * (1 - (y * y));
        }

        return inputGradient;
    }
}
