using System;

namespace Cnn;

/// <summary>
/// What training makes small: <see cref="CrossEntropy"/>, <see cref="BinaryCrossEntropy"/>, <see cref="MeanSquaredError"/> or
/// <see cref="Huber"/>. Has no state; may be shared.
/// </summary>
/// <remarks>
/// A network whose output is a volume of height x width x classes has a label at each pixel, row by row; any other network one label
/// a sample.
/// </remarks>
public abstract class Loss
{
    private protected Loss()
    {
    }

    /// <summary>Gets the label that is passed over, or null.</summary>
    internal virtual int? Ignored => null;

    /// <summary>The losses of samples with labels, and the gradient of their mean over the batch.</summary>
    /// <param name="logits">The logits, sample by sample.</param>
    /// <param name="labels">The labels, sample by sample, one a pixel.</param>
    /// <param name="form">What a sample's logits are.</param>
    /// <param name="scale">A factor on the gradient of a sample's loss: 1 / batch size for the gradient of the mean.</param>
    /// <param name="gradient">Receives the gradient of the logits, sample by sample.</param>
    internal LossSum Sweep(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> labels,
        in OutputForm form,
        float scale,
        Span<float> gradient)
    {
        var sum = default(LossSum);
        var length = form.Length;
        for (var sample = 0; sample * form.Pixels < labels.Length; sample++)
        {
            sum += Gradient(
                logits.Slice(sample * length, length),
                labels.Slice(sample * form.Pixels, form.Pixels),
                form,
                scale,
                gradient.Slice(sample * length, length));
        }

        return sum;
    }

    /// <summary>The losses of samples with target vectors, and the gradient of their mean over the batch.</summary>
    /// <param name="logits">The logits, sample by sample.</param>
    /// <param name="targets">The targets, laid out as the logits are.</param>
    /// <param name="form">What a sample's logits are.</param>
    /// <param name="scale">A factor on the gradient of a sample's loss: 1 / batch size for the gradient of the mean.</param>
    /// <param name="gradient">Receives the gradient of the logits, sample by sample.</param>
    internal LossSum Sweep(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<float> targets,
        in OutputForm form,
        float scale,
        Span<float> gradient)
    {
        var sum = default(LossSum);
        var length = form.Length;
        for (var start = 0; start < targets.Length; start += length)
        {
            sum += Gradient(
                logits.Slice(start, length),
                targets.Slice(start, length),
                form,
                scale,
                gradient.Slice(start, length));
        }

        return sum;
    }

    /// <summary>The loss of one sample with labels, and its gradient times <paramref name="scale"/>.</summary>
    internal abstract LossSum Gradient(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> labels,
        in OutputForm form,
        float scale,
        Span<float> gradient);

    /// <summary>The loss of one sample with a target vector, and its gradient times <paramref name="scale"/>.</summary>
    internal abstract LossSum Gradient(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<float> target,
        in OutputForm form,
        float scale,
        Span<float> gradient);

    /// <summary>The loss of one sample from what inference gives: the network's output, a final softmax included.</summary>
    internal abstract LossSum Measure(ReadOnlySpan<float> output, ReadOnlySpan<int> labels, in OutputForm form);

    /// <summary>The loss of one sample from what inference gives: the network's output, a final softmax included.</summary>
    internal abstract LossSum Measure(ReadOnlySpan<float> output, ReadOnlySpan<float> target, in OutputForm form);

    /// <summary>Throws unless the loss can judge a network's output.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    internal virtual void RequireForm(in OutputForm form, string network)
    {
    }

    /// <summary>Throws unless target vectors are what the loss compares with.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    internal virtual void RequireTargets(ReadOnlySpan<float> targets, string parameter)
    {
    }

    /// <summary>Gets a value indicating whether not every target vector will do, so that data are looked through.</summary>
    internal virtual bool ChecksTargets => false;
}
