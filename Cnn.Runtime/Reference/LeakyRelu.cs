using System;

namespace Cnn.Reference;

/// <summary>The leaky rectified linear unit: y = x where x > 0, otherwise slope * x, element by element.</summary>
public static class LeakyRelu
{
    /// <summary>The output, as long as the input.</summary>
    /// <param name="input">x.</param>
    /// <param name="slope">The slope below zero, in [0, 1).</param>
    public static double[] Forward(double[] input, double slope)
    {
        ArgumentNullException.ThrowIfNull(input);
        var output = new double[input.Length];
        for (var i = 0; i < input.Length; i++)
            output[i] = input[i] > 0 ? input[i] : slope * input[i];
        return output;
    }

    /// <summary>dL/dx = g where x > 0, otherwise slope * g, given g = dL/dy. At 0 the derivative is the slope, as in PyTorch.</summary>
    /// <param name="input">x.</param>
    /// <param name="outputGradient">g.</param>
    /// <param name="slope">The slope below zero, in [0, 1).</param>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not as long as <paramref name="input"/>.</exception>
    public static double[] Backward(double[] input, double[] outputGradient, double slope)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(outputGradient);
        Lengths.Require(outputGradient.Length, input.Length, nameof(outputGradient));
        var inputGradient = new double[input.Length];
        for (var i = 0; i < input.Length; i++)
            inputGradient[i] = input[i] > 0 ? outputGradient[i] : slope * outputGradient[i];
        return inputGradient;
    }
}
