using System;

namespace Cnn.Reference;

/// <summary>The loops that the functions of single elements share.</summary>
internal static class Elements
{
    /// <summary>y[i] = f(x[i]).</summary>
    public static double[] Map(double[] input, Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(input);
        var output = new double[input.Length];
        for (var i = 0; i < input.Length; i++)
            output[i] = function(input[i]);
        return output;
    }

    /// <summary>dL/dx[i] = g[i] * f'(x[i]).</summary>
    /// <exception cref="ArgumentException"><paramref name="outputGradient"/> is not as long as <paramref name="input"/>.</exception>
    public static double[] PullBack(double[] input, double[] outputGradient, Func<double, double> derivative)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(outputGradient);
        Lengths.Require(outputGradient.Length, input.Length, nameof(outputGradient));
        var inputGradient = new double[input.Length];
        for (var i = 0; i < input.Length; i++)
            inputGradient[i] = outputGradient[i] * derivative(input[i]);
        return inputGradient;
    }
}
