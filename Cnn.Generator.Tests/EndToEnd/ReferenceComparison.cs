using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Reference;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Holds a compiled network to the reference in everything it computes.</summary>
internal static class ReferenceComparison
{
    /// <summary>Of inference and of training, relative to the largest output of the batch.</summary>
    private const double ForwardTolerance = 1e-5;

    /// <summary>Of inference that may be less exact.</summary>
    private const double FastTolerance = 1e-4;

    /// <summary>
    /// Relative to the largest gradient of the tensor. A gradient is a sum over pixels and samples whose terms cancel, in a training step
    /// more than here: the design allows it ten times as much.
    /// </summary>
    private const double GradientTolerance = 1e-4;

    /// <summary>A relative change of inputs and parameters that the rounding of a few operations may amount to.</summary>
    private const double Nudge = 1e-6;

    /// <summary>Outputs whose terms cancel, such as the mean of what was normalised, are rounding alone below this size.</summary>
    private const double Rounding = 1e-4;

    /// <summary>The scale of outputs that are rounding alone: a part of that of the inputs, which is 1.</summary>
    private const double LeastScale = 0.1;

    /// <summary>Beyond it sums of floats may overflow.</summary>
    private const double LargestOutput = 1e30;

    /// <summary>Of a network of which inference alone is compared.</summary>
    private const int Samples = 2;

    public static void Check(LoadedNetwork network, Architecture architecture)
    {
        var reference = architecture.Reference();
        var random = new Random(1);
        SetParameters(network, reference, random);

        // Where a maximum or a ReLU is within rounding of its kink there are two right gradients; other inputs then decide.
        for (var attempt = 0; ; attempt++)
        {
            var batch = RandomBatch(network, architecture, random);
            CheckInference(network, reference, batch.Inputs, architecture.IsFast ? FastTolerance : ForwardTolerance);
            if (CheckTraining(network, architecture, reference, batch))
                return;
            Assert.True(attempt < 3, "The gradient jumps at four batches in a row.");
        }
    }

    /// <summary>Inference alone, of a network that may be of any numbers.</summary>
    /// <returns>False where the numbers do not say which of the two is right: they overflow, or inputs hardly changed change them.</returns>
    public static bool CheckInference(LoadedNetwork network, ReferenceNetwork reference, bool isFast)
    {
        var random = new Random(1);
        SetParameters(network, reference, random);
        var inputs = Numbers(random, Samples * network.InputLength);
        var tolerance = isFast ? FastTolerance : ForwardTolerance;
        if (!IsDefined(reference, inputs, Moved(inputs, random), network.InputLength, tolerance))
            return false;
        CheckInference(network, reference, inputs, tolerance);
        return true;
    }

