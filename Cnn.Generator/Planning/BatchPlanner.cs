using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Scheduling;

namespace Cnn.Generator.Planning;

/// <summary>A batched inference with its memory.</summary>
/// <param name="Program">The calls.</param>
/// <param name="Arena">Where each tensor begins, of the first sample where each has its own.</param>
internal sealed record BatchInference(BatchProgram Program, ArenaPlan Arena);

/// <summary>
/// Gives the tensors of a batched inference their places: in front those that the samples use in turn, as in the arena of one sample, but what is computed
/// once stays; behind them those of which each sample has its own.
/// </summary>
internal static class BatchPlanner
{
    public static BatchInference? Plan(BatchProgram? program)
    {
        if (program is null)
            return null;
        var lifetimes = Lifetimes(program);
        var shared = ArenaPlanner.Place(lifetimes);
        var (offsets, end) = (shared.Offsets.ToList(), shared.Floats);
        foreach (var tensor in program.Own)
        {
            offsets[tensor] = end;
            end = Tiling.RoundUp(end + (program.Samples * program.Tensors[tensor]), ArenaPlanner.Alignment);
        }

        return new BatchInference(program, new ArenaPlan(offsets.ToEquatableArray(), end));
    }

    private static List<Lifetime> Lifetimes(BatchProgram program)
    {
        var (steps, own, kept) = (program.Steps.Count, new HashSet<int>(program.Own), new HashSet<int>(program.Kept));
        var uses = new (int First, int Last)?[program.Tensors.Count];
        for (var step = 0; step < steps; step++)
        {
            foreach (var operand in program.Steps[step].Step.Operands)
            {
                if (operand.Kind == OperandKind.Tensor)
                    uses[operand.Index] = (uses[operand.Index]?.First ?? step, step);
            }
        }

        return
        [
            .. program.Tensors.Select((floats, tensor) => own.Contains(tensor) ? default
                : kept.Contains(tensor) ? new Lifetime(floats, 0, steps)
                : new Lifetime(floats, uses[tensor]?.First ?? 0, uses[tensor]?.Last ?? 0)),
        ];
    }
}
