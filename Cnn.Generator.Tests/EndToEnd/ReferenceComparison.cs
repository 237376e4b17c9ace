using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Reference;
using Cnn.Tests.Support;
using Xunit;
using Xunit.Sdk;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Holds a compiled network to the reference in everything it computes.</summary>
internal static class ReferenceComparison
{
    /// <summary>The tolerance of inference and of training, relative to the largest output of the batch.</summary>
    private const double ForwardTolerance = 1e-5;

    /// <summary>The tolerance of inference that may be less exact.</summary>
    private const double FastTolerance = 1e-4;

    /// <summary>
    /// Relative to the largest gradient of the tensor. A gradient is a sum over pixels and samples whose terms cancel, in a training step
    /// more than here: the design allows it ten times as much.
    /// </summary>
    public const double GradientTolerance = 1e-4;

    /// <summary>Outputs whose terms cancel, such as the mean of what was normalised, are rounding alone below this size.</summary>
    private const double Rounding = 1e-4;

    /// <summary>The scale of outputs that are rounding alone: a part of that of the inputs, which is 1.</summary>
    public const double LeastScale = 0.1;

    /// <summary>Beyond it sums of floats may overflow.</summary>
    private const double LargestOutput = 1e30;

    /// <summary>The samples of a network of which only inference is compared.</summary>
    private const int Samples = 2;

    /// <summary>Compares one network at every vector width; the reference answers once for all of them.</summary>
    /// <param name="batch">The network among those compiled with it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="architecture">The network and its reference.</param>
    /// <exception cref="XunitException">It disagrees.</exception>
    public static void CheckWidths(NetworkBatch batch, string name, Architecture architecture)
    {
        var answers = new ReferenceAnswers(architecture);
        foreach (var bits in NetworkBatch.Widths)
        {
            batch.Bits = bits;
            try
            {
                Check(batch.Create(name), answers);
            }
            catch (Exception fault)
            {
                throw new XunitException($"With vectors of {bits} bits: {fault.Message}", fault);
            }
        }
    }

    private static void Check(LoadedNetwork network, ReferenceAnswers answers)
    {
        answers.SetParameters(network);

        // A maximum or a ReLU within rounding of its kink has two right gradients; other inputs then decide.
        for (var attempt = 0; ; attempt++)
        {
            var answer = answers.Of(attempt);
            CheckInference(network, answer.Batch.Inputs, answer.Outputs, answers.Architecture.IsFast ? FastTolerance : ForwardTolerance);
            if (CheckTraining(network, answers, answer))
                return;
            Assert.True(attempt < 3, "The gradient jumps at four batches in a row.");
        }
    }

    /// <summary>Inference alone, of a network that may be of any numbers.</summary>
    /// <returns>False where the numbers do not say which of the two is right: they overflow, or inputs hardly changed change them.</returns>
    public static bool CheckInference(LoadedNetwork network, ReferenceNetwork reference, bool isFast)
    {
        var random = new Random(1);
        DrawnNumbers.SetParameters(network, reference, random);
        var inputs = DrawnNumbers.Of(random, Samples * network.InputLength);
        var tolerance = isFast ? FastTolerance : ForwardTolerance;
        if (!IsDefined(reference, inputs, DrawnNumbers.Moved(inputs, random), network.InputLength, tolerance))
            return false;
        CheckInference(network, inputs, Outputs(reference, inputs, network.InputLength), tolerance);
        return true;
    }

    private static bool IsDefined(ReferenceNetwork reference, float[] inputs, float[] moved, int length, double tolerance)
    {
        var (outputs, others) = (Outputs(reference, inputs, length), Outputs(reference, moved, length));
        var largest = outputs.Max(Math.Abs);
        return largest < LargestOutput && outputs.Zip(others).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance * Math.Max(largest, LeastScale));
    }

    private static double[] Outputs(ReferenceNetwork reference, float[] inputs, int length) =>
        [.. inputs.Chunk(length).SelectMany(input => reference.Forward(input))];

    private static void CheckInference(LoadedNetwork network, float[] inputs, double[] expected, double tolerance)
    {
        var outputs = network.ForwardEach(inputs);
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
            var main = output[..network.MainOutputLength];
            var expectedClass = main.Length == 1 ? (main[0] > network.Threshold ? 1 : 0) : Array.IndexOf(main, main.Max());
            Assert.Equal(expectedClass, network.Predict(input));
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
    private static bool CheckTraining(LoadedNetwork network, ReferenceAnswers answers, ReferenceAnswers.Answer answer)
    {
        if (network.WeightsLength == 0)
            return true;
        var batch = answer.Batch;
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
        if (answers.Architecture.HasDropout)
            return true;

        var (expected, scale) = (answer.Gradients, answer.Scale);
        CheckValues(expected.Logits, run.Logits, TrainingTolerance(answers), "logits in training");
        foreach (var (name, values) in averages)
            Agreement.Check(expected.Buffers[name], values, ForwardTolerance, name);
        var actual = run.Canonical(network).ToList();
        if (actual.All(gradient => scale.Agrees(gradient.Name, gradient.Values.Select(value => (double)value))))
            return true;
        if (answer.IsKink)
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
    private static double TrainingTolerance(ReferenceAnswers answers) => answers.HasStatistics ? GradientTolerance : ForwardTolerance;

    /// <summary>Lanes that belong to no parameter must stay zero, or an optimiser would move them.</summary>
    private static void CheckPadding(LoadedNetwork network, float[] gradients)
    {
        var clean = new float[gradients.Length];
        foreach (var parameter in network.Parameters)
            parameter.Pack(LoadedNetwork.Canonical(parameter, gradients), clean);
        Assert.Equal(clean, gradients);
    }
}
