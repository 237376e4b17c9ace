using System;

namespace Cnn;

/// <summary>
/// Binary cross-entropy on logits, in nats, for outputs that are each a yes or no of their own: the mean over the outputs and the batch of
/// -t * log s(x) - (1 - t) * log(1 - s(x)) with the logistic function s, as PyTorch's <c>BCEWithLogitsLoss</c>. A label stands for a
/// target that is 1 there and 0 elsewhere; of a network with a single output it is the target itself, 0 or 1.
/// </summary>
/// <remarks>
/// Computed as max(x, 0) - t * x + log(1 + exp(-|x|)), so that no logit is too large; with n outputs the gradient is
/// (s(x[i]) - t[i]) / (n * batch size). The network must end without <c>[Sigmoid]</c> or <c>[Softmax]</c>. Accuracy is the part of the
/// elements on the right side: x above 0 where t is above 0.5. With labels it is that of the classes that <c>Predict</c> gives: the largest
/// of several outputs, or whether a single one is above 0.
/// </remarks>
public sealed class BinaryCrossEntropy : Loss
{
    internal override bool ChecksTargets => true;

    internal override bool TakesSingleLabels(in OutputForm form) => true;

    internal override LossSum Gradient(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> labels,
        in OutputForm form,
        float scale,
        Span<float> gradient) => ElementLosses.Gradient(default(Logistic), logits, labels, form, scale, gradient);

    internal override LossSum Gradient(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<float> target,
        in OutputForm form,
        float scale,
        Span<float> gradient) => ElementLosses.Gradient(default(Logistic), logits, target, form, scale, gradient) with
        {
            Correct = CountRight(logits, target, form),
            Judged = logits.Length,
        };

    internal override LossSum Measure(ReadOnlySpan<float> output, ReadOnlySpan<int> labels, in OutputForm form) =>
        ElementLosses.Measure(default(Logistic), output, labels, form);

    internal override LossSum Measure(ReadOnlySpan<float> output, ReadOnlySpan<float> target, in OutputForm form) =>
        ElementLosses.Measure(default(Logistic), output, target, form) with
        {
            Correct = CountRight(output, target, form),
            Judged = output.Length,
        };

    internal override void RequireForm(in OutputForm form, string network)
    {
        if (form.EndsInSoftmax)
        {
            throw new ArgumentException(
                $"Binary cross-entropy takes logits, but {network} ends in a softmax; remove it, or use CrossEntropy.");
        }
    }

    internal override void RequireTargets(ReadOnlySpan<float> targets, string parameter)
    {
        for (var i = 0; i < targets.Length; i++)
        {
            if (!(targets[i] >= 0 && targets[i] <= 1))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Element {i} of the targets is {targets[i]}; binary cross-entropy takes 0 to 1."),
                    parameter);
            }
        }
    }

    private static int CountRight(ReadOnlySpan<float> logits, ReadOnlySpan<float> target, in OutputForm form)
    {
        var correct = 0;
        for (var i = 0; i < logits.Length; i++)
        {
            if ((logits[i] > form.Threshold) == (target[i] > 0.5f))
                correct++;
        }

        return correct;
    }

    private readonly struct Logistic : IElementLoss
    {
        public double Value(float y, float t)
        {
            double x = y;
            return Math.Max(x, 0) - (t * x) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
        }

        public double Slope(float y, float t) => (1 / (1 + Math.Exp(-(double)y))) - t;
    }
}
