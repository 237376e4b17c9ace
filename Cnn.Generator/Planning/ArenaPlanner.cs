using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;
using Cnn.Generator.Scheduling;

namespace Cnn.Generator.Planning;

/// <summary>The offset of each tensor of a program in the arena.</summary>
/// <param name="Offsets">In floats, by tensor.</param>
/// <param name="Floats">The size of the arena.</param>
internal sealed record ArenaPlan(EquatableArray<int> Offsets, int Floats)
{
    public int Bytes => Floats * sizeof(float);
}

/// <summary>A tensor's size and the steps between which its content matters: from the first that writes it to the last that uses it.</summary>
internal readonly record struct Lifetime(int Floats, int First, int Last)
{
    public bool Overlaps(Lifetime other) => First <= other.Last && other.First <= Last;
}

/// <summary>
/// Gives tensors that live at the same time different places and lets others share: one after the other, each at the lowest offset
/// that is free while it lives, in several orders of which the best is kept. A pure function.
/// </summary>
internal static class ArenaPlanner
{
    /// <summary>Floats after each tensor that stay free of data in a build that checks memory.</summary>
    public const int Guard = 16;

    /// <summary>Tensors begin on a cache line.</summary>
    public const int Alignment = 16;

    /// <param name="program">The calls.</param>
    /// <param name="guard">Floats to keep free after each tensor.</param>
    public static ArenaPlan Plan(InferenceProgram program, int guard = 0) => Place(Lifetimes(program), guard);

    public static Lifetime[] Lifetimes(InferenceProgram program) => Lifetimes(program.Steps, program.Tensors.Select(layout => layout.Length));

    /// <param name="steps">The calls.</param>
    /// <param name="floats">The size of each tensor.</param>
    public static Lifetime[] Lifetimes(IReadOnlyList<Step> steps, IEnumerable<int> floats)
    {
        var lifetimes = floats.Select(length => new Lifetime(length, int.MaxValue, -1)).ToArray();
        for (var step = 0; step < steps.Count; step++)
        {
            foreach (var (parameter, operand) in steps[step].Arguments)
            {
                if (operand.Kind != OperandKind.Tensor)
                    continue;
                var old = lifetimes[operand.Index];
                lifetimes[operand.Index] = old with { First = parameter.IsWritten ? Math.Min(old.First, step) : old.First, Last = step };
            }
        }

        return lifetimes;
    }

    public static ArenaPlan Place(IReadOnlyList<Lifetime> tensors, int guard = 0)
    {
        var all = Enumerable.Range(0, tensors.Count).ToList();
        var orders = new[]
        {
            all.OrderByDescending(i => tensors[i].Floats).ThenBy(i => i),
            all.OrderByDescending(i => (long)tensors[i].Floats * (tensors[i].Last - (long)tensors[i].First + 1)).ThenBy(i => i),
            all.OrderByDescending(i => tensors[i].Last - (long)tensors[i].First).ThenByDescending(i => tensors[i].Floats).ThenBy(i => i),
            all.OrderBy(i => tensors[i].First).ThenByDescending(i => tensors[i].Floats).ThenBy(i => i),
        };
        ArenaPlan? best = null;
        foreach (var order in orders)
        {
            var plan = PlaceInOrder(tensors, order, guard);
            if (best is null || plan.Floats < best.Floats)
                best = plan;
        }

        return best!;
    }

    private static ArenaPlan PlaceInOrder(IReadOnlyList<Lifetime> tensors, IEnumerable<int> order, int guard)
    {
        var offsets = new int[tensors.Count];
        var placed = new List<int>();
        var end = 0;
        foreach (var index in order)
        {
            // By offset, so that the first gap is found on the way.
            var (offset, lower) = (0, 0);
            foreach (var other in placed)
            {
                if (!tensors[other].Overlaps(tensors[index]))
                    continue;
                if (offset + tensors[index].Floats + guard <= offsets[other])
                    break;
                offset = Math.Max(offset, Tiling.RoundUp(offsets[other] + tensors[other].Floats + guard, Alignment));
            }

            offsets[index] = offset;
            while (lower < placed.Count && offsets[placed[lower]] <= offset)
                lower++;
            placed.Insert(lower, index);
            end = Math.Max(end, Tiling.RoundUp(offset + tensors[index].Floats + guard, Alignment));
        }

        return new ArenaPlan(offsets.ToEquatableArray(), end);
    }
}
