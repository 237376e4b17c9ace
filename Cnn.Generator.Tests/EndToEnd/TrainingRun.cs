using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Reference;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>A batch with what training aims at: labels, or target vectors.</summary>
internal sealed record Batch(float[] Inputs, int[] Labels, float[]? Targets)
{
    public int Count => Labels.Length;

    public ReferenceGradients Reference(ReferenceNetwork reference) => Targets is null
        ? reference.MeanGradients(Inputs, Labels)
        : reference.MeanGradients(Inputs, Targets, ReferenceLoss.MeanSquaredError);
}

/// <summary>
/// The forward and the backward pass over one batch, with a loss of the test's own between: cross-entropy on the logits where there are
/// labels, else the mean squared error of the output.
/// </summary>
internal sealed class TrainingRun
{
    private TrainingRun(float[] logits, float[] gradients)
    {
        Logits = logits;
        Gradients = gradients;
    }

    public float[] Logits { get; }

    /// <summary>Gets the gradients in the order of the kernels, padding included.</summary>
    public float[] Gradients { get; }

    /// <summary>A workspace for <paramref name="capacity"/> samples, as training makes it.</summary>
    public static float[] Workspace(LoadedNetwork network, int capacity) => new float[network.Training.WorkspaceFloats(capacity)];

    public static TrainingRun Of(LoadedNetwork network, Batch batch, float[] workspace, int capacity, ulong seed = 5)
    {
        var logits = Forward(network, batch, workspace, capacity, seed);
        return new TrainingRun(logits, Backward(network, batch, workspace, capacity, seed));
    }

    /// <summary>The backward pass of the gradient of the logits that stands in the workspace; returns what the weights get of it.</summary>
    public static float[] Backward(LoadedNetwork network, Batch batch, float[] workspace, int capacity, ulong seed = 5)
    {
        var plan = network.Training;
        var gradients = new float[network.WeightsLength];
        for (var phase = 0; phase <= plan.BackwardExchanges.Count; phase++)
        {
            network.TrainBackward(phase, gradients, workspace, capacity, batch.Count, seed);
            if (phase < plan.BackwardExchanges.Count)
                BatchExchanges.Sums(plan.BackwardExchanges[phase], workspace, batch.Count);
        }

        return gradients;
    }

    /// <summary>The forward pass, which leaves the gradient of the logits in the workspace.</summary>
    public static float[] Forward(LoadedNetwork network, Batch batch, float[] workspace, int capacity, ulong seed = 5)
    {
        var plan = network.Training;
        batch.Inputs.CopyTo(workspace.AsSpan(plan.Input));
        for (var phase = 0; phase <= plan.ForwardExchanges.Count; phase++)
        {
            network.TrainForward(phase, workspace, capacity, batch.Count, seed);
            if (phase < plan.ForwardExchanges.Count)
                BatchExchanges.Moments(plan.ForwardExchanges[phase], workspace, batch.Count, network.Weights);
        }

        var length = batch.Count * network.OutputLength;
        var logits = workspace.AsSpan(plan.Logits(capacity), length).ToArray();
        LogitsGradient(batch, logits, network.OutputLength, network.MainOutputLength).CopyTo(workspace.AsSpan(plan.LogitsGradient(capacity)));
        return logits;
    }

    /// <summary>The gradients by canonical name.</summary>
    public IEnumerable<(string Name, float[] Values)> Canonical(LoadedNetwork network) =>
        network.Parameters.Where(parameter => !parameter.IsBuffer).Select(parameter => (parameter.Name, LoadedNetwork.Canonical(parameter, Gradients)));

    private static float[] LogitsGradient(Batch batch, float[] logits, int length, int classes)
    {
        var gradient = new float[logits.Length];
        for (var n = 0; n < batch.Count; n++)
        {
            // Target vectors are those of all outputs; labels those of the last layer's, with which each row begins.
            var judged = batch.Targets is null ? classes : length;
            var row = logits.Skip(n * length).Take(judged).Select(logit => (double)logit).ToArray();
            var largest = row.Max();
            var sum = row.Sum(logit => Math.Exp(logit - largest));
            for (var i = 0; i < judged; i++)
            {
                var value = batch.Targets is { } targets
                    ? 2 * (row[i] - targets[(n * length) + i]) / length
                    : (Math.Exp(row[i] - largest) / sum) - (i == batch.Labels[n] ? 1 : 0);
                gradient[(n * length) + i] = (float)(value / batch.Count);
            }
        }

        return gradient;
    }
}
