using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cnn.Tests.Inference;

/// <summary>How many bytes of arena a probe asks for.</summary>
internal interface IArenaSize
{
    static abstract int Bytes { get; }
}

internal sealed class NoArena : IArenaSize
{
    public static int Bytes => 0;
}

internal sealed class LargestStackArena : IArenaSize
{
    public static int Bytes => NetworkRunner.StackLimit;
}

internal sealed class LargeArena : IArenaSize
{
    public static int Bytes => 1_000_003 * sizeof(float);
}

/// <summary>
/// A network of three inputs and four outputs, output[i] = weights[0] * input[i mod 3] + i, that fills its whole arena with the first
/// input, reads it back, and gives NaN if another call got into it or it is not aligned.
/// </summary>
internal sealed class ProbeNetwork<TSize> : INetwork<ProbeNetwork<TSize>>
    where TSize : IArenaSize
{
    private readonly float[] _weights = new float[2];

    public static int InputLength => 3;

    public static int OutputLength => 4;

    public static int ArenaBytes => TSize.Bytes;

    public static NetworkSummary Summary { get; } = new(nameof(ProbeNetwork<TSize>), [], 0);

    public static IReadOnlyList<ParameterTensor> Parameters => [];

    public static int WeightsLength => 2;

    public static TrainingPlan Training => default;

    public Span<float> Weights => _weights;

    public static ProbeNetwork<TSize> CreateZeroed() => new();

    public static void Run(ref float weights, ref float input, ref float output, ref float arena)
    {
        var floats = MemoryMarshal.CreateSpan(ref arena, TSize.Bytes / sizeof(float));
        floats.Fill(input);
        var sound = Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref arena) % 64 == 0;
        for (var i = 0; i < 4; i++)
            Unsafe.Add(ref output, i) = (weights * Unsafe.Add(ref input, i % 3)) + i;
        if (floats.ContainsAnyExcept(input) || !sound)
            output = float.NaN;
    }

    public static void TrainForward(ref float weights, ref float workspace, int capacity, int count, ulong seed) =>
        throw new NotSupportedException("The probe is not trained.");

    public static void TrainBackward(
        ref float weights,
        ref float gradients,
        ref float workspace,
        int capacity,
        int count,
        ulong seed) =>
        throw new NotSupportedException("The probe is not trained.");
}
