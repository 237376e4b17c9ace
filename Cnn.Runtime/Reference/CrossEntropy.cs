using System;
using System.Linq;

namespace Cnn.Reference;

/// <summary>
/// Cross-entropy on logits, in nats: L = -sum over i of t[i] * log softmax(x)[i], where t is a distribution over the classes, or
/// L = -log softmax(x)[label] for one label.
/// </summary>
public static class CrossEntropy
{
    /// <summary>The loss of one sample with a label.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is not an index into <paramref name="logits"/>.</exception>
    public static double Forward(double[] logits, int label) => Forward(logits, OneHot(logits, label));

    /// <summary>The loss of one sample with a distribution over the classes.</summary>
    /// <exception cref="ArgumentException"><paramref name="target"/> is not as long as <paramref name="logits"/>.</exception>
    public static double Forward(double[] logits, double[] target)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(target);
        Lengths.Require(target.Length, logits.Length, nameof(target));
        var largest = logits.Max();
        var logSum = largest + Math.Log(logits.Sum(x => Math.Exp(x - largest)));
        var loss = 0.0;
        for (var i = 0; i < logits.Length; i++)
            loss += target[i] * (logSum - logits[i]);
        return loss;
    }

    /// <summary>dL/dx[i] = softmax(x)[i] - (1 where i = label, otherwise 0).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is not an index into <paramref name="logits"/>.</exception>
    public static double[] Backward(double[] logits, int label) => Backward(logits, OneHot(logits, label));

    /// <summary>dL/dx[i] = softmax(x)[i] * sum of t - t[i].</summary>
    /// <exception cref="ArgumentException"><paramref name="target"/> is not as long as <paramref name="logits"/>.</exception>
    public static double[] Backward(double[] logits, double[] target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var probabilities = Softmax.Forward(logits);
        Lengths.Require(target.Length, logits.Length, nameof(target));
        var sum = target.Sum();
        return probabilities.Select((p, i) => (p * sum) - target[i]).ToArray();
    }

    private static double[] OneHot(double[] logits, int label)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, logits.Length);
        var target = new double[logits.Length];
        target[label] = 1;
        return target;
    }
}
