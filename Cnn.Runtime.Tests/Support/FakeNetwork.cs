using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cnn.Tests.Support;

/// <summary>
/// A network written by hand: a 3x3 convolution of 5x5x1 to two channels, whose 20 parameters lie in the weights filter innermost, eight
/// lanes a tap, as a kernel that is vectorised across output channels keeps them.
/// </summary>
internal sealed class FakeNetwork : INetwork<FakeNetwork>
{
    public const int Lanes = 8;
    public const int BiasOffset = 9 * Lanes;

    private static readonly ParameterTensor[] Tensors =
    [
        new(
            "conv1.weight",
            [2, 1, 3, 3],
            Initializer.He,
            9,
            18,
            new StridedBlock(0, 0, new StridedAxis(2, 9, 1), new StridedAxis(9, 1, Lanes))),
        new("conv1.bias", [2], Initializer.Zeros, 9, 18, new StridedBlock(0, BiasOffset, new StridedAxis(2, 1, 1))),
    ];

    private readonly float[] _weights = new float[BiasOffset + Lanes];

    public static int InputLength => 25;

    public static int OutputLength => 18;

    public static int ArenaBytes => 0;

    public static NetworkSummary Summary { get; } = new(
        nameof(FakeNetwork),
        [new("input", "Input", 5, 5, 1, 0, 0, -1, 0), new("conv1", "Conv", 3, 3, 2, 20, 162, -1, 0)],
        0);

    public static IReadOnlyList<ParameterTensor> Parameters => Tensors;

    public static int WeightsLength => BiasOffset + Lanes;

    public static TrainingPlan Training => new(0, InputLength + (2 * OutputLength), InputLength, InputLength + OutputLength, false);

    public Span<float> Weights => _weights;

    public static FakeNetwork CreateZeroed() => new();

    /// <summary>A network whose parameters are 1, 2, 3 ... in canonical order.</summary>
    public static FakeNetwork CreateNumbered()
    {
        var network = new FakeNetwork();
        var next = 1f;
        foreach (var tensor in Tensors)
        {
            var canonical = new float[tensor.Length];
            for (var i = 0; i < canonical.Length; i++)
                canonical[i] = next++;
            tensor.Pack(canonical, network.Weights);
        }

        return network;
    }

    public static void Run(ref float weights, ref float input, ref float output, ref float arena)
    {
        var w = MemoryMarshal.CreateSpan(ref weights, WeightsLength);
        var x = MemoryMarshal.CreateSpan(ref input, InputLength);
        var y = MemoryMarshal.CreateSpan(ref output, OutputLength);
        for (var index = 0; index < OutputLength; index++)
        {
            var (filter, row, column) = (index % 2, index / 6, index / 2 % 3);
            var sum = w[BiasOffset + filter];
            for (var tap = 0; tap < 9; tap++)
                sum += w[(tap * Lanes) + filter] * x[((row + (tap / 3)) * 5) + column + (tap % 3)];
            y[index] = sum;
        }
    }

    public static void TrainForward(ref float weights, ref float workspace, int capacity, int count, ulong seed) =>
        throw new NotSupportedException("The fake network is not trained.");

    public static void TrainBackward(
        ref float weights,
        ref float gradients,
        ref float workspace,
        int capacity,
        int count,
        ulong seed) =>
        throw new NotSupportedException("The fake network is not trained.");
}
