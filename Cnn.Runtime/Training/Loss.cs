using System;

namespace Cnn;

/// <summary>
/// The function that training minimises: <see cref="CrossEntropy"/>, <see cref="BinaryCrossEntropy"/>, <see cref="MeanSquaredError"/> or
/// <see cref="Huber"/>. Has no state; may be shared.
/// </summary>
/// <remarks>
/// A loss judges the output of the last layer. A volume of height x width x classes has a label at each pixel, row by row;
/// any other output has one label per sample. In a network with further outputs (<c>[Output]</c>) target vectors may also be as long as all
/// outputs together: then the loss is the mean over all their elements, which cross-entropy does not offer.
/// </remarks>
public abstract class Loss
{
    private protected Loss()
    {
    }

    /// <summary>Gets the label that is ignored, or null.</summary>
    internal virtual int? Ignored => null;

    /// <summary>The losses of samples with labels, and the gradient of their mean over the batch.</summary>
    /// <param name="logits">The logits, sample by sample.</param>
    /// <param name="labels">The labels, sample by sample, one per pixel.</param>
    /// <param name="form">The form of a sample's logits.</param>
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
        var (length, pitch) = (form.Length, form.Pitch);
        for (var sample = 0; sample * form.Pixels < labels.Length; sample++)
        {
            var row = gradient.Slice(sample * pitch, pitch);
            sum += Gradient(
                logits.Slice(sample * pitch, length),
                labels.Slice(sample * form.Pixels, form.Pixels),
                form,
                scale,
                row[..length]);
            row[length..].Clear();
        }

        return sum;
    }

    /// <summary>The losses of samples with target vectors, and the gradient of their mean over the batch.</summary>
    /// <param name="logits">The logits, sample by sample.</param>
    /// <param name="targets">The targets, laid out as the logits are; either of all outputs or of the last layer's alone.</param>
    /// <param name="form">The form of a sample's logits.</param>
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
        var (length, pitch) = (form.Length, form.Pitch);
        var samples = logits.Length / pitch;
        var wanted = targets.Length / samples;
        for (var sample = 0; sample < samples; sample++)
        {
            var row = logits.Slice(sample * pitch, pitch);
            var target = targets.Slice(sample * wanted, wanted);
            var slope = gradient.Slice(sample * pitch, pitch);
            if (wanted == length)
            {
                sum += Gradient(row[..length], target, form, scale, slope[..length]);
                slope[length..].Clear();
                continue;
            }

            // The mean over all elements, in two parts: a softmax is over the last layer's alone.
            var (share, others) = ((float)length / pitch, form.Others);
            var main = Gradient(row[..length], target[..length], form, scale * share, slope[..length]);
            var rest = Gradient(row[length..], target[length..], others, scale * (1 - share), slope[length..]);
            sum += Together(main, rest, form);
        }

        return sum;
    }

    /// <summary>The loss of one sample with a target vector, of all outputs or of the last layer's alone, from what inference gives.</summary>
    internal LossSum MeasureAll(ReadOnlySpan<float> output, ReadOnlySpan<float> target, in OutputForm form)
    {
        var length = form.Length;
        var main = Measure(output[..length], target[..length], form);
        return target.Length == length ? main : Together(main, Measure(output[length..], target[length..], form.Others), form);
    }

    /// <summary>The mean over the elements of all outputs; what is right is judged by the last layer's.</summary>
    private static LossSum Together(LossSum main, LossSum others, in OutputForm form) =>
        main with { Loss = ((main.Loss * form.Length) + (others.Loss * (form.Pitch - form.Length))) / form.Pitch };

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

    /// <summary>Whether the labels 0 and 1 may be those of a network with a single output; a number that is no probability has none.</summary>
    internal virtual bool TakesSingleLabels(in OutputForm form) => form.Threshold > 0;

    /// <summary>Throws unless target vectors are what the loss compares with.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    internal virtual void RequireTargets(ReadOnlySpan<float> targets, string parameter)
    {
    }

    /// <summary>Gets a value indicating whether the loss is a mean over elements, so that it can judge all outputs together.</summary>
    internal virtual bool IsOfElements => true;

    /// <summary>Gets a value indicating whether not every target vector will do, so that data are looked through.</summary>
    internal virtual bool ChecksTargets => false;
}
