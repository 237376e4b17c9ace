using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cnn.Tests.Training;

/// <summary>
/// A network of 2x3 pixels of two channels and one output that can be spoiled in one place at a time: output = weight * first input; the
/// statistics of a batch normalisation are those of the second input, and the third is the gradient of the bias, which counts nowhere else.
/// </summary>
internal sealed class NormalizedNetwork : INetwork<NormalizedNetwork>
{
    public const int Inputs = 12;
    public const int MeanOffset = 8;
    public const int VarianceOffset = MeanOffset + 1;

    private readonly float[] _weights = new float[WeightsLength];

    /// <summary>Gets how often the weights were said to have changed.</summary>
    public int Changes { get; private set; }

    public static int InputLength => Inputs;

    public static ImageShape? InputShape => new(2, 3, 2);

    public static int OutputLength => 1;

    public static int ArenaBytes => 0;

    public static NetworkSummary Summary { get; } = new(nameof(NormalizedNetwork), [], 0);

    public static IReadOnlyList<ParameterTensor> Parameters { get; } =
    [
        Vector("dense1.weight", 0),
        Vector("dense1.bias", 1),
        Vector("bn1.running_mean", MeanOffset, isBuffer: true),
        Vector("bn1.running_var", VarianceOffset, isBuffer: true),
    ];

    public static int WeightsLength => 2 * MeanOffset;

    public static int TrainableLength => MeanOffset;

    public static TrainingPlan Training { get; } =
        new(24, Inputs + 2, Inputs, Inputs + 1, false) { ForwardExchanges = [new(0, 1, 1, MeanOffset, VarianceOffset, 0.25)] };

    public Span<float> Weights => _weights;

    public static NormalizedNetwork CreateZeroed() => new();

    /// <summary>A network with some weights.</summary>
    public static NormalizedNetwork Create()
    {
        var network = new NormalizedNetwork();
        (network._weights[0], network._weights[1], network._weights[VarianceOffset]) = (0.75f, -0.5f, 1);
        return network;
    }

    /// <summary>Samples and targets that are all in order.</summary>
    public static (float[] Inputs, float[] Targets) Draw(int count, ulong seed)
    {
        var random = new Rng(seed);
        var inputs = new float[count * Inputs];
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = (2 * random.NextFloat()) - 1;
        var targets = new float[count];
        for (var sample = 0; sample < count; sample++)
            targets[sample] = 3 * inputs[sample * Inputs];
        return (inputs, targets);
    }

    public void WeightsChanged() => Changes++;

    public static void Run(ref float weights, ref float input, ref float output, ref float arena) => output = weights * input;

    public static void TrainForward(ref float weights, ref float workspace, int capacity, int count, ulong seed)
    {
        var floats = MemoryMarshal.CreateSpan(ref workspace, Training.WorkspaceFloats(capacity));
        for (var sample = 0; sample < count; sample++)
            floats[Training.Logits(capacity) + sample] = weights * floats[Training.Input + (sample * Inputs)];
    }

    public static void TrainForward(int phase, ref float weights, ref float workspace, int capacity, int count, ulong seed)
    {
        if (phase == 0)
            Moments.Of(MemoryMarshal.CreateSpan(ref workspace, Training.WorkspaceFloats(capacity)), Training, Inputs, count, element: 1);
        else
            TrainForward(ref weights, ref workspace, capacity, count, seed);
    }

    public static void TrainBackward(ref float weights, ref float gradients, ref float workspace, int capacity, int count, ulong seed)
    {
        var floats = MemoryMarshal.CreateSpan(ref workspace, Training.WorkspaceFloats(capacity));
        var sums = MemoryMarshal.CreateSpan(ref gradients, WeightsLength);
        for (var sample = 0; sample < count; sample++)
        {
            var input = floats.Slice(Training.Input + (sample * Inputs), Inputs);
            sums[0] += input[0] * floats[Training.LogitsGradient(capacity) + sample];
            sums[1] += input[2];
        }
    }

    private static ParameterTensor Vector(string name, int place, bool isBuffer = false) =>
        new(name, [1], Initializer.Zeros, 1, 1, new StridedBlock(0, place, new StridedAxis(1, 1, 1))) { IsBuffer = isBuffer };
}
