using System;
using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Schedules;

/// <summary>Blocks of outputs of a dense layer that one copy of the code computes.</summary>
/// <param name="Blocks">The blocks, counted in vectors.</param>
/// <param name="Interleaved">Inputs of a turn, each with sums of its own: few sums would wait for each other.</param>
internal readonly record struct DenseRun(TileRun Blocks, int Interleaved);

/// <summary>The schedule of a dense layer for one sample: the outputs of a block stay in registers over one sweep of the inputs.</summary>
/// <param name="Width">The vectors.</param>
/// <param name="Runs">The outputs.</param>
internal sealed record DenseSchedule(VectorWidth Width, EquatableArray<DenseRun> Runs)
{
    /// <summary>Gets a value indicating whether each output is one sum over the inputs in their order.</summary>
    public bool SumsInOrder => Runs.All(run => run.Interleaved == 1);

    /// <summary>The schedule of a layer.</summary>
    public static DenseSchedule Of(VectorWidth width, int inputs, int outputs) => new(
        width,
        Tiling.Cut(TileCost.Count(outputs, width.Lanes), Accumulators(width)).Select(run => new DenseRun(run, Interleave(width, run.Size, inputs))).ToEquatableArray());

    /// <summary>The sums that registers hold beside a broadcast.</summary>
    public static int Accumulators(VectorWidth width) => width == VectorWidth.V512 ? width.Accumulators : DenseThresholds.Sums;

    /// <summary>The words for the comment: <c>15 vectors of 8 outputs, 1 input per turn</c>.</summary>
    public string Describe() => string.Join("; ", Runs.Select(run =>
        $"{Text.Count(run.Blocks.Size, "vector")} of {Text.Number(Width.Lanes)} outputs, {Text.Count(run.Interleaved, "input")} per turn"));

    private static int Interleave(VectorWidth width, int size, int inputs)
    {
        var fits = size >= DenseThresholds.ManyVectors ? 1 : Accumulators(width) / size;
        return Math.Max(1, Math.Min(Math.Min(fits, DenseThresholds.MostInterleaved), inputs));
    }
}
