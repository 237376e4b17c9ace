using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Cnn.Tests.Training;

/// <summary>A network of one input and one output, output = weight * input, without a name for its weight.</summary>
internal sealed class LinearNetwork : INetwork<LinearNetwork>
{
    private readonly float[] _weights = new float[1];

    public static int InputLength => 1;

    public static int OutputLength => 1;

    public static int ArenaBytes => 0;

    public static NetworkSummary Summary { get; } = new(nameof(LinearNetwork), [], 0);

    public static IReadOnlyList<ParameterTensor> Parameters { get; } =
        [new("dense1.weight", [1, 1], Initializer.Glorot, 1, 1, new StridedBlock(0, 0, new StridedAxis(1, 1, 1)))];

    public static int WeightsLength => 1;

    public static TrainingPlan Training => new(0, 3, 1, 2, false);

    public Span<float> Weights => _weights;

    public static LinearNetwork CreateZeroed() => new();

    public static void Run(ref float weights, ref float input, ref float output, ref float arena) => output = weights * input;

    public static void TrainForward(ref float weights, ref float workspace, int capacity, int count, ulong seed)
    {
        for (var i = 0; i < count; i++)
            Unsafe.Add(ref workspace, capacity + i) = weights * Unsafe.Add(ref workspace, i);
    }

    public static void TrainBackward(
        ref float weights, ref float gradients, ref float workspace, int capacity, int count, ulong seed)
    {
        for (var i = 0; i < count; i++)
            gradients += Unsafe.Add(ref workspace, i) * Unsafe.Add(ref workspace, (2 * capacity) + i);
    }
}
