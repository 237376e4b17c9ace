using System;

namespace Cnn;

/// <summary>
/// Cross-entropy in nats, for classification: -log p[label], or -sum over i of t[i] * log p[i] for a target distribution t; p is the
/// softmax of the network's last values, whether it ends in <c>[Softmax]</c> or not. If the output is a volume of height x width x
/// classes, each pixel has a label, and a softmax over its channels. The mean over the batch and its pixels.
/// </summary>
/// <remarks>
/// As PyTorch's <c>CrossEntropyLoss</c>. Softmax and logarithm are one: -log p[i] = (m - x[i]) + log sum over j of exp(x[j] - m), m the
/// largest x, so that no logit is too large, and the gradient is (p * sum of t - t) / (batch size * pixels). With label
/// smoothing s over n classes, (1 - s) t + s / n stands for t (Szegedy et al. 2016). Ignored labels cost nothing, and the mean is over
/// the others; a batch of nothing else costs 0.
/// </remarks>
public sealed class CrossEntropy : Loss
{
    private readonly float _smoothing;

    /// <summary>Creates the loss.</summary>
    /// <param name="labelSmoothing">The share of a target that is spread over all classes evenly, 0 to 1.</param>
    /// <param name="ignoreLabel">A label that marks what has none, often 255; it need not be a class. Null where all count.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="labelSmoothing"/> is outside its range.</exception>
    public CrossEntropy(float labelSmoothing = 0, int? ignoreLabel = null)
    {
        Ranges.RequireNotNegative(labelSmoothing);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(labelSmoothing, 1);
        _smoothing = labelSmoothing;
        IgnoreLabel = ignoreLabel;
    }

    /// <summary>Gets the share of a target that is spread over all classes evenly.</summary>
    public float LabelSmoothing => _smoothing;

    /// <summary>Gets the label that is passed over, or null.</summary>
    public int? IgnoreLabel { get; }

    internal override int? Ignored => IgnoreLabel;

    internal override bool IsOfElements => false;

    internal override void RequireForm(in OutputForm form, string network)
    {
        if (form.Classes == 1)
        {
            var where = form.Pixels > 1 ? " at each pixel" : "";
            throw new ArgumentException(
                $"Cross-entropy compares two outputs or more, but {network} has one{where}, whose softmax is always 1: it would learn nothing. "
                + "Use BinaryCrossEntropy with the labels 0 and 1, MeanSquaredError for a number, or give the last layer two outputs.");
        }
    }

    internal override LossSum Gradient(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> labels,
        in OutputForm form,
        float scale,
        Span<float> gradient)
    {
        form.Softmax(logits, gradient);
        scale /= form.Pixels;
        var (stride, spread) = (form.ClassStride, _smoothing / form.Classes);
        var loss = 0.0;
        int correct = 0, ignored = 0;
        for (var pixel = 0; pixel < form.Pixels; pixel++)
        {
            var (first, label) = (pixel * form.PixelStride, labels[pixel]);
            if (label == IgnoreLabel)
            {
                ignored++;
                for (var i = 0; i < form.Classes; i++)
                    gradient[first + (i * stride)] = 0;
                continue;
            }

            var (largest, costs) = Costs.OfProbabilities(logits, gradient, form, pixel);
            if (largest == label)
                correct++;
            var rest = 0.0;
            for (var i = 0; i < form.Classes; i++)
            {
                ref var g = ref gradient[first + (i * stride)];
                g = (g - spread) * scale;
                rest += costs.Of(logits[first + (i * stride)]);
            }

            var own = costs.Of(logits[first + (label * stride)]);
            gradient[first + (label * stride)] -= (1 - _smoothing) * scale;
            loss += _smoothing == 0 ? own : ((1.0 - _smoothing) * own) + (spread * rest);
        }

        var counted = form.Pixels - ignored;
        return new LossSum(loss, counted, correct, counted, ignored);
    }

    internal override LossSum Gradient(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<float> target,
        in OutputForm form,
        float scale,
        Span<float> gradient)
    {
        form.Softmax(logits, gradient);
        scale /= form.Pixels;
        var stride = form.ClassStride;
        var loss = 0.0;
        var correct = 0;
        for (var pixel = 0; pixel < form.Pixels; pixel++)
        {
            var first = pixel * form.PixelStride;
            var (largest, costs) = Costs.OfProbabilities(logits, gradient, form, pixel);
            if (largest == form.Largest(target, pixel))
                correct++;
            var sum = 0.0;
            for (var i = 0; i < form.Classes; i++)
                sum += Smoothed(target[first + (i * stride)], form.Classes);
            for (var i = 0; i < form.Classes; i++)
            {
                var place = first + (i * stride);
                var t = Smoothed(target[place], form.Classes);
                loss += t * costs.Of(logits[place]);
                gradient[place] = ((gradient[place] * (float)sum) - t) * scale;
            }
        }

        return new LossSum(loss, form.Pixels, correct, form.Pixels);
    }

