using System;

namespace Cnn.Reference;

/// <summary>The rectified linear unit: y = max(x, 0), element by element.</summary>
public static class Relu
{
    /// <summary>The output, as long as the input.</summary>
    public static double[] Forward(double[] input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var output = new double[input.Length];
        for (var i = 0; i < input.Length; i++)
            output[i] = Math.Max(input[i], 0);
        return output;
    }

    /// <summary>dL/dx = g where x > 0, otherwise 0, given g = dL/dy. At 0 the derivative is taken as 0, as in PyTorch.</summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not as long as <paramref name="input"/>.</exception>
    public static double[] Backward(double[] input, double[] outputGradient)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(outputGradient);
        Lengths.Require(outputGradient.Length, input.Length, nameof(outputGradient));
        var inputGradient = new double[input.Length];
        for (var i = 0; i < input.Length; i++)
            inputGradient[i] = input[i] > 0 ? outputGradient[i] : 0;
        return inputGradient;
    }
}
