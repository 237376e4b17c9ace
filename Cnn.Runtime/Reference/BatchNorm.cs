using System;
using System.Collections.Generic;

namespace Cnn.Reference;

/// <summary>The statistics of one batch.</summary>
/// <param name="Mean">The mean of each channel.</param>
/// <param name="Variance">The biased variance of each channel: the mean of (x - mean)^2.</param>
/// <param name="Count">The elements that each was taken over: samples * height * width.</param>
public sealed record BatchStatistics(double[] Mean, double[] Variance, int Count);

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015): y = w[c] * (x - mean[c]) / sqrt(variance[c] + epsilon) + b[c] for each channel c, each
/// element of a vector. In training the statistics are those of the whole batch, with the biased variance; at inference they are the
/// running averages. Weight, bias and running averages [channels].
/// </summary>
public static class BatchNorm
{
    /// <summary>The output at inference.</summary>
    /// <param name="input">x.</param>
    /// <param name="weight">w, or null for 1.</param>
    /// <param name="bias">b, or null for 0.</param>
    /// <param name="runningMean">The running mean.</param>
    /// <param name="runningVariance">The running variance.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static Volume Forward(
        Volume input,
        double[]? weight,
        double[]? bias,
        double[] runningMean,
        double[] runningVariance,
        double epsilon)
    {
        ArgumentNullException.ThrowIfNull(runningMean);
        ArgumentNullException.ThrowIfNull(runningVariance);
        Lengths.Require(runningMean.Length, input.Channels, nameof(runningMean));
        Lengths.Require(runningVariance.Length, input.Channels, nameof(runningVariance));
        var output = new Volume(input.Shape);
        for (var c = 0; c < input.Channels; c++)
        {
            var x = input.Plane(c);
            var z = output.Plane(c);
            var deviation = Math.Sqrt(runningVariance[c] + epsilon);
            for (var i = 0; i < x.Length; i++)
                z[i] = (x[i] - runningMean[c]) / deviation;
        }

        Affine.Forward(output, weight, bias);
        return output;
    }

    /// <summary>The outputs in training.</summary>
    /// <param name="inputs">x: the whole batch, all of one shape.</param>
    /// <param name="weight">w, or null for 1.</param>
    /// <param name="bias">b, or null for 0.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <exception cref="ArgumentException">A length does not fit, or a channel has a single element and so no variance.</exception>
    public static Volume[] ForwardBatch(IReadOnlyList<Volume> inputs, double[]? weight, double[]? bias, double epsilon)
    {
        var outputs = Standardized(inputs, epsilon);
        foreach (var output in outputs)
            Affine.Forward(output, weight, bias);
        return outputs;
    }

    /// <summary>
    /// dL/dx of every sample, given g = dL/dy, through the statistics too: with z = (x - mean) / sqrt(variance + epsilon) and h = g * w,
    /// dL/dx = (h - mean of h - z * mean of h * z) / sqrt(variance + epsilon), the means taken over the batch. Adds dL/dw[c] = sum of
    /// g * z and dL/db[c] = sum of g.
    /// </summary>
    /// <param name="inputs">x: the whole batch.</param>
    /// <param name="weight">w, or null for 1.</param>
    /// <param name="outputGradients">g: as many volumes of the same shape.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="weightGradient">Receives dL/dw, added to what stands there; null without weight.</param>
    /// <param name="biasGradient">Receives dL/db likewise; null without weight.</param>
    /// <exception cref="ArgumentException">A length or shape does not fit.</exception>
    public static Volume[] BackwardBatch(
        IReadOnlyList<Volume> inputs,
        double[]? weight,
        IReadOnlyList<Volume> outputGradients,
        double epsilon,
        double[]? weightGradient,
        double[]? biasGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradients);
        var standardized = Standardized(inputs, epsilon);
        Lengths.Require(outputGradients.Count, standardized.Length, nameof(outputGradients));
        var gradients = new Volume[standardized.Length];
        for (var n = 0; n < gradients.Length; n++)
            gradients[n] = Affine.Backward(standardized[n], weight, outputGradients[n], weightGradient, biasGradient);

        var x = new double[inputs.Count * inputs[0].Shape.Pixels];
        var g = new double[x.Length];
        for (var c = 0; c < inputs[0].Channels; c++)
        {
            Gather(inputs, c, x);
            Gather(gradients, c, g);
            Standardization.Backward(x, g, g, epsilon);
            Spread(g, c, gradients);
        }

        return gradients;
    }

    /// <summary>The mean and the biased variance of every channel of a batch.</summary>
    /// <exception cref="ArgumentException">The batch is empty, its shapes differ, or a channel has a single element.</exception>
    public static BatchStatistics Statistics(IReadOnlyList<Volume> inputs)
    {
        CheckBatch(inputs);
        var x = new double[inputs.Count * inputs[0].Shape.Pixels];
        var mean = new double[inputs[0].Channels];
        var variance = new double[mean.Length];
        for (var c = 0; c < mean.Length; c++)
        {
            Gather(inputs, c, x);
            (mean[c], variance[c]) = Standardization.Moments(x);
        }

        return new BatchStatistics(mean, variance, x.Length);
    }

    /// <summary>
    /// The running averages after a batch: (1 - momentum) * running + momentum * batch, where the variance of the batch is the unbiased
    /// one, n / (n - 1) times the biased (PyTorch).
    /// </summary>
    /// <param name="runningMean">The running mean before.</param>
    /// <param name="runningVariance">The running variance before.</param>
    /// <param name="batch">The statistics of the batch.</param>
    /// <param name="momentum">The share of the batch, in [0, 1].</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static (double[] Mean, double[] Variance) Running(
        double[] runningMean,
        double[] runningVariance,
        BatchStatistics batch,
        double momentum)
    {
        ArgumentNullException.ThrowIfNull(runningMean);
        ArgumentNullException.ThrowIfNull(runningVariance);
        ArgumentNullException.ThrowIfNull(batch);
        Lengths.Require(runningMean.Length, batch.Mean.Length, nameof(runningMean));
        Lengths.Require(runningVariance.Length, batch.Mean.Length, nameof(runningVariance));
        var mean = new double[runningMean.Length];
        var variance = new double[mean.Length];
        for (var c = 0; c < mean.Length; c++)
        {
            var unbiased = batch.Variance[c] * batch.Count / (batch.Count - 1);
            mean[c] = ((1 - momentum) * runningMean[c]) + (momentum * batch.Mean[c]);
            variance[c] = ((1 - momentum) * runningVariance[c]) + (momentum * unbiased);
        }

        return (mean, variance);
    }

    private static Volume[] Standardized(IReadOnlyList<Volume> inputs, double epsilon)
    {
        CheckBatch(inputs);
        var outputs = new Volume[inputs.Count];
        for (var n = 0; n < outputs.Length; n++)
            outputs[n] = new Volume(inputs[0].Shape);
        var x = new double[inputs.Count * inputs[0].Shape.Pixels];
        for (var c = 0; c < inputs[0].Channels; c++)
        {
            Gather(inputs, c, x);
            Standardization.Forward(x, x, epsilon);
            Spread(x, c, outputs);
        }

        return outputs;
    }

    private static void Gather(IReadOnlyList<Volume> batch, int channel, Span<double> values)
    {
        for (var n = 0; n < batch.Count; n++)
            batch[n].Plane(channel).CopyTo(values[(n * batch[n].Shape.Pixels)..]);
    }

    private static void Spread(ReadOnlySpan<double> values, int channel, Volume[] batch)
    {
        for (var n = 0; n < batch.Length; n++)
        {
            var plane = batch[n].Plane(channel);
            values.Slice(n * plane.Length, plane.Length).CopyTo(plane);
        }
    }

    private static void CheckBatch(IReadOnlyList<Volume> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count == 0)
            throw new ArgumentException("A batch needs at least one sample.", nameof(inputs));
        foreach (var input in inputs)
        {
            if (input.Shape != inputs[0].Shape)
                throw new ArgumentException($"The samples of a batch have one shape, not {inputs[0]} and {input}.", nameof(inputs));
        }

        if (inputs.Count * inputs[0].Shape.Pixels < 2)
            throw new ArgumentException("Batch statistics need more than one element of each channel.", nameof(inputs));
    }
}
