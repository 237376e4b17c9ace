using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn.Reference;

/// <content>Training: the loss of a batch and its gradients.</content>
public sealed partial class ReferenceNetwork
{
    /// <summary>Gets the value that a loss on logits reads: what enters a final softmax, or the main output.</summary>
    private int Logits => _nodes.Length > 0 && _nodes[^1].Layer is ReferenceLayer.Softmax ? _reads[^1][0] : Main;

    /// <summary>The cross-entropy of one sample with a label, and its gradients.</summary>
    /// <param name="input">The input in the network's order.</param>
    /// <param name="label">The class, 0 to the length of the main output - 1.</param>
    /// <param name="dropoutMasks">
    /// For each dropout layer in order, which elements survive (in the network's order); for spatial dropout which channels. Null for all.
    /// </param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public ReferenceGradients Gradients(ReadOnlySpan<float> input, int label, IReadOnlyList<bool[]>? dropoutMasks = null) =>
        MeanGradients(input, [label], ReferenceLoss.CrossEntropy, dropoutMasks);

    /// <summary>The loss of one sample with a target vector, and its gradients.</summary>
    /// <param name="input">The input in the network's order.</param>
    /// <param name="target">The target in the network's order, as long as what the loss reads.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="dropoutMasks">
    /// For each dropout layer in order, which elements survive (in the network's order); for spatial dropout which channels. Null for all.
    /// </param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public ReferenceGradients Gradients(
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> target,
        ReferenceLoss loss,
        IReadOnlyList<bool[]>? dropoutMasks = null)
    {
        Lengths.Require(input.Length, InputLength, nameof(input));
        return MeanGradients(input, target, loss, dropoutMasks);
    }

    /// <summary>The mean cross-entropy of several samples with labels, and its gradients.</summary>
    /// <param name="inputs">The inputs, one after the other: a batch, over which batch normalisation takes its statistics.</param>
    /// <param name="labels">The same number of labels.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public ReferenceGradients MeanGradients(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels) =>
        MeanGradients(inputs, labels, ReferenceLoss.CrossEntropy);

    /// <summary>The mean loss of several samples with labels, and its gradients.</summary>
    /// <param name="inputs">The inputs, one after the other: a batch, over which batch normalisation takes its statistics.</param>
    /// <param name="labels">One label for each sample; for a loss per pixel one for each pixel, sample after sample, row by row.</param>
    /// <param name="loss">The loss, a cross-entropy.</param>
    /// <param name="dropoutMasks">
    /// For each dropout layer in order, which elements of each sample survive, sample after sample, each in the network's order; for
    /// spatial dropout which channels. Null for all.
    /// </param>
    /// <exception cref="ArgumentException">A length does not fit, or the loss takes no labels.</exception>
    public ReferenceGradients MeanGradients(
        ReadOnlySpan<float> inputs,
        ReadOnlySpan<int> labels,
        ReferenceLoss loss,
        IReadOnlyList<bool[]>? dropoutMasks = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (!loss.IsOnClasses)
            throw new ArgumentException($"{loss} needs target vectors, not labels.", nameof(loss));
        var count = Count(inputs);
        var shape = _shapes[Logits];
        var perSample = loss.IsPerPixel ? shape.Pixels : 1;
        Lengths.Require(labels.Length, count * perSample, nameof(labels));
        var targets = new double[count][];
        for (var n = 0; n < count; n++)
        {
            var own = labels.Slice(n * perSample, perSample);
            targets[n] = loss.IsPerPixel
                ? PixelCrossEntropy.OneHot(shape, own).Values
                : Reshape.Forward(PixelCrossEntropy.OneHot(new VolumeShape(shape.Length, 1, 1), own), shape, _hwc).Values;
        }

        return Mean(inputs, targets, loss, dropoutMasks);
    }

    /// <summary>The mean loss of several samples with target vectors, and its gradients.</summary>
    /// <param name="inputs">The inputs, one after the other: a batch, over which batch normalisation takes its statistics.</param>
    /// <param name="targets">
    /// The same number of targets, each in the network's order: those of a cross-entropy as long as the main output, all others as long as
    /// all outputs together.
    /// </param>
    /// <param name="loss">The loss.</param>
    /// <param name="dropoutMasks">
    /// For each dropout layer in order, which elements of each sample survive, sample after sample, each in the network's order; for
    /// spatial dropout which channels. Null for all.
    /// </param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public ReferenceGradients MeanGradients(
        ReadOnlySpan<float> inputs,
        ReadOnlySpan<float> targets,
        ReferenceLoss loss,
        IReadOnlyList<bool[]>? dropoutMasks = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        var count = Count(inputs);
        var shape = loss.IsOnClasses ? _shapes[Logits] : new VolumeShape(OutputLength, 1, 1);
        Lengths.Require(targets.Length, count * shape.Length, nameof(targets));
        var vectors = new double[count][];
        for (var n = 0; n < count; n++)
            vectors[n] = ToVolume(targets.Slice(n * shape.Length, shape.Length), shape).Values;
        return Mean(inputs, vectors, loss, dropoutMasks);
    }

    private int Count(ReadOnlySpan<float> inputs)
    {
        var count = Math.Max(1, inputs.Length / InputLength);
        Lengths.Require(inputs.Length, count * InputLength, nameof(inputs));
        return count;
    }

    private ReferenceGradients Mean(
        ReadOnlySpan<float> inputs,
        double[][] targets,
        ReferenceLoss loss,
        IReadOnlyList<bool[]>? dropoutMasks)
    {
        var count = targets.Length;
        var runs = Runs(count, isTraining: true, dropoutMasks);
        var values = Run(Samples(inputs, count), runs);
        var gradients = new Volume[values.Length][];
        var sum = 0.0;
        for (var n = 0; n < count; n++)
            sum += loss.IsOnClasses ? DifferentiateClasses(values, gradients, n) : DifferentiateElements(values, gradients, n);
        for (var k = _nodes.Length - 1; k >= 0; k--)
            PullBack(k, values, gradients, runs[k]);

        return new ReferenceGradients(
            sum / count,
            Named(run => run.Gradients),
            [.. Enumerable.Range(0, count).SelectMany(n => Output(values, n, logits: true))],
            [.. Enumerable.Range(0, count).SelectMany(n => Output(values, n, logits: false))],
            [.. At(gradients, 0, count).SelectMany(gradient => Flatten.Forward(gradient, _hwc))],
            Named(run => run.Buffers));

        double DifferentiateClasses(Volume[][] values, Volume[][] gradients, int n)
        {
            var (value, gradient) = loss.Differentiate(values[Logits][n], targets[n]);
            AddShare(At(gradients, Logits, count)[n], gradient);
            return value;
        }

        double DifferentiateElements(Volume[][] values, Volume[][] gradients, int n)
        {
            // The elements stand in the network's order, in which the target is given.
            var (value, gradient) = loss.Differentiate(Volume.Vector(Output(values, n, logits: false)), targets[n]);
            var next = 0;
            foreach (var output in _outputs)
            {
                var shape = _shapes[output];
                var part = new Volume(shape.Length, 1, 1, gradient.AsSpan(next, shape.Length).ToArray());
                AddShare(At(gradients, output, count)[n], Reshape.Forward(part, shape, _hwc).Values);
                next += shape.Length;
            }

            return value;
        }

        void AddShare(Volume gradient, double[] ofSample)
        {
            for (var i = 0; i < ofSample.Length; i++)
                gradient.Values[i] += ofSample[i] / count;
        }

        Dictionary<string, double[]> Named(Func<ReferenceRun, Dictionary<string, double[]>> part) => _nodes
            .Zip(runs)
            .SelectMany(pair => part(pair.Second), (pair, entry) => (Name: $"{pair.First.Name}.{entry.Key}", entry.Value))
            .ToDictionary(entry => entry.Name, entry => entry.Value);
    }

    /// <summary>The gradients of a value, zero at first.</summary>
    private Volume[] At(Volume[][] gradients, int value, int count) =>
        gradients[value] ??= [.. Enumerable.Range(0, count).Select(_ => new Volume(_shapes[value]))];

    /// <summary>Adds to the gradients of what node <paramref name="k"/> reads; nothing where no loss depends on the node.</summary>
    private void PullBack(int k, Volume[][] values, Volume[][] gradients, ReferenceRun run)
    {
        if (gradients[k + 1] is null)
            return;
        var inputs = Array.ConvertAll(_reads[k], value => values[value]);
        var ofInputs = _nodes[k].Layer.Backward(inputs, gradients[k + 1], run);
        for (var i = 0; i < inputs.Length; i++)
        {
            var sums = At(gradients, _reads[k][i], inputs[i].Length);
            for (var n = 0; n < sums.Length; n++)
            {
                for (var j = 0; j < sums[n].Values.Length; j++)
                    sums[n].Values[j] += ofInputs[i][n].Values[j];
            }
        }

        // Every reader has been; a deep network need not keep it.
        gradients[k + 1] = [];
    }
}
