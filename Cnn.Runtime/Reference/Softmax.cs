using System;
using System.Linq;

namespace Cnn.Reference;

/// <summary>
/// y[i] = exp(x[i] - m) / sum over j of exp(x[j] - m), with m = max x, which changes nothing but keeps exp from overflowing.
/// </summary>
public static class Softmax
{
    /// <summary>The output: positive numbers of sum 1, as many as the input has.</summary>
    /// <exception cref="ArgumentException"><paramref name="input"/> is empty.</exception>
    public static double[] Forward(double[] input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Length == 0)
            throw new ArgumentException("Softmax needs at least one number.", nameof(input));
        var largest = input.Max();
        var powers = input.Select(x => Math.Exp(x - largest)).ToArray();
        var sum = powers.Sum();
        return powers.Select(power => power / sum).ToArray();
    }

    /// <summary>dL/dx[i] = y[i] * (g[i] - sum over j of g[j] * y[j]), given g = dL/dy.</summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not as long as <paramref name="input"/>.</exception>
    public static double[] Backward(double[] input, double[] outputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        var output = Forward(input);
        Lengths.Require(outputGradient.Length, input.Length, nameof(outputGradient));
        var mean = 0.0;
        for (var j = 0; j < output.Length; j++)
            mean += outputGradient[j] * output[j];
        var inputGradient = new double[input.Length];
        for (var i = 0; i < input.Length; i++)
            inputGradient[i] = output[i] * (outputGradient[i] - mean);
        return inputGradient;
    }
}
