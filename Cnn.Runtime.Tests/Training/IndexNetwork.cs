using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cnn.Tests.Training;

/// <summary>A number of classes.</summary>
internal interface IClasses
{
    static abstract int Count { get; }
}

/// <summary>A network without weights whose input is the class that it predicts.</summary>
internal sealed class IndexNetwork<TClasses> : INetwork<IndexNetwork<TClasses>>
    where TClasses : IClasses
{
    public static int InputLength => 1;

    public static int OutputLength => TClasses.Count;

    public static int ArenaBytes => 0;

    public static NetworkSummary Summary { get; } = new(nameof(IndexNetwork<>), [], 0);

    public static IReadOnlyList<ParameterTensor> Parameters => [];

    public static int WeightsLength => 0;

    public static TrainingPlan Training => new(0, 1 + (2 * OutputLength), 1, 1 + OutputLength, false);

    public Span<float> Weights => [];

    public static IndexNetwork<TClasses> CreateZeroed() => new();

    public static void Run(ref float weights, ref float input, ref float output, ref float arena)
    {
        var outputs = MemoryMarshal.CreateSpan(ref output, OutputLength);
        outputs.Clear();
        outputs[(int)input] = 1;
    }

    public static void TrainForward(ref float weights, ref float workspace, int capacity, int count, ulong seed) =>
        throw new NotSupportedException("There is nothing to train.");

    public static void TrainBackward(
        ref float weights, ref float gradients, ref float workspace, int capacity, int count, ulong seed) =>
        throw new NotSupportedException("There is nothing to train.");
}
