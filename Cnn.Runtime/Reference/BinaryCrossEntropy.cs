using System;

namespace Cnn.Reference;

/// <summary>
/// Binary cross-entropy on logits, in nats: L = mean over the n elements of -t * log s(x) - (1 - t) * log(1 - s(x)) with the logistic
/// function s, written as max(x, 0) - t * x + log(1 + exp(-|x|)). PyTorch's binary_cross_entropy_with_logits.
/// </summary>
public static class BinaryCrossEntropy
{
    /// <summary>The loss of one sample.</summary>
    /// <param name="logits">x.</param>
    /// <param name="target">t, probabilities in [0, 1].</param>
    /// <exception cref="ArgumentException"><paramref name="target"/> is not as long as <paramref name="logits"/>.</exception>
    public static double Forward(double[] logits, double[] target)
    {
        Check(logits, target);
        var sum = 0.0;
        for (var i = 0; i < logits.Length; i++)
            sum += Softplus.Of(logits[i]) - (target[i] * logits[i]);
        return sum / logits.Length;
    }

    /// <summary>dL/dx[i] = (s(x[i]) - t[i]) / n.</summary>
    /// <param name="logits">x.</param>
    /// <param name="target">t, probabilities in [0, 1].</param>
    /// <exception cref="ArgumentException"><paramref name="target"/> is not as long as <paramref name="logits"/>.</exception>
    public static double[] Backward(double[] logits, double[] target)
    {
        Check(logits, target);
        var gradient = new double[logits.Length];
        for (var i = 0; i < logits.Length; i++)
            gradient[i] = (Sigmoid.Logistic(logits[i]) - target[i]) / logits.Length;
        return gradient;
    }

    private static void Check(double[] logits, double[] target)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(target);
        Lengths.Require(target.Length, logits.Length, nameof(target));
    }
}
