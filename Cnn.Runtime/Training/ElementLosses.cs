using System;

namespace Cnn;

/// <summary>The loss of one element of the output.</summary>
internal interface IElementLoss
{
    /// <summary>The loss of an output y against a target t.</summary>
    double Value(float y, float t);

    /// <summary>Its derivative by y.</summary>
    double Slope(float y, float t);
}

/// <summary>The arithmetic of losses that are the mean over the elements of a sample's output.</summary>
/// <remarks>
/// If the network ends in a softmax, y is the softmax of the logits x, and dL/dx[i] = y[i] (dL/dy[i] - sum over j of dL/dy[j] y[j])
/// over the classes of each pixel. A label stands for a target that is 1 there and 0 elsewhere; for a single output it is the target
/// itself, 0 or 1. A target vector of a single output is a number and no class, so that nothing is judged.
/// </remarks>
internal static class ElementLosses
{
    public static LossSum Gradient<TLoss>(
        TLoss loss,
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> labels,
        in OutputForm form,
        float scale,
        Span<float> gradient)
        where TLoss : struct, IElementLoss
    {
        var sum = Differentiate(loss, logits, new OneHot(labels, form), form, scale, gradient);
        return new LossSum(sum, 1, CountRight(logits, labels, form), form.Pixels);
    }

    public static LossSum Gradient<TLoss>(
        TLoss loss,
        ReadOnlySpan<float> logits,
        ReadOnlySpan<float> target,
        in OutputForm form,
        float scale,
        Span<float> gradient)
        where TLoss : struct, IElementLoss
    {
        var sum = Differentiate(loss, logits, new Given(target, form), form, scale, gradient);
        return Judged(sum, logits, target, form);
    }

    public static LossSum Measure<TLoss>(TLoss loss, ReadOnlySpan<float> output, ReadOnlySpan<int> labels, in OutputForm form)
        where TLoss : struct, IElementLoss =>
        new(Mean(loss, output, new OneHot(labels, form), form), 1, CountRight(output, labels, form), form.Pixels);

    public static LossSum Measure<TLoss>(TLoss loss, ReadOnlySpan<float> output, ReadOnlySpan<float> target, in OutputForm form)
        where TLoss : struct, IElementLoss =>
        Judged(Mean(loss, output, new Given(target, form), form), output, target, form);

    private static LossSum Judged(double sum, ReadOnlySpan<float> output, ReadOnlySpan<float> target, in OutputForm form) => form.Classes == 1
        ? new LossSum(sum, 1, 0, 0)
        : new LossSum(sum, 1, form.CountAgreeing(output, target), form.Pixels);

    private static int CountRight(ReadOnlySpan<float> output, ReadOnlySpan<int> labels, in OutputForm form)
    {
        var correct = 0;
        for (var pixel = 0; pixel < form.Pixels; pixel++)
        {
            if (form.Class(output, pixel) == labels[pixel])
                correct++;
        }

        return correct;
    }

    private static double Differentiate<TLoss, TTarget>(
        TLoss loss,
        ReadOnlySpan<float> logits,
        TTarget target,
        in OutputForm form,
        float scale,
        Span<float> gradient)
        where TLoss : struct, IElementLoss
        where TTarget : struct, ITarget, allows ref struct
    {
        if (form.EndsInSoftmax)
            form.Softmax(logits, gradient);
        else
            logits.CopyTo(gradient);

        var value = Mean(loss, gradient, target, form);
        var factor = (double)scale / gradient.Length;
        for (var pixel = 0; pixel < form.Pixels; pixel++)
        {
            var first = pixel * form.PixelStride;
            var mean = 0.0;
            for (var i = 0; i < form.Classes && form.EndsInSoftmax; i++)
            {
                var y = gradient[first + (i * form.ClassStride)];
                mean += loss.Slope(y, target[pixel, i]) * y;
            }

            for (var i = 0; i < form.Classes; i++)
            {
                ref var y = ref gradient[first + (i * form.ClassStride)];
                var slope = loss.Slope(y, target[pixel, i]);
                y = (float)(form.EndsInSoftmax ? factor * y * (slope - mean) : factor * slope);
            }
        }

        return value;
    }

    private static double Mean<TLoss, TTarget>(TLoss loss, ReadOnlySpan<float> output, TTarget target, in OutputForm form)
        where TLoss : struct, IElementLoss
        where TTarget : struct, ITarget, allows ref struct
    {
        var sum = 0.0;
        for (var pixel = 0; pixel < form.Pixels; pixel++)
        {
            var first = pixel * form.PixelStride;
            for (var i = 0; i < form.Classes; i++)
                sum += loss.Value(output[first + (i * form.ClassStride)], target[pixel, i]);
        }

        return sum / form.Length;
    }

    private interface ITarget
    {
        float this[int pixel, int index] { get; }
    }

    private readonly ref struct OneHot(ReadOnlySpan<int> labels, in OutputForm form) : ITarget
    {
        private readonly ReadOnlySpan<int> _labels = labels;

        // The target of a single output is the label.
        private readonly int _first = form.Classes == 1 ? 1 : 0;

        public float this[int pixel, int index] => index + _first == _labels[pixel] ? 1 : 0;
    }

    private readonly ref struct Given(ReadOnlySpan<float> target, in OutputForm form) : ITarget
    {
        private readonly ReadOnlySpan<float> _target = target;
        private readonly int _pixelStride = form.PixelStride;
        private readonly int _classStride = form.ClassStride;

        public float this[int pixel, int index] => _target[(pixel * _pixelStride) + (index * _classStride)];
    }
}
