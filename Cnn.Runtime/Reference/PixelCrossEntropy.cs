using System;

namespace Cnn.Reference;

/// <summary>
/// The mean over the pixels of a volume of the <see cref="CrossEntropy"/> of the pixel's channels: the loss of segmentation. The target
/// gives each pixel a distribution over the classes, or a label.
/// </summary>
public static class PixelCrossEntropy
{
    /// <summary>The loss of one sample.</summary>
    /// <param name="logits">x, of classes x height x width.</param>
    /// <param name="target">t, in the same shape.</param>
    /// <param name="smoothing">The share of t that is spread over all classes evenly, in [0, 1].</param>
    /// <exception cref="ArgumentException"><paramref name="target"/> has another shape.</exception>
    public static double Forward(Volume logits, Volume target, double smoothing = 0)
    {
        Check(logits, target, smoothing);
        var logarithms = LogSoftmax.Forward(logits);
        var loss = 0.0;
        for (var i = 0; i < logits.Values.Length; i++)
            loss -= Smoothed(target, i, smoothing) * logarithms.Values[i];
        return loss / logits.Shape.Pixels;
    }

    /// <summary>dL/dx = (softmax(x) * (sum of t over the classes) - t) / pixels, at every pixel.</summary>
    /// <param name="logits">x, of classes x height x width.</param>
    /// <param name="target">t, in the same shape.</param>
    /// <param name="smoothing">The share of t that is spread over all classes evenly, in [0, 1].</param>
    /// <exception cref="ArgumentException"><paramref name="target"/> has another shape.</exception>
    public static Volume Backward(Volume logits, Volume target, double smoothing = 0)
    {
        Check(logits, target, smoothing);
        var gradient = Softmax.Forward(logits);
        var pixels = logits.Shape.Pixels;
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            var sum = 0.0;
            for (var i = pixel; i < logits.Values.Length; i += pixels)
                sum += Smoothed(target, i, smoothing);
            for (var i = pixel; i < logits.Values.Length; i += pixels)
                gradient.Values[i] = ((gradient.Values[i] * sum) - Smoothed(target, i, smoothing)) / pixels;
        }

        return gradient;
    }

    /// <summary>The distribution that gives each pixel its label: 1 at the label's channel, otherwise 0.</summary>
    /// <param name="shape">Classes x height x width.</param>
    /// <param name="labels">A class for each pixel, row by row.</param>
    /// <exception cref="ArgumentException">There are more or fewer labels than pixels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is no class.</exception>
    public static Volume OneHot(VolumeShape shape, ReadOnlySpan<int> labels)
    {
        Lengths.Require(labels.Length, shape.Pixels, nameof(labels));
        var target = new Volume(shape);
        for (var pixel = 0; pixel < labels.Length; pixel++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(labels[pixel], nameof(labels));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(labels[pixel], shape.Channels, nameof(labels));
            target.Values[(labels[pixel] * shape.Pixels) + pixel] = 1;
        }

        return target;
    }

    private static double Smoothed(Volume target, int i, double smoothing) =>
        ((1 - smoothing) * target.Values[i]) + (smoothing / target.Channels);

    private static void Check(Volume logits, Volume target, double smoothing)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(smoothing);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(smoothing, 1);
        if (target.Shape != logits.Shape)
            throw new ArgumentException($"The target must be {logits}; it is {target}.", nameof(target));
    }
}
