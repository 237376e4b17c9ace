using System;

namespace Cnn;

/// <summary>
/// Cross-entropy in nats, for classification: -log p[label], or -sum over i of t[i] * log p[i] for a target distribution t; p is the
/// softmax of the network's last values, whether it ends in <c>[Softmax]</c> or not. Where the output is a volume of height x width x
/// classes, each pixel has a label, and a softmax over its channels. The mean over the batch and its pixels.
/// </summary>
/// <remarks>
/// As PyTorch's <c>CrossEntropyLoss</c>. Softmax and logarithm are one: log p[i] = x[i] - log sum over j of exp(x[j]), with the largest x
/// taken out of the sum, so that no logit is too large, and the gradient is (p * sum of t - t) / (batch size * pixels). With label smoothing
/// s over n classes, (1 - s) t + s / n stands for t (Szegedy et al. 2016). Ignored labels cost nothing, and the mean is over the others;
/// a batch of nothing else costs 0.
/// </remarks>
public sealed class CrossEntropy : Loss
{
    /// <summary>The smallest normal float; a smaller probability counts as this one.</summary>
    private const float Least = 1.17549435e-38f;

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

            // The largest logit's probability is exp(0) / sum.
            var largest = form.Largest(logits, pixel);
            var logSum = logits[first + (largest * stride)] - Math.Log(gradient[first + (largest * stride)]);
            if (largest == label)
                correct++;
            var rest = 0.0;
            for (var i = 0; i < form.Classes; i++)
            {
                ref var g = ref gradient[first + (i * stride)];
                g = (g - spread) * scale;
                rest += logSum - logits[first + (i * stride)];
            }

            var own = logSum - logits[first + (label * stride)];
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
            var largest = form.Largest(logits, pixel);
            var logSum = logits[first + (largest * stride)] - Math.Log(gradient[first + (largest * stride)]);
            if (largest == form.Largest(target, pixel))
                correct++;
            var sum = 0.0;
            for (var i = 0; i < form.Classes; i++)
                sum += Smoothed(target[first + (i * stride)], form.Classes);
            for (var i = 0; i < form.Classes; i++)
            {
                var place = first + (i * stride);
                var t = Smoothed(target[place], form.Classes);
                loss += t * (logSum - logits[place]);
                gradient[place] = ((gradient[place] * (float)sum) - t) * scale;
            }
        }

        return new LossSum(loss, form.Pixels, correct, form.Pixels);
    }

    /// <inheritdoc/>
    /// <remarks>Of a distribution it is -log max(p[label], 1.2e-38), at most 87.3, because a float cannot hold less.</remarks>
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

            var logSum = form.EndsInSoftmax ? 0 : LogSumExp(output, form, pixel);
            var own = Cost(output[first + (label * stride)], form, logSum);
            var rest = 0.0;
            for (var i = 0; i < form.Classes && _smoothing != 0; i++)
                rest += Cost(output[first + (i * stride)], form, logSum);
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
            var logSum = form.EndsInSoftmax ? 0 : LogSumExp(output, form, pixel);
            for (var i = 0; i < form.Classes; i++)
            {
                var place = first + (i * form.ClassStride);
                loss += Smoothed(target[place], form.Classes) * Cost(output[place], form, logSum);
            }
        }

        return new LossSum(loss, form.Pixels, form.CountAgreeing(output, target), form.Pixels);
    }

    private float Smoothed(float target, int classes) => _smoothing == 0 ? target : ((1 - _smoothing) * target) + (_smoothing / classes);

    /// <summary>-log p of one class, from its probability or its logit.</summary>
    private static double Cost(float value, in OutputForm form, double logSum) => form.EndsInSoftmax ? MinusLog(value) : logSum - value;

    // NaN stays NaN.
    private static double MinusLog(float probability) => probability < Least ? -Math.Log(Least) : -Math.Log(probability);

    private static double LogSumExp(ReadOnlySpan<float> logits, in OutputForm form, int pixel)
    {
        var first = pixel * form.PixelStride;
        double largest = logits[first + (form.Largest(logits, pixel) * form.ClassStride)];
        var sum = 0.0;
        for (var i = 0; i < form.Classes; i++)
            sum += Math.Exp(logits[first + (i * form.ClassStride)] - largest);
        return largest + Math.Log(sum);
    }
}
