using System;

namespace Cnn;

/// <summary>
/// The Huber loss (Huber 1964), for regression with outliers, as PyTorch's <c>HuberLoss</c>: the mean over the outputs and the batch of
/// d^2 / 2 where |d| is at most delta, otherwise of delta * (|d| - delta / 2), with d = y - t. A label stands for a target that is 1 there
/// and 0 elsewhere.
/// </summary>
/// <remarks>
/// With n outputs dL/dy[i] = d[i], kept within -delta and delta, / (n * batch size). If the network ends in <c>[Softmax]</c>, y is the
/// softmax of the logits, as for <see cref="MeanSquaredError"/>.
/// </remarks>
public sealed class Huber : Loss
{
    /// <summary>Creates the loss.</summary>
    /// <param name="delta">The distance at which the square turns into a line, in units of the output; finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is outside its range.</exception>
    public Huber(float delta = 1)
    {
        Ranges.RequirePositive(delta);
        Delta = delta;
    }

    /// <summary>Gets where the square turns into a line.</summary>
    public float Delta { get; }

    internal override LossSum Gradient(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> labels,
        in OutputForm form,
        float scale,
        Span<float> gradient) => ElementLosses.Gradient(new Bend(Delta), logits, labels, form, scale, gradient);

    internal override LossSum Gradient(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<float> target,
        in OutputForm form,
        float scale,
        Span<float> gradient) => ElementLosses.Gradient(new Bend(Delta), logits, target, form, scale, gradient);

    internal override LossSum Measure(ReadOnlySpan<float> output, ReadOnlySpan<int> labels, in OutputForm form) =>
        ElementLosses.Measure(new Bend(Delta), output, labels, form);

    internal override LossSum Measure(ReadOnlySpan<float> output, ReadOnlySpan<float> target, in OutputForm form) =>
        ElementLosses.Measure(new Bend(Delta), output, target, form);

    private readonly struct Bend(float delta) : IElementLoss
    {
        public double Value(float y, float t)
        {
            var distance = Math.Abs((double)y - t);
            return distance <= delta ? distance * distance / 2 : delta * (distance - (delta / 2.0));
        }

        // NaN stays NaN.
        public double Slope(float y, float t) => Math.Clamp((double)y - t, -delta, delta);
    }
}
