using System;
using System.Runtime.InteropServices;
using Cnn.Kernels;

namespace Cnn;

/// <summary>
/// Cross-entropy in nats, for classification: -log p[label], or -sum over i of t[i] * log p[i] for a target distribution t; p is the
/// softmax of the network's last values, whether it ends in <c>[Softmax]</c> or not. The mean over the batch.
/// </summary>
/// <remarks>
/// As PyTorch's <c>CrossEntropyLoss</c>. Softmax and logarithm are one: log p[i] = x[i] - log sum over j of exp(x[j]), with the largest x
/// taken out of the sum, so that no logit is too large, and the gradient is (p * sum of t - t) / batch size.
/// </remarks>
public sealed class CrossEntropy : Loss
{
    /// <summary>The smallest normal float; a smaller probability counts as this one.</summary>
    private const float Least = 1.17549435e-38f;

    internal override double Gradient(ReadOnlySpan<float> logits, int label, bool softmax, float scale, Span<float> gradient)
    {
        var logSum = LogSumExp(logits, gradient);
        for (var i = 0; i < gradient.Length; i++)
            gradient[i] *= scale;
        gradient[label] -= scale;
        return logSum - logits[label];
    }

    internal override double Gradient(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<float> target,
        bool softmax,
        float scale,
        Span<float> gradient)
    {
        var logSum = LogSumExp(logits, gradient);
        var sum = 0.0;
        foreach (var t in target)
            sum += t;
        var loss = 0.0;
        for (var i = 0; i < gradient.Length; i++)
        {
            loss += target[i] * (logSum - logits[i]);
            gradient[i] = ((gradient[i] * (float)sum) - target[i]) * scale;
        }

        return loss;
    }

    /// <inheritdoc/>
    /// <remarks>Of a distribution it is -log max(p[label], 1.2e-38), at most 87.3, because a float cannot hold less.</remarks>
    internal override double Measure(ReadOnlySpan<float> output, int label, bool softmax) =>
        softmax ? MinusLog(output[label]) : LogSumExp(output) - output[label];

    internal override double Measure(ReadOnlySpan<float> output, ReadOnlySpan<float> target, bool softmax)
    {
        var logSum = softmax ? 0 : LogSumExp(output);
        var loss = 0.0;
        for (var i = 0; i < output.Length; i++)
            loss += target[i] * (softmax ? MinusLog(output[i]) : logSum - output[i]);
        return loss;
    }

    // NaN stays NaN.
    private static double MinusLog(float probability) => probability < Least ? -Math.Log(Least) : -Math.Log(probability);

    /// <summary>log sum exp of the logits; leaves their softmax in <paramref name="probabilities"/>.</summary>
    private static double LogSumExp(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        Softmax.Forward(ref MemoryMarshal.GetReference(logits), ref MemoryMarshal.GetReference(probabilities), logits.Length);

        // The largest logit's probability is exp(0) / sum.
        var largest = Outputs.Largest(logits);
        return logits[largest] - Math.Log(probabilities[largest]);
    }

    private static double LogSumExp(ReadOnlySpan<float> logits)
    {
        double largest = logits[Outputs.Largest(logits)];
        var sum = 0.0;
        foreach (var logit in logits)
            sum += Math.Exp(logit - largest);
        return largest + Math.Log(sum);
    }
}
