using System;
using System.Runtime.InteropServices;
using Cnn.Kernels;

namespace Cnn;

/// <summary>
/// The mean squared error, for regression: the mean of (y - t)^2 over the outputs and the batch, as PyTorch's <c>MSELoss</c>.
/// A label stands for a target that is 1 there and 0 elsewhere.
/// </summary>
/// <remarks>
/// With n outputs dL/dy[i] = 2 (y[i] - t[i]) / (n * batch size). Where the network ends in <c>[Softmax]</c>, y is the softmax of the
/// logits x, and dL/dx[i] = y[i] (dL/dy[i] - sum over j of dL/dy[j] y[j]).
/// </remarks>
public sealed class MeanSquaredError : Loss
{
    internal override double Gradient(ReadOnlySpan<float> logits, int label, bool softmax, float scale, Span<float> gradient) =>
        Gradient(logits, new OneHot(label), softmax, scale, gradient);

    internal override double Gradient(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<float> target,
        bool softmax,
        float scale,
        Span<float> gradient) => Gradient(logits, new Given(target), softmax, scale, gradient);

    internal override double Measure(ReadOnlySpan<float> output, int label, bool softmax) => MeanSquare(output, new OneHot(label));

    internal override double Measure(ReadOnlySpan<float> output, ReadOnlySpan<float> target, bool softmax) =>
        MeanSquare(output, new Given(target));

    private static double Gradient<TTarget>(
        ReadOnlySpan<float> logits,
        TTarget target,
        bool softmax,
        float scale,
        Span<float> gradient)
        where TTarget : struct, ITarget, allows ref struct
    {
        if (softmax)
            Softmax.Forward(ref MemoryMarshal.GetReference(logits), ref MemoryMarshal.GetReference(gradient), logits.Length);
        else
            logits.CopyTo(gradient);

        var loss = MeanSquare(gradient, target);
        var factor = 2 * scale / gradient.Length;
        var mean = 0.0;
        if (softmax)
        {
            for (var i = 0; i < gradient.Length; i++)
                mean += (double)(gradient[i] - target[i]) * gradient[i];
        }

        for (var i = 0; i < gradient.Length; i++)
        {
            var y = gradient[i];
            var difference = y - target[i];
            gradient[i] = softmax ? factor * y * (difference - (float)mean) : factor * difference;
        }

        return loss;
    }

    private static double MeanSquare<TTarget>(ReadOnlySpan<float> output, TTarget target)
        where TTarget : struct, ITarget, allows ref struct
    {
        var sum = 0.0;
        for (var i = 0; i < output.Length; i++)
        {
            double difference = output[i] - target[i];
            sum += difference * difference;
        }

        return sum / output.Length;
    }

    private interface ITarget
    {
        float this[int index] { get; }
    }

    private readonly struct OneHot(int label) : ITarget
    {
        public float this[int index] => index == label ? 1 : 0;
    }

    private readonly ref struct Given(ReadOnlySpan<float> target) : ITarget
    {
        private readonly ReadOnlySpan<float> _target = target;

        public float this[int index] => _target[index];
    }
}
