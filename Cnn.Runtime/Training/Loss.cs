using System;

namespace Cnn;

/// <summary>What training makes small: <see cref="CrossEntropy"/> or <see cref="MeanSquaredError"/>. Has no state; may be shared.</summary>
public abstract class Loss
{
    private protected Loss()
    {
    }

    /// <summary>The losses of samples with labels, and the gradient of their sum times <paramref name="scale"/>.</summary>
    /// <param name="logits">The logits, row by row.</param>
    /// <param name="labels">One label a row, each an index into the row.</param>
    /// <param name="outputs">The length of a row.</param>
    /// <param name="softmax">Whether the network ends in a softmax, which is then still to be applied.</param>
    /// <param name="scale">A factor on the gradient: 1 / batch size for the gradient of the mean.</param>
    /// <param name="gradient">Receives the gradient of the logits, row by row.</param>
    internal LossSum Gradient(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> labels,
        int outputs,
        bool softmax,
        float scale,
        Span<float> gradient)
    {
        var loss = 0.0;
        var correct = 0;
        for (var sample = 0; sample < labels.Length; sample++)
        {
            var row = logits.Slice(sample * outputs, outputs);
            var label = labels[sample];
            loss += Gradient(row, label, softmax, scale, gradient.Slice(sample * outputs, outputs));
            if (Outputs.Largest(row) == label)
                correct++;
        }

        return new LossSum(loss, correct);
    }

    /// <summary>The losses of samples with target vectors, and the gradient of their sum times <paramref name="scale"/>.</summary>
    /// <param name="logits">The logits, row by row.</param>
    /// <param name="targets">The targets, laid out as the logits are.</param>
    /// <param name="outputs">The length of a row.</param>
    /// <param name="softmax">Whether the network ends in a softmax, which is then still to be applied.</param>
    /// <param name="scale">A factor on the gradient: 1 / batch size for the gradient of the mean.</param>
    /// <param name="gradient">Receives the gradient of the logits, row by row.</param>
    internal LossSum Gradient(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<float> targets,
        int outputs,
        bool softmax,
        float scale,
        Span<float> gradient)
    {
        var loss = 0.0;
        var correct = 0;
        for (var start = 0; start < targets.Length; start += outputs)
        {
            var row = logits.Slice(start, outputs);
            var target = targets.Slice(start, outputs);
            loss += Gradient(row, target, softmax, scale, gradient.Slice(start, outputs));
            if (Outputs.Largest(row) == Outputs.Largest(target))
                correct++;
        }

        return new LossSum(loss, correct);
    }

    /// <summary>The loss of one sample, and its gradient times <paramref name="scale"/>.</summary>
    internal abstract double Gradient(ReadOnlySpan<float> logits, int label, bool softmax, float scale, Span<float> gradient);

    /// <inheritdoc cref="Gradient(ReadOnlySpan{float}, int, bool, float, Span{float})"/>
    internal abstract double Gradient(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<float> target,
        bool softmax,
        float scale,
        Span<float> gradient);

    /// <summary>The loss of one sample from what inference gives.</summary>
    /// <param name="output">The network's output.</param>
    /// <param name="label">The label, an index into the output.</param>
    /// <param name="softmax">Whether the network ends in a softmax, so that the output is a distribution.</param>
    internal abstract double Measure(ReadOnlySpan<float> output, int label, bool softmax);

    /// <summary>The loss of one sample from what inference gives.</summary>
    /// <param name="output">The network's output.</param>
    /// <param name="target">The target, as long as the output.</param>
    /// <param name="softmax">Whether the network ends in a softmax, so that the output is a distribution.</param>
    internal abstract double Measure(ReadOnlySpan<float> output, ReadOnlySpan<float> target, bool softmax);
}
