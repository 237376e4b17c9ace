using System;
using System.Collections.Generic;
using Cnn.Generator.Emission;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;
using Cnn.Generator.Scheduling;

namespace Cnn.Benchmarks.Tuning;

/// <summary>One way to compute one convolution, printed and compiled by itself.</summary>
internal sealed class ConvProbe
{
    /// <summary>Floats behind each buffer, which whole vectors may read.</summary>
    private const int Tail = 64;

    private readonly List<ConvCall> _calls;
    private readonly int[] _lengths;

    /// <summary>Prepares a probe.</summary>
    /// <param name="node">The convolution as inference has it.</param>
    /// <param name="choice">How to compute it.</param>
    public ConvProbe(Node node, ConvChoice choice)
    {
        var task = ConvTask.Of(node.Layer, node.Input);
        var source = new Value(Operand.Tensor(0), ConvPlan.Demands(task, choice).Layout(node.Input));
        var target = new Value(Operand.Tensor(1), TensorLayout.Dense(node.Output, choice.TargetOrder));
        var epilogue = Epilogue.Of(node);
        var weights = Operand.Weights(0);
        if (choice.Winograd is { } tiling)
        {
            var scratch = new Value(Operand.Tensor(2), WinogradPlan.ScratchOf(tiling));
            var plan = new WinogradPlan(task, choice, hasBias: true);
            _calls = [plan.Forward(source, weights, plan.BiasBehind(weights), target, epilogue, residual: null, scratch.Operand)];
            _lengths = [plan.Place(node).Packing.Length, source.Layout.Length, target.Layout.Length, scratch.Layout.Length];
        }
        else if (choice.Pairs is not null)
        {
            var plan = ConvPlan.Of(task, choice, hasBias: true);
            var pairs = plan.InPairs(source, target, epilogue);
            var (transformed, rows) = (Operand.Tensor(2), Operand.Tensor(2, pairs.WeightsLength));
            _calls = [pairs.Transform(weights, transformed), plan.Forward(pairs, source, transformed, weights, target, rows)];
            _lengths = [plan.Weights.Length, source.Layout.Length, target.Layout.Length, pairs.WeightsLength + pairs.ScratchLength];
        }
        else
        {
            var plan = ConvPlan.Of(task, choice, hasBias: true);
            _calls = [.. plan.Forward(source, weights, target, epilogue, isHot: true)];
            _lengths = [plan.Weights.Length, source.Layout.Length, target.Layout.Length, 0];
        }
    }

    private ConvProbe(IReadOnlyList<ConvCall> calls, int[] lengths)
    {
        _calls = [.. calls];
        _lengths = lengths;
    }

    /// <summary>Gets the kernel of a direct convolution across channels that is computed at once; null for any other.</summary>
    public ConvChannelsKernel? ByChannels => _calls is [{ Kernel: ConvChannelsKernel kernel }] ? kernel : null;

    /// <summary>The same convolution in passes that take the place of those that were chosen.</summary>
    public ConvProbe With(EquatableArray<ChannelPass> passes) =>
        new([_calls[0] with { Kernel = ByChannels! with { Tuned = passes } }], _lengths);

    private delegate void Call(ref float weights, ref float source, ref float target, ref float scratch);

    /// <summary>Compiles it; a call of it on numbers of its own.</summary>
    public Action Prepare()
    {
        var random = new Random(1);
        var buffers = Array.ConvertAll(_lengths, length =>
        {
            var numbers = new float[length + Tail];
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = random.NextSingle() - 0.5f;
            return numbers;
        });
        var run = PrintedKernels.Compile<Call>(PrintedKernels.Print(
            "ref float weights, ref float t0, ref float t1, ref float t2",
            (writer, table) =>
            {
                foreach (var call in _calls)
                    CallEmitter.Emit(writer, table, new Step(call.Kernel is RowPairWeightsKernel ? "Kernels1" : "Convolution1", call.Kernel, call.Operands.ToEquatableArray(), "", 0), Text, "");
            }));
        return () => run(ref buffers[0][0], ref buffers[1][0], ref buffers[2][0], ref buffers[3][0]);
    }

    private static string Text(Operand operand) =>
        CallEmitter.At(operand.Kind == OperandKind.Weights ? "weights" : $"t{operand.Index}", operand.Offset);
}