    /// <inheritdoc/>
    /// <remarks>For a distribution it is -log max(p[label], 1.2e-38), at most 87.3, because a float cannot hold less.</remarks>
    internal override LossSum Measure(ReadOnlySpan<float> output, ReadOnlySpan<int> labels, in OutputForm form)
    {
        var (stride, spread) = (form.ClassStride, _smoothing / form.Classes);
        var loss = 0.0;
        int correct = 0, ignored = 0;
        for (var pixel = 0; pixel < form.Pixels; pixel++)
        {
            var (first, label) = (pixel * form.PixelStride, labels[pixel]);
            if (label == IgnoreLabel)
            {
                ignored++;
                continue;
            }

            var costs = Costs.OfOutput(output, form, pixel);
            var own = costs.Of(output[first + (label * stride)]);
            var rest = 0.0;
            for (var i = 0; i < form.Classes && _smoothing != 0; i++)
                rest += costs.Of(output[first + (i * stride)]);
            loss += _smoothing == 0 ? own : ((1.0 - _smoothing) * own) + (spread * rest);
            if (form.Largest(output, pixel) == label)
                correct++;
        }

        var counted = form.Pixels - ignored;
        return new LossSum(loss, counted, correct, counted, ignored);
    }

    internal override LossSum Measure(ReadOnlySpan<float> output, ReadOnlySpan<float> target, in OutputForm form)
    {
        var loss = 0.0;
        for (var pixel = 0; pixel < form.Pixels; pixel++)
        {
            var first = pixel * form.PixelStride;
            var costs = Costs.OfOutput(output, form, pixel);
            for (var i = 0; i < form.Classes; i++)
            {
                var place = first + (i * form.ClassStride);
                loss += Smoothed(target[place], form.Classes) * costs.Of(output[place]);
            }
        }

        return new LossSum(loss, form.Pixels, form.CountAgreeing(output, target), form.Pixels);
    }

    private float Smoothed(float target, int classes) => _smoothing == 0 ? target : ((1 - _smoothing) * target) + (_smoothing / classes);

    /// <summary>
    /// -log p of the classes of one pixel: (m - x) + log sum of exp(x - m) of logits, m the largest. The logarithm is added last, since beside
    /// a large m it would be lost.
    /// </summary>
    private readonly struct Costs(double largest, double logSum, bool areProbabilities)
    {
        /// <summary>The smallest normal float; a smaller probability counts as this one.</summary>
        private const float Least = 1.17549435e-38f;

        /// <summary>From logits and their softmax, in which the largest logit's probability is exp(0) / sum.</summary>
        public static (int Largest, Costs Costs) OfProbabilities(
            ReadOnlySpan<float> logits, ReadOnlySpan<float> probabilities, in OutputForm form, int pixel)
        {
            var largest = form.Largest(logits, pixel);
            var place = (pixel * form.PixelStride) + (largest * form.ClassStride);
            return (largest, new Costs(logits[place], -Math.Log(probabilities[place]), false));
        }

        /// <summary>From what a network gives at inference: logits, or probabilities where it ends in a softmax.</summary>
        public static Costs OfOutput(ReadOnlySpan<float> output, in OutputForm form, int pixel)
        {
            if (form.EndsInSoftmax)
                return new Costs(0, 0, true);
            var first = pixel * form.PixelStride;
            double largest = output[first + (form.Largest(output, pixel) * form.ClassStride)];
            var sum = 0.0;
            for (var i = 0; i < form.Classes; i++)
                sum += Math.Exp(output[first + (i * form.ClassStride)] - largest);
            return new Costs(largest, Math.Log(sum), false);
        }

        /// <summary>-log p of one class, from its probability or its logit. NaN stays NaN.</summary>
        public double Of(float value)
        {
            if (!areProbabilities)
                return largest - value + logSum;
            return value < Least ? -Math.Log(Least) : -Math.Log(value);
        }
    }
}
