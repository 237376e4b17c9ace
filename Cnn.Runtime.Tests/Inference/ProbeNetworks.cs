using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cnn.Tests.Inference;

/// <summary>How many bytes of arena a probe asks for.</summary>
internal interface IArenaSize
{
    static abstract int Bytes { get; }

    /// <summary>Gets how many may lie on the stack.</summary>
    static virtual int StackLimit => NetworkRunner.StackLimit;
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

/// <summary>A small arena that shall not lie on the stack.</summary>
internal sealed class ArenaOffStack : IArenaSize
{
    public static int Bytes => 4096;

    public static int StackLimit => 0;
}

/// <summary>An arena that lies on the stack because the network says so.</summary>
internal sealed class ArenaOnLargeStack : IArenaSize
{
    public static int Bytes => 512 * 1024;

    public static int StackLimit => 1024 * 1024;
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

    public static int StackLimit => TSize.StackLimit;

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

    public static void Run(ref float weights, ref byte input, ref float output, ref float arena)
    {
        Span<float> numbers = [input, Unsafe.Add(ref input, 1), Unsafe.Add(ref input, 2)];
        Run(ref weights, ref numbers[0], ref output, ref arena);
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
