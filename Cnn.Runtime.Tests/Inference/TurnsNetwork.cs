using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Cnn.Tests.Inference;

/// <summary>
/// A network whose inference threads share, as the generator prints one: a first loop of turns leaves weights[0] * input[i] in the arena, a second
/// one output[i] = arena[length - 1 - i] + i, so that each turn of it reads what another thread may have written.
/// </summary>
internal sealed class TurnsNetwork : INetwork<TurnsNetwork>
{
    public const int Length = 64;

    private readonly float[] _weights = new float[1];

    /// <summary>Gets or sets what happens in a turn of the first loop, by its number; null for nothing.</summary>
    public static Action<int>? Disturbance { get; set; }

    public static int InputLength => Length;

    public static int OutputLength => Length;

    public static int ArenaBytes => Length * sizeof(float);

    public static bool IsShared => true;

    public static NetworkSummary Summary { get; } = new(nameof(TurnsNetwork), [], 0);

    public static IReadOnlyList<ParameterTensor> Parameters => [];

    public static int WeightsLength => 1;

    public static TrainingPlan Training => default;

    public Span<float> Weights => _weights;

    public static TurnsNetwork CreateZeroed() => new();

    public static float Expected(float weight, float input, int i) => (weight * input) + i;

    public static void Run(ref float weights, ref float input, ref float output, ref float arena)
    {
        var turns = default(Turns);
        Run(ref turns, ref weights, ref input, ref output, ref arena);
    }

    public static void Run(ref Turns turns, ref float weights, ref float input, ref float output, ref float arena)
    {
        foreach (var i in turns.Of(Length))
        {
            Disturbance?.Invoke(i);
            Unsafe.Add(ref arena, i) = weights * Unsafe.Add(ref input, Length - 1 - i);
        }

        foreach (var i in turns.Of(Length))
            Unsafe.Add(ref output, i) = Unsafe.Add(ref arena, Length - 1 - i) + i;
    }

    public static void Run(ref Turns turns, ref float weights, ref byte input, ref float output, ref float arena)
    {
        foreach (var i in turns.Of(Length))
            Unsafe.Add(ref arena, i) = weights * Unsafe.Add(ref input, Length - 1 - i);
        Thread.SpinWait(10);
        foreach (var i in turns.Of(Length))
            Unsafe.Add(ref output, i) = Unsafe.Add(ref arena, Length - 1 - i) + i;
    }

    public static void TrainForward(ref float weights, ref float workspace, int capacity, int count, ulong seed) =>
        throw new NotSupportedException("The network is not trained.");

    public static void TrainBackward(
        ref float weights, ref float gradients, ref float workspace, int capacity, int count, ulong seed) =>
        throw new NotSupportedException("The network is not trained.");
}
