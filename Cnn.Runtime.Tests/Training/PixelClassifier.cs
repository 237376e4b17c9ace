using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cnn.Tests.Training;

/// <summary>
/// Segmentation written by hand as the generator would: a 1x1 convolution of 4x4x2 pixels to three classes and a softmax over the channels
/// of each. The logits depend a little on the seed, as with dropout, and running averages of the first input stand after the weights.
/// </summary>
internal sealed class PixelClassifier : INetwork<PixelClassifier>
{
    public const int Size = 4;
    public const int Pixels = Size * Size;
    public const int Channels = 2;
    public const int Classes = 3;
    public const int Lanes = 8;
    public const int BiasOffset = Channels * Lanes;
    public const int MeanOffset = BiasOffset + Lanes;

    private static readonly ParameterTensor[] Tensors =
    [
        new(
            "conv1.weight",
            [Classes, Channels, 1, 1],
            Initializer.He,
            Channels,
            Classes,
            new StridedBlock(0, 0, new StridedAxis(Classes, Channels, 1), new StridedAxis(Channels, 1, Lanes)))
        { Layer = 1 },
        new("conv1.bias", [Classes], Initializer.Zeros, Channels, Classes, new StridedBlock(0, BiasOffset, new StridedAxis(Classes, 1, 1)))
        { Layer = 2 },
        new("bn1.running_mean", [1], Initializer.Zeros, 1, 1, new StridedBlock(0, MeanOffset, new StridedAxis(1, 1, 1)))
        { IsBuffer = true },
        new("bn1.running_var", [1], Initializer.Constant, 1, 1, new StridedBlock(0, MeanOffset + 1, new StridedAxis(1, 1, 1)))
        { IsBuffer = true, Start = 1 },
    ];

    [ThreadStatic]
    private static int _lowest;

    private readonly float[] _weights = new float[WeightsLength];

    /// <summary>Gets the lowest layer of which the last backward pass on this thread was told.</summary>
    public static int LastLowest => _lowest;

    public static int InputLength => Pixels * Channels;

    public static int OutputLength => Pixels * Classes;

    public static int ArenaBytes => 0;

    public static NetworkSummary Summary { get; } = new(nameof(PixelClassifier), [], 0);

    public static IReadOnlyList<ParameterTensor> Parameters => Tensors;

    public static int WeightsLength => MeanOffset + Lanes;

    public static int TrainableLength => MeanOffset;

    public static TrainingPlan Training { get; } =
        new(3 * Lanes, InputLength + (2 * OutputLength), InputLength, InputLength + OutputLength, true)
        {
            Pixels = Pixels,
            Classes = Classes,
            ForwardExchanges = [new(0, 1, 1, MeanOffset, MeanOffset + 1, 0.1)],
        };

    public Span<float> Weights => _weights;

    public static PixelClassifier CreateZeroed() => new();

    public static PixelClassifier CreateDrawn(int seed)
    {
        var network = new PixelClassifier();
        ParameterInitialization.Initialize<PixelClassifier>(network.Weights, seed);
        return network;
    }

    /// <summary>Images of random labels whose pixels tell their class.</summary>
    public static (float[] Inputs, byte[] Labels) Draw(int count, ulong seed)
    {
        var rng = new Rng(seed);
        var inputs = new float[count * InputLength];
        var labels = new byte[count * Pixels];
        for (var pixel = 0; pixel < labels.Length; pixel++)
        {
            labels[pixel] = (byte)rng.NextInt(Classes);
            for (var i = 0; i < Channels; i++)
                inputs[(pixel * Channels) + i] = (labels[pixel] == i ? 2 : 0) + rng.NextFloat() - 0.5f;
        }

        return (inputs, labels);
    }

    public static Dataset MakeDataset(int count, ulong seed)
    {
        var (inputs, labels) = Draw(count, seed);
        return Dataset.FromMaps(inputs, labels, InputLength, Pixels, Classes);
    }

    public static void Run(ref float weights, ref float input, ref float output, ref float arena)
    {
        var y = MemoryMarshal.CreateSpan(ref output, OutputLength);
        Logits(MemoryMarshal.CreateSpan(ref weights, WeightsLength), MemoryMarshal.CreateSpan(ref input, InputLength), y, 0);
        new OutputForm(Pixels, Classes).Softmax(y, y);
    }

    public static void TrainForward(ref float weights, ref float workspace, int capacity, int count, ulong seed)
    {
        var w = MemoryMarshal.CreateSpan(ref weights, WeightsLength);
        var floats = MemoryMarshal.CreateSpan(ref workspace, Training.WorkspaceFloats(capacity));
        for (var sample = 0; sample < count; sample++)
        {
            var input = floats.Slice(Training.Input + (sample * InputLength), InputLength);
            Logits(w, input, floats.Slice(Training.Logits(capacity) + (sample * OutputLength), OutputLength), seed);
        }
    }

    public static void TrainForward(int phase, ref float weights, ref float workspace, int capacity, int count, ulong seed)
    {
        if (phase == 0)
            Moments.Of(MemoryMarshal.CreateSpan(ref workspace, Training.WorkspaceFloats(capacity)), Training, InputLength, count);
        else
            TrainForward(ref weights, ref workspace, capacity, count, seed);
    }

    public static void TrainBackward(
        ref float weights, ref float gradients, ref float workspace, int capacity, int count, ulong seed)
    {
        var dw = MemoryMarshal.CreateSpan(ref gradients, WeightsLength);
        var floats = MemoryMarshal.CreateSpan(ref workspace, Training.WorkspaceFloats(capacity));
        for (var pixel = 0; pixel < count * Pixels; pixel++)
        {
            var input = floats.Slice(Training.Input + (pixel * Channels), Channels);
            var gradient = floats.Slice(Training.LogitsGradient(capacity) + (pixel * Classes), Classes);
            for (var i = 0; i < Classes; i++)
            {
                for (var channel = 0; channel < Channels; channel++)
                    dw[(channel * Lanes) + i] += input[channel] * gradient[i];
                dw[BiasOffset + i] += gradient[i];
            }
        }
    }

    public static void TrainBackward(
        int phase, ref float weights, ref float gradients, ref float workspace, int capacity, int count, ulong seed, int lowest)
    {
        _lowest = lowest;
        TrainBackward(ref weights, ref gradients, ref workspace, capacity, count, seed);
    }

    private static void Logits(ReadOnlySpan<float> w, ReadOnlySpan<float> input, Span<float> logits, ulong seed)
    {
        for (var pixel = 0; pixel < Pixels; pixel++)
        {
            for (var i = 0; i < Classes; i++)
            {
                var sum = w[BiasOffset + i] + ((seed & 15) * 0.01f * i);
                for (var channel = 0; channel < Channels; channel++)
                    sum += w[(channel * Lanes) + i] * input[(pixel * Channels) + channel];
                logits[(pixel * Classes) + i] = sum;
            }
        }
    }
}
