using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Scheduling;

namespace Cnn.Generator.Planning;

/// <summary>A batched inference with its memory.</summary>
/// <param name="Program">The calls.</param>
/// <param name="Arena">The offset of each tensor, or of the first sample's if each has its own.</param>
internal sealed record BatchInference(BatchProgram Program, ArenaPlan Arena);

/// <summary>
/// Gives the tensors of a batched inference their offsets. First come the tensors that the samples use in turn, as in the arena of one
/// sample, but results that are computed once stay. The tensors that each sample has by itself follow.
/// </summary>
internal static class BatchPlanner
{
    public static BatchInference? Plan(BatchProgram? program)
    {
        if (program is null)
            return null;
        var (steps, own, kept) = (program.Steps.Count, new HashSet<int>(program.Own), new HashSet<int>(program.Kept));
        var lifetimes = ArenaPlanner.Lifetimes([.. program.Steps.Select(step => step.Step)], program.Tensors)
            .Select((lifetime, tensor) => own.Contains(tensor) ? default : kept.Contains(tensor) ? lifetime with { First = 0, Last = steps } : lifetime)
            .ToList();
        var shared = ArenaPlanner.Place(lifetimes);
        var (offsets, end) = (shared.Offsets.ToList(), shared.Floats);
        foreach (var tensor in program.Own)
        {
            offsets[tensor] = end;
            end = Tiling.RoundUp(end + (program.Samples * program.Tensors[tensor]), ArenaPlanner.Alignment);
        }

        return new BatchInference(program, new ArenaPlan(offsets.ToEquatableArray(), end));
    }
}
