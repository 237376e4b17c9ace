using System;

namespace Cnn.Reference;

/// <summary>
/// The Huber loss (Huber 1964): L = mean over the n elements of d^2 / 2 where |d| &lt;= delta, otherwise delta * (|d| - delta / 2), with
/// d = x - t. PyTorch's huber_loss.
/// </summary>
public static class Huber
{
    /// <summary>The loss of one sample.</summary>
    /// <param name="output">x.</param>
    /// <param name="target">t.</param>
    /// <param name="delta">The distance at which the square turns into a line, above 0.</param>
    /// <exception cref="ArgumentException"><paramref name="target"/> is not as long as <paramref name="output"/>.</exception>
    public static double Forward(double[] output, double[] target, double delta = 1)
    {
        Check(output, target, delta);
        var sum = 0.0;
        for (var i = 0; i < output.Length; i++)
        {
            var distance = Math.Abs(output[i] - target[i]);
            sum += distance <= delta ? distance * distance / 2 : delta * (distance - (delta / 2));
        }

        return sum / output.Length;
    }

    /// <summary>dL/dx[i] = d[i] / n where |d[i]| &lt;= delta, otherwise delta / n with the sign of d[i].</summary>
    /// <param name="output">x.</param>
    /// <param name="target">t.</param>
    /// <param name="delta">The distance at which the square turns into a line, above 0.</param>
    /// <exception cref="ArgumentException"><paramref name="target"/> is not as long as <paramref name="output"/>.</exception>
    public static double[] Backward(double[] output, double[] target, double delta = 1)
    {
        Check(output, target, delta);
        var gradient = new double[output.Length];
        for (var i = 0; i < output.Length; i++)
            gradient[i] = Math.Clamp(output[i] - target[i], -delta, delta) / output.Length;
        return gradient;
    }

    private static void Check(double[] output, double[] target, double delta)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        Lengths.Require(target.Length, output.Length, nameof(target));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(delta);
    }
}
