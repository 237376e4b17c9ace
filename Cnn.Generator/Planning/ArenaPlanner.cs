using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Scheduling;

namespace Cnn.Generator.Planning;

/// <summary>Where each tensor of a program stands in the arena.</summary>
/// <param name="Offsets">In floats, by tensor.</param>
/// <param name="Floats">The size of the arena.</param>
internal sealed record ArenaPlan(EquatableArray<int> Offsets, int Floats)
{
    public int Bytes => Floats * sizeof(float);
}

/// <summary>A tensor's size and the steps between which its content matters.</summary>
internal readonly record struct Lifetime(int Floats, int First, int Last)
{
    public bool Overlaps(Lifetime other) => First <= other.Last && other.First <= Last;
}

/// <summary>
/// Gives tensors that live at the same time different places and lets others share: largest first, each at the lowest offset that is
/// free while it lives. A pure function.
/// </summary>
internal static class ArenaPlanner
{
    /// <summary>Tensors begin on a cache line.</summary>
    private const int Alignment = 16;

    public static ArenaPlan Plan(InferenceProgram program) => Place(Lifetimes(program));

    public static Lifetime[] Lifetimes(InferenceProgram program)
    {
        var lifetimes = program.Tensors.Select(layout => new Lifetime(layout.Length, int.MaxValue, -1)).ToArray();
        for (var step = 0; step < program.Steps.Count; step++)
        {
            foreach (var operand in program.Steps[step].Operands)
            {
                if (operand.Kind != OperandKind.Tensor)
                    continue;
                var old = lifetimes[operand.Index];
                lifetimes[operand.Index] = old with { First = Math.Min(old.First, step), Last = Math.Max(old.Last, step) };
            }
        }

        return lifetimes;
    }

    public static ArenaPlan Place(IReadOnlyList<Lifetime> tensors)
    {
        var offsets = new int[tensors.Count];
        var placed = new List<int>();
        var end = 0;
        foreach (var index in Enumerable.Range(0, tensors.Count).OrderByDescending(i => tensors[i].Floats).ThenBy(i => i))
        {
            var offset = 0;
            foreach (var other in placed.Where(other => tensors[other].Overlaps(tensors[index])).OrderBy(other => offsets[other]))
            {
                if (offset + tensors[index].Floats <= offsets[other])
                    break;
                offset = Math.Max(offset, Tiling.RoundUp(offsets[other] + tensors[other].Floats, Alignment));
            }

            offsets[index] = offset;
            placed.Add(index);
            end = Math.Max(end, Tiling.RoundUp(offset + tensors[index].Floats, Alignment));
        }

        return new ArenaPlan(offsets.ToEquatableArray(), end);
    }
}