    private static bool IsDefined(ReferenceNetwork reference, float[] inputs, float[] moved, int length, double tolerance)
    {
        double[] Outputs(float[] batch) => [.. batch.Chunk(length).SelectMany(input => reference.Forward(input))];
        var (outputs, others) = (Outputs(inputs), Outputs(moved));
        var largest = outputs.Max(Math.Abs);
        return largest < LargestOutput && outputs.Zip(others).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance * Math.Max(largest, LeastScale));
    }

    private static void SetParameters(LoadedNetwork network, ReferenceNetwork reference, Random random)
    {
        var trained = network.Parameters.Where(parameter => !parameter.IsBuffer).ToList();
        Assert.Equal(reference.Parameters.Select(parameter => parameter.Name), trained.Select(parameter => parameter.Name));
        foreach (var (expected, actual) in reference.Parameters.Zip(trained))
            Assert.Equal(expected.Shape, actual.Shape);
        Assert.Equal(reference.Buffers.Select(buffer => buffer.Name), network.Parameters.Where(parameter => parameter.IsBuffer).Select(buffer => buffer.Name));
        network.SetParameters(parameter =>
        {
            var values = reference[parameter.Name];
            var bound = parameter.FanIn == 0 ? 0.1f : MathF.Sqrt(3f / parameter.FanIn);
            for (var i = 0; i < values.Length; i++)
                values[i] = parameter.Start + (Uniform(random) * bound);
            return values;
        });
    }

    private static Batch RandomBatch(LoadedNetwork network, Architecture architecture, Random random)
    {
        var count = architecture.Samples;
        var inputs = Numbers(random, count * network.InputLength);

        // One sample is constant, so that the maxima of its windows are ties.
        if (count > 1)
            inputs.AsSpan(0, network.InputLength).Fill(inputs[0]);
        return new Batch(
            inputs,
            [.. Enumerable.Range(0, count).Select(n => n % network.OutputLength)],
            architecture.EndsInSoftmax ? null : Numbers(random, count * network.OutputLength));
    }

    private static void CheckInference(LoadedNetwork network, ReferenceNetwork reference, float[] inputs, double tolerance)
    {
        var outputs = network.ForwardEach(inputs);
        var expected = inputs.Chunk(network.InputLength).SelectMany(input => reference.Forward(input)).ToArray();
        CheckValues(expected, outputs, tolerance, "outputs");
        Assert.Equal(outputs, network.ForwardEach(inputs));
        for (var threads = 1; threads <= 3; threads++)
        {
            var batch = new float[outputs.Length];
            network.ForwardBatch(inputs, batch, threads);
            Assert.Equal(outputs, batch);
        }

        for (var n = 0; n < inputs.Length / network.InputLength; n++)
        {
            var output = outputs.AsSpan(n * network.OutputLength, network.OutputLength).ToArray();
            var input = inputs.AsSpan(n * network.InputLength, network.InputLength);
            Assert.Equal(Array.IndexOf(output, output.Max()), network.Predict(input));
            Assert.Equal(output, RunAmongGuards(network, input));
        }
    }

    private static void CheckValues(double[] expected, float[] actual, double tolerance, string what)
    {
        // The scale stands in both lists.
        var scale = expected.Max(Math.Abs) < Rounding ? LeastScale : 0;
        Agreement.Check((double[])[.. expected, scale], [.. actual.Select(value => (double)value), scale], tolerance, what);
    }

    /// <summary>Inference in memory that holds NaN: what is read before it is written, or beyond its end, spoils the output.</summary>
    private static float[] RunAmongGuards(LoadedNetwork network, ReadOnlySpan<float> input)
    {
        var (read, written, arena) = (new GuardedMemory(input), new GuardedMemory(network.OutputLength), new GuardedMemory(network.ArenaBytes / sizeof(float)));
        network.Run(ref read.Start, ref written.Start, ref arena.Start);
        Assert.Equal(input, read.Checked("input"));
        arena.Checked("arena");
        return written.Checked("output").ToArray();
    }

    /// <returns>False where the gradient is not defined well enough to be compared.</returns>
    private static bool CheckTraining(LoadedNetwork network, Architecture architecture, ReferenceNetwork reference, Batch batch)
    {
        if (network.WeightsLength == 0)
            return true;
        var capacity = batch.Count + 2;
        var workspace = TrainingRun.Workspace(network, capacity);
        var before = network.Weights.ToArray();
        var run = TrainingRun.Of(network, batch, workspace, capacity);
        var averages = network.Parameters.Where(parameter => parameter.IsBuffer)
            .ToDictionary(parameter => parameter.Name, parameter => LoadedNetwork.Canonical(parameter, network.Weights));

        // Once in a workspace that this batch fills, and once more in what that has left there.
        var full = TrainingRun.Workspace(network, batch.Count);
        for (var time = 0; time < 2; time++)
        {
            var again = TrainingRun.Of(network, batch, full, batch.Count);
            Assert.Equal(run.Logits, again.Logits);
            Assert.Equal(run.Gradients, again.Gradients);
        }

        before.CopyTo(network.Weights);
        CheckPadding(network, run.Gradients);
        if (architecture.HasDropout)
            return true;

        var expected = batch.Reference(reference);
        CheckValues(expected.Logits, run.Logits, TrainingTolerance(reference), "logits in training");
        foreach (var (name, values) in averages)
            Agreement.Check(expected.Buffers[name], values, ForwardTolerance, name);
        var scale = new GradientScale(expected);
        var actual = run.Canonical(network).ToList();
        if (actual.All(gradient => scale.Agrees(gradient.Name, gradient.Values.Select(value => (double)value))))
            return true;
        if (IsKink(reference, batch, scale))
            return false;
        foreach (var (name, values) in actual)
        {
            Assert.True(
                scale.Agrees(name, values.Select(value => (double)value)),
                $"The gradient of {name} is off by {scale.Error(name, values.Select(value => (double)value)):R} of its scale.");
        }

        return true;
    }

    /// <summary>
    /// Normalisation by the statistics of a batch divides by a standard deviation that may be much smaller than the numbers, and so
    /// enlarges their rounding.
    /// </summary>
    private static double TrainingTolerance(ReferenceNetwork reference) => reference.Buffers.Count == 0 ? ForwardTolerance : GradientTolerance;

    /// <summary>Lanes that belong to no parameter must stay zero, or an optimiser would move them.</summary>
    private static void CheckPadding(LoadedNetwork network, float[] gradients)
    {
        var clean = new float[gradients.Length];
        foreach (var parameter in network.Parameters)
            parameter.Pack(LoadedNetwork.Canonical(parameter, gradients), clean);
        Assert.Equal(clean, gradients);
    }

    private static bool IsKink(ReferenceNetwork reference, Batch batch, GradientScale scale)
    {
        var random = new Random(2);
        var parameters = reference.Parameters.Select(parameter => (Values: reference[parameter.Name], Before: reference[parameter.Name].ToArray())).ToList();
        var isKink = false;
        for (var attempt = 0; attempt < 8 && !isKink; attempt++)
        {
            foreach (var (values, before) in parameters)
                Moved(before, random).CopyTo(values, 0);
            var moved = batch with { Inputs = Moved(batch.Inputs, random) };
            isKink = moved.Reference(reference).Parameters.Any(entry => !scale.Agrees(entry.Key, entry.Value));
        }

        foreach (var (values, before) in parameters)
            before.CopyTo(values, 0);
        return isKink;
    }

    private static float[] Moved(float[] values, Random random) =>
        [.. values.Select(value => (float)(value * (1 + (Nudge * Uniform(random)))))];

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Uniform(random))];

    private static float Uniform(Random random) => (float)((random.NextDouble() * 2) - 1);

    /// <summary>
    /// How close gradients must come: within the tolerance of the largest of their tensor. Where the terms of a tensor cancel altogether,
    /// as those of a bias in front of a batch normalisation do, what remains is rounding; the scale is then the network's. Where they do
    /// so in part, it is at least a part of the network's; where all of a network do, that of its inputs.
    /// </summary>
    private sealed class GradientScale(ReferenceGradients expected)
    {
        private const double Cancelled = 1e-2;
        private const double Vanished = 1e-9;

        private readonly double _network = OfNetwork(expected);

        public bool Agrees(string name, IEnumerable<double> actual) => Error(name, actual) <= GradientTolerance;

        private static double OfNetwork(ReferenceGradients expected)
        {
            var largest = expected.Parameters.Values.SelectMany(values => values).Select(Math.Abs).DefaultIfEmpty().Max();
            return largest < Vanished ? LeastScale : largest;
        }

        public double Error(string name, IEnumerable<double> actual)
        {
            var values = expected.Parameters[name];
            var largest = values.Select(Math.Abs).Max();
            var scale = largest <= Vanished * _network ? _network : Math.Max(largest, Cancelled * _network);
            var error = values.Zip(actual).Select(pair => Math.Abs(pair.First - pair.Second)).Max(difference => double.IsNaN(difference) ? double.MaxValue : difference);
            return error == 0 ? 0 : error / scale;
        }
    }
}
