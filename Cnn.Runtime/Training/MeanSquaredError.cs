using System;

namespace Cnn;

/// <summary>
/// The mean squared error, for regression: the mean of (y - t)^2 over the outputs and the batch, as PyTorch's <c>MSELoss</c>.
/// A label stands for a target that is 1 there and 0 elsewhere.
/// </summary>
/// <remarks>
/// With n outputs dL/dy[i] = 2 (y[i] - t[i]) / (n * batch size). If the network ends in <c>[Softmax]</c>, y is the softmax of the
/// logits x, and dL/dx[i] = y[i] (dL/dy[i] - sum over j of dL/dy[j] y[j]).
/// </remarks>
public sealed class MeanSquaredError : Loss
{
    internal override LossSum Gradient(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> labels,
        in OutputForm form,
        float scale,
        Span<float> gradient) => ElementLosses.Gradient(default(Square), logits, labels, form, scale, gradient);

    internal override LossSum Gradient(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<float> target,
        in OutputForm form,
        float scale,
        Span<float> gradient) => ElementLosses.Gradient(default(Square), logits, target, form, scale, gradient);

    internal override LossSum Measure(ReadOnlySpan<float> output, ReadOnlySpan<int> labels, in OutputForm form) =>
        ElementLosses.Measure(default(Square), output, labels, form);

    internal override LossSum Measure(ReadOnlySpan<float> output, ReadOnlySpan<float> target, in OutputForm form) =>
        ElementLosses.Measure(default(Square), output, target, form);

    private readonly struct Square : IElementLoss
    {
        public double Value(float y, float t)
        {
            var difference = (double)y - t;
            return difference * difference;
        }

        public double Slope(float y, float t) => 2 * ((double)y - t);
    }
}
