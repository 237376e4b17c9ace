using System;

namespace Cnn.Reference;

/// <summary>L = sum over i of (x[i] - t[i])^2 / n: the mean over the n elements, PyTorch's default.</summary>
public static class MeanSquaredError
{
    /// <summary>The loss of one sample.</summary>
    /// <exception cref="ArgumentException"><paramref name="target"/> is not as long as <paramref name="output"/>.</exception>
    public static double Forward(double[] output, double[] target)
    {
        Check(output, target);
        var sum = 0.0;
        for (var i = 0; i < output.Length; i++)
            sum += (output[i] - target[i]) * (output[i] - target[i]);
        return sum / output.Length;
    }

    /// <summary>dL/dx[i] = 2 * (x[i] - t[i]) / n.</summary>
    /// <exception cref="ArgumentException"><paramref name="target"/> is not as long as <paramref name="output"/>.</exception>
    public static double[] Backward(double[] output, double[] target)
    {
        Check(output, target);
        var gradient = new double[output.Length];
        for (var i = 0; i < output.Length; i++)
            gradient[i] = 2 * (output[i] - target[i]) / output.Length;
        return gradient;
    }

    private static void Check(double[] output, double[] target)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        Lengths.Require(target.Length, output.Length, nameof(target));
    }
}
