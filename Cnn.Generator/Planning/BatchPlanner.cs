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
        var steps = program.Steps.Count;
        var lifetimes = program.Tensors.Select((floats, tensor) => program.Own.Contains(tensor)
            ? default
            : new Lifetime(floats, program.Kept.Contains(tensor) ? 0 : First(tensor), program.Kept.Contains(tensor) ? steps : Last(tensor))).ToList();
        var shared = ArenaPlanner.Place(lifetimes);
        var (offsets, end) = (shared.Offsets.ToList(), shared.Floats);
        foreach (var tensor in program.Own)
        {
            offsets[tensor] = end;
            end = Tiling.RoundUp(end + (program.Samples * program.Tensors[tensor]), ArenaPlanner.Alignment);
        }

        return new BatchInference(program, new ArenaPlan(offsets.ToEquatableArray(), end));

        int First(int tensor) => Enumerable.Range(0, steps).FirstOrDefault(step => Uses(step, tensor));

        int Last(int tensor) => Enumerable.Range(0, steps).LastOrDefault(step => Uses(step, tensor));

        bool Uses(int step, int tensor) =>
            program.Steps[step].Step.Operands.Any(operand => operand.Kind == OperandKind.Tensor && operand.Index == tensor);
    }
}
