using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Cnn.Tests.Training;

/// <summary>
/// A network of one input and one output, output = weight * input, that records its training calls. Its state is static, so one test
/// class alone uses it.
/// </summary>
internal sealed class RecordingNetwork : INetwork<RecordingNetwork>
{
    private readonly float[] _weights = new float[1];

    /// <summary>A training call: its samples, the first input among them, and what dropout would be seeded with.</summary>
    public readonly record struct Call(bool Forward, int Capacity, int Count, float FirstInput, ulong Seed);

    public static ConcurrentBag<Call> Calls { get; } = [];

    public static int InputLength => 1;

    public static int OutputLength => 1;

    public static int ArenaBytes => 0;

    public static NetworkSummary Summary { get; } = new(nameof(RecordingNetwork), [], 0);

    public static IReadOnlyList<ParameterTensor> Parameters => [];

    public static int WeightsLength => 1;

    public static TrainingPlan Training => new(0, 3, 1, 2, false);

    public Span<float> Weights => _weights;

    public static RecordingNetwork CreateZeroed() => new();

    public static void Run(ref float weights, ref float input, ref float output, ref float arena) => output = weights * input;

    public static void TrainForward(ref float weights, ref float workspace, int capacity, int count, ulong seed)
    {
        Calls.Add(new Call(true, capacity, count, workspace, seed));
        for (var i = 0; i < count; i++)
            Unsafe.Add(ref workspace, capacity + i) = weights * Unsafe.Add(ref workspace, i);
    }

    public static void TrainBackward(
        ref float weights,
        ref float gradients,
        ref float workspace,
        int capacity,
        int count,
        ulong seed)
    {
        Calls.Add(new Call(false, capacity, count, workspace, seed));
        for (var i = 0; i < count; i++)
            gradients += Unsafe.Add(ref workspace, i) * Unsafe.Add(ref workspace, (2 * capacity) + i);
    }
}
