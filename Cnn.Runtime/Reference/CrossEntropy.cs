using System;

namespace Cnn.Reference;

/// <summary>
/// Cross-entropy on logits, in nats: L = -sum over i of t[i] * log softmax(x)[i], where t is a distribution over the classes, or
/// L = -log softmax(x)[label] for one label. With label smoothing s over n classes (Szegedy et al. 2016) (1 - s) * t + s / n stands for t.
/// </summary>
public static class CrossEntropy
{
    /// <summary>The loss of one sample with a label.</summary>
    /// <param name="logits">x.</param>
    /// <param name="label">The class.</param>
    /// <param name="smoothing">s, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is not an index into <paramref name="logits"/>.</exception>
    public static double Forward(double[] logits, int label, double smoothing = 0) => Forward(logits, OneHot(logits, label), smoothing);

    /// <summary>The loss of one sample with a distribution over the classes.</summary>
    /// <param name="logits">x.</param>
    /// <param name="target">t.</param>
    /// <param name="smoothing">s, in [0, 1].</param>
    /// <exception cref="ArgumentException"><paramref name="target"/> is not as long as <paramref name="logits"/>.</exception>
    public static double Forward(double[] logits, double[] target, double smoothing = 0)
    {
        Check(logits, target);
        return PixelCrossEntropy.Forward(Volume.Vector(logits), Volume.Vector(target), smoothing);
    }

    /// <summary>dL/dx[i] = softmax(x)[i] - (1 where i = label, otherwise 0), smoothed.</summary>
    /// <param name="logits">x.</param>
    /// <param name="label">The class.</param>
    /// <param name="smoothing">s, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is not an index into <paramref name="logits"/>.</exception>
    public static double[] Backward(double[] logits, int label, double smoothing = 0) =>
        Backward(logits, OneHot(logits, label), smoothing);

    /// <summary>dL/dx[i] = softmax(x)[i] * sum of t - t[i].</summary>
    /// <param name="logits">x.</param>
    /// <param name="target">t.</param>
    /// <param name="smoothing">s, in [0, 1].</param>
    /// <exception cref="ArgumentException"><paramref name="target"/> is not as long as <paramref name="logits"/>.</exception>
    public static double[] Backward(double[] logits, double[] target, double smoothing = 0)
    {
        Check(logits, target);
        return PixelCrossEntropy.Backward(Volume.Vector(logits), Volume.Vector(target), smoothing).Values;
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

    private static void Check(double[] logits, double[] target)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(target);
        Lengths.Require(target.Length, logits.Length, nameof(target));
    }
}
