using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cnn.Tests.Support;

/// <summary>Which of two networks a <see cref="FlatNetwork{TLayout}"/> is.</summary>
internal interface IFlatLayout
{
    static abstract Layout Layout { get; }
}

/// <summary>
/// A network written by hand: a dense layer from a flattened volume of 2x3x2 to a vector of 8 that is read as a volume of 2x2x2. Its weights
/// are plain.
/// </summary>
internal sealed class FlatNetwork<TLayout> : INetwork<FlatNetwork<TLayout>>
    where TLayout : IFlatLayout
{
    private readonly float[] _weights = new float[(8 * 12) + 8];

    public static Layout Layout => TLayout.Layout;

    public static IReadOnlyList<FlattenedTensor> FlattenedTensors { get; } =
        [new("dense1.weight", [new(2, 2, 2)], [new(2, 3, 2)]), new("dense1.bias", [new(2, 2, 2)], [])];

    public static int InputLength => 12;

    public static int OutputLength => 8;

    public static int ArenaBytes => 0;

    public static NetworkSummary Summary { get; } = new(nameof(FlatNetwork<TLayout>), [new("input", "Input", 2, 3, 2, 0, 0, -1, 0)], 0);

    public static IReadOnlyList<ParameterTensor> Parameters { get; } =
    [
        new("dense1.weight", [8, 12], Initializer.Glorot, 12, 8, new StridedBlock(0, 0, new StridedAxis(96, 1, 1))),
        new("dense1.bias", [8], Initializer.Zeros, 12, 8, new StridedBlock(0, 96, new StridedAxis(8, 1, 1))),
    ];

    public static int WeightsLength => 104;

    public static TrainingPlan Training => new(0, 28, 12, 20, false);

    public Span<float> Weights => _weights;

    public static FlatNetwork<TLayout> CreateZeroed() => new();

    /// <summary>A network whose parameters are 1, 2, 3 ...</summary>
    public static FlatNetwork<TLayout> CreateNumbered()
    {
        var network = new FlatNetwork<TLayout>();
        for (var i = 0; i < network._weights.Length; i++)
            network._weights[i] = i + 1;
        return network;
    }

    public static void Run(ref float weights, ref float input, ref float output, ref float arena)
    {
        var w = MemoryMarshal.CreateSpan(ref weights, WeightsLength);
        var x = MemoryMarshal.CreateSpan(ref input, InputLength);
        var y = MemoryMarshal.CreateSpan(ref output, OutputLength);
        for (var row = 0; row < OutputLength; row++)
        {
            y[row] = w[96 + row];
            for (var column = 0; column < InputLength; column++)
                y[row] += w[(row * 12) + column] * x[column];
        }
    }

    public static void TrainForward(ref float weights, ref float workspace, int capacity, int count, ulong seed) =>
        throw new NotSupportedException();

    public static void TrainBackward(ref float weights, ref float gradients, ref float workspace, int capacity, int count, ulong seed) =>
        throw new NotSupportedException();
}

/// <summary>Channels last.</summary>
internal sealed class Last : IFlatLayout
{
    public static Layout Layout => Layout.Hwc;
}

/// <summary>Channels first.</summary>
internal sealed class First : IFlatLayout
{
    public static Layout Layout => Layout.Chw;
}
