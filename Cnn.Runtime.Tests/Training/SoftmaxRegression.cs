using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Cnn.Tests.Training;

/// <summary>
/// Softmax regression written by hand as the generator would: one dense layer of five inputs and three outputs whose weights lie
/// [in][out], the outputs padded to eight lanes, and a softmax. Its workspace has scratch in front, so that offsets count.
/// </summary>
internal sealed class SoftmaxRegression : INetwork<SoftmaxRegression>
{
    public const int Inputs = 5;
    public const int Classes = 3;
    public const int Lanes = 8;
    public const int BiasOffset = Inputs * Lanes;

    private const int Scratch = 7;

    private static readonly ParameterTensor[] Tensors =
    [
        new(
            "dense1.weight",
            [Classes, Inputs],
            Initializer.Glorot,
            Inputs,
            Classes,
            new StridedBlock(0, 0, new StridedAxis(Classes, Inputs, 1), new StridedAxis(Inputs, 1, Lanes))),
        new("dense1.bias", [Classes], Initializer.Zeros, Inputs, Classes, new StridedBlock(0, BiasOffset, new StridedAxis(Classes, 1, 1))),
    ];

    private readonly LiveWeights<SoftmaxRegression> _weights = new();

    public static int InputLength => Inputs;

    public static int OutputLength => Classes;

    public static int ArenaBytes => Classes * sizeof(float);

    public static NetworkSummary Summary { get; } = new(
        nameof(SoftmaxRegression),
        [new("input", "Input", Inputs, 1, 0, 0, 0, -1, 0), new("dense1", "Dense + Softmax", Classes, 1, 0, 18, 15, 0, 12)],
        Classes * sizeof(float));

    public static IReadOnlyList<ParameterTensor> Parameters => Tensors;

    public static int WeightsLength => BiasOffset + Lanes;

    public static TrainingPlan Training => new(Scratch, Inputs + (2 * Classes), Inputs, Inputs + Classes, true);

    public Span<float> Weights => _weights.Trained;

    public AlignedFloats KeptWeights => _weights.Trained;

    public ReadOnlySpan<float> InferenceWeights => _weights.Inference;

    public static SoftmaxRegression CreateZeroed() => new();

    public void ReplaceWeights(AlignedFloats weights) => _weights.Replace(weights);

    /// <summary>A network whose weights and biases are a fixed, uneven pattern.</summary>
    public static SoftmaxRegression CreatePatterned()
    {
        var network = new SoftmaxRegression();
        for (var row = 0; row <= Inputs; row++)
        {
            for (var column = 0; column < Classes; column++)
                network.Weights[(row * Lanes) + column] = (((row * 7) + (column * 3)) % 11 * 0.05f) - 0.2f;
        }

        return network;
    }

    public static void Run(ref float weights, ref float input, ref float output, ref float arena)
    {
        var logits = MemoryMarshal.CreateSpan(ref arena, Classes);
        Logits(MemoryMarshal.CreateSpan(ref weights, WeightsLength), MemoryMarshal.CreateSpan(ref input, Inputs), logits);
        var probabilities = MemoryMarshal.CreateSpan(ref output, Classes);
        var largest = MathF.Max(logits[0], MathF.Max(logits[1], logits[2]));
        var sum = 0f;
        for (var i = 0; i < Classes; i++)
            sum += probabilities[i] = MathF.Exp(logits[i] - largest);
        for (var i = 0; i < Classes; i++)
            probabilities[i] /= sum;
    }

    public static void TrainForward(ref float weights, ref float workspace, int capacity, int count, ulong seed)
    {
        var w = MemoryMarshal.CreateSpan(ref weights, WeightsLength);
        var floats = MemoryMarshal.CreateSpan(ref workspace, Training.WorkspaceFloats(capacity));
        for (var sample = 0; sample < count; sample++)
        {
            var input = floats.Slice(Training.Input + (sample * Inputs), Inputs);
            Logits(w, input, floats.Slice(Training.Logits(capacity) + (sample * Classes), Classes));
        }
    }

    public static void TrainBackward(
        ref float weights,
        ref float gradients,
        ref float workspace,
        int capacity,
        int count,
        ulong seed)
    {
        var dw = MemoryMarshal.CreateSpan(ref gradients, WeightsLength);
        var floats = MemoryMarshal.CreateSpan(ref workspace, Training.WorkspaceFloats(capacity));
        for (var sample = 0; sample < count; sample++)
        {
            var input = floats.Slice(Training.Input + (sample * Inputs), Inputs);
            var gradient = floats.Slice(Training.LogitsGradient(capacity) + (sample * Classes), Classes);
            for (var column = 0; column < Classes; column++)
            {
                for (var row = 0; row < Inputs; row++)
                    dw[(row * Lanes) + column] += input[row] * gradient[column];
                dw[BiasOffset + column] += gradient[column];
            }
        }
    }

    private static void Logits(Span<float> w, Span<float> input, Span<float> logits)
    {
        for (var column = 0; column < Classes; column++)
        {
            var sum = w[BiasOffset + column];
            for (var row = 0; row < Inputs; row++)
                sum += w[(row * Lanes) + column] * input[row];
            logits[column] = sum;
        }
    }
}
