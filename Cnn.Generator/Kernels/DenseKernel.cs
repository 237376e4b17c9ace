using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// A dense layer for one sample: up to fifteen vectors of outputs stay in registers while one sweep runs over inputs and
/// weights. Few outputs take several inputs a turn, each with sums of its own, to hide the latency of the multiply-add.
/// </summary>
internal sealed record DenseKernel(DensePacking Packing, Epilogue Epilogue) : Kernel
{
    protected override EquatableArray<Parameter> State() => Packing.OfSample;

    public override bool CanShare => true;

    public override bool HasWide(int part) => Packing.Pitch > VectorWidth.V512.Lanes;

    public override string Reason =>
        $"{Packing.Outputs} outputs in registers, one sweep over {Packing.Inputs} inputs";

    /// <summary>Gets a value indicating whether each output is one sum over the inputs in their order, at every width: as <see cref="DenseBatchKernel"/> has it.</summary>
    public bool SumsInOrder => new[] { VectorWidth.V128, VectorWidth.V256, VectorWidth.V512 }.All(width => ScheduleOf(width).SumsInOrder);

    /// <summary>The schedule.</summary>
    public DenseSchedule ScheduleOf(VectorWidth width) => DenseSchedule.Of(width, Packing.Inputs, Packing.Outputs);

    public override string Describe(VectorWidth width, int part) => ScheduleOf(width).Describe();

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        foreach (var run in ScheduleOf(width).Runs)
        {
            var (scope, block) = Loop(body, "block", run.Blocks.Count, IsShared);
            using (scope)
                EmitBlock(body, width, run, block);
        }
    }

    private void EmitBlock(KernelBody body, VectorWidth width, DenseRun scheduled, string block)
    {
        var (run, interleave, vectors) = (scheduled.Blocks, scheduled.Interleaved, TileCost.Count(Packing.Outputs, width.Lanes));
        var first = run.Start * width.Lanes;
        var lanes = Enumerable.Range(0, run.Size).Select(q => q * width.Lanes).ToList();
        var step = run.Size * width.Lanes;
        foreach (var u in Enumerable.Range(0, interleave))
        {
            for (var q = 0; q < run.Size; q++)
                body.Declare(width.Local, Sum(u, q), u == 0 ? Bias(width, first + lanes[q], block, step) : width.Zero);
        }

        body.Declare(width.Local, "v");
        body.Refer("s", new Place("source", 0));
        body.Add(Declare("w", "weights", first, (block, step)));
        EmitSweep(body, width, lanes, interleave);
        body.Add(Declare("t", "target", first, (block, step)));
        for (var q = 0; q < run.Size; q++)
        {
            var sum = string.Join(" + ", Enumerable.Range(0, interleave).Select(u => Sum(u, q)));
            body.Assign("v", Epilogue.Activate(width, interleave == 1 ? sum : "(" + sum + ")"));
            var last = run.Count == 1 && run.Start + q == vectors - 1;
            var stored = last ? Packing.Outputs - first - lanes[q] : width.Lanes;
            if (run.Count > 1 && run.Start + (run.Count * run.Size) == vectors && q == run.Size - 1 && Packing.Outputs % width.Lanes != 0)
            {
                using (body.If($"{block} == {run.Count - 1}"))
                    LaneStore.Emit(body, width, "v", "t", lanes[q], Packing.Outputs % width.Lanes);
                using (body.Else())
                    LaneStore.Emit(body, width, "v", "t", lanes[q], width.Lanes);
            }
            else
            {
                LaneStore.Emit(body, width, "v", "t", lanes[q], stored);
            }
        }
    }

    private void EmitSweep(KernelBody body, VectorWidth width, IReadOnlyList<int> lanes, int interleave)
    {
        var turns = Packing.Inputs / interleave;
        var rest = Packing.Inputs % interleave;
        if (turns > 0)
        {
            using (body.For("i", turns))
            {
                foreach (var u in Enumerable.Range(0, interleave))
                    EmitInput(body, width, lanes, u);
                body.Advance("s", interleave);
                body.Advance("w", interleave * Packing.Pitch);
            }
        }

        foreach (var u in Enumerable.Range(0, rest))
            EmitInput(body, width, lanes, u);
    }

    private void EmitInput(KernelBody body, VectorWidth width, IReadOnlyList<int> lanes, int input)
    {
        body.Add(new Broadcast("v", width.Broadcast("s", input)));
        for (var q = 0; q < lanes.Count; q++)
        {
            var weight = width.Load("w", (input * Packing.Pitch) + lanes[q]);
            body.Add(width.Accumulate("v", weight, Sum(input, q)));
        }
    }

    private string Bias(VectorWidth width, int lane, string block, int step)
    {
        if (!Packing.HasBias)
            return width.Zero;
        var offset = Distance(Packing.BiasOffset + lane, (block, step));
        return width.LoadAt("weights", offset);
    }

    private static string Sum(int interleaved, int vector) => "abcd"[interleaved] + Text.Number(vector);
}
