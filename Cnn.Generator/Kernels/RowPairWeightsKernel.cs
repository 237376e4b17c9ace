using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>Transforms the rows of a convolution's kernels for outputs that are computed in pairs, one below the other.</summary>
/// <param name="Pairs">The transform.</param>
/// <param name="Rows">The runs of floats of which each row of a kernel is one.</param>
internal sealed record RowPairWeightsKernel(RowPairs Pairs, EquatableArray<RowRun> Rows) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Weights("source", Kernels(1, Pairs.Taps)),
        Parameter.Writes("target", Kernels(Pairs.Taps, Pairs.Weights.Count)),
    ];

    public override string Reason => "transforms the kernels once for all pairs of rows";

    /// <summary>The kernels, of so many rows each, where they begin at so many times their offset.</summary>
    private Region Kernels(int per, int rows) => new(Rows.Select(run =>
        new Box(per == 1 ? run.Offset : run.Offset / per * rows, [new Axis(run.Count * rows * run.Length, 1)])).ToEquatableArray());

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        foreach (var (offset, count, length) in Rows)
        {
            var (scope, i) = Loop(body, "i", count);
            using (scope)
            {
                body.Add(Declare("s", "source", offset, (i, Pairs.Taps * length)));
                body.Add(Declare("t", "target", offset / Pairs.Taps * Pairs.Weights.Count, (i, Pairs.Weights.Count * length)));
                Pairs.EmitWeights(body, width, "s", "t", length);
            }
        }
    }
}

/// <summary>Kernels whose rows are one run of floats each, one row behind the other, and one such kernel behind the other.</summary>
/// <param name="Offset">The first float.</param>
/// <param name="Count">The kernels.</param>
/// <param name="Length">The floats of a row.</param>
internal readonly record struct RowRun(int Offset, int Count, int Length);
