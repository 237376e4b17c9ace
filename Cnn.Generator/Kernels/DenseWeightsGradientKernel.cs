using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The gradient of a dense layer's weights over a batch, added to what is there: gradients[i][j] += sum over n of source[n][i] *
/// gradient[n][j]; six inputs x sixteen outputs in registers. The bias gets the sum of the gradients.
/// </summary>
internal sealed record DenseWeightsGradientKernel(DensePacking Packing, int SourcePitch) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Region.Run(Packing.Inputs)).Each(SourcePitch),
        Parameter.Reads("gradient", Region.Run(Packing.Pitch)).Each(Packing.Pitch),
        Parameter.Accumulates("gradients", Region.Run(Packing.Length)),
        Parameter.Count,
    ];

    public override string Reason => "6 inputs x 16 outputs in registers, one sweep over the batch";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var block = 2 * width.Lanes;
        var full = Packing.Pitch / block;
        if (full > 0)
        {
            var (scope, index) = Loop(body, "block", full);
            using (scope)
                EmitBlock(body, width, index, 0, 2);
        }

        if (Packing.Pitch % block > 0)
        {
            using (body.Open())
                EmitBlock(body, width, "", full * block, 1);
        }
    }

    private void EmitBlock(KernelBody body, VectorWidth width, string block, int first, int vectors)
    {
        var step = 2 * width.Lanes;
        foreach (var run in Tiling.Cut(Packing.Inputs, 6))
        {
            var (scope, tile) = Loop(body, "tile", run.Count);
            using (scope)
            {
                body.Add(Declare(
                    "w", "gradients", (run.Start * Packing.Pitch) + first, (block, step), (tile, run.Size * Packing.Pitch)));
                for (var q = 0; q < vectors; q++)
                    body.Declare(width.Local, Enumerable.Range(0, run.Size).Select(i =>
                        new LocalVariable(Sum(i, q), width.Load("w", (i * Packing.Pitch) + (q * width.Lanes)))));
                body.Declare(width.Local, Enumerable.Range(0, vectors).Select(q => "k" + Text.Number(q)));
                body.Add(Declare("s", "source", run.Start, (tile, run.Size)));
                body.Add(Declare("g", "gradient", first, (block, step)));
                using (body.For("n", "count"))
                {
                    for (var q = 0; q < vectors; q++)
                        body.Add(width.Load("k" + Text.Number(q), "g", q * width.Lanes));
                    for (var i = 0; i < run.Size; i++)
                    {
                        var numbers = Enumerable.Range(0, vectors).ToList();
                        body.Add(width.MultiplyAdd("s", i, numbers.ConvertAll(q => "k" + Text.Number(q)), numbers.ConvertAll(q => Sum(i, q))));
                    }

                    body.Advance("s", SourcePitch);
                    body.Advance("g", Packing.Pitch);
                }

                for (var i = 0; i < run.Size; i++)
                    body.Add(width.Store([.. Enumerable.Range(0, vectors).Select(q => Sum(i, q))], "w", i * Packing.Pitch));
            }
        }

        if (Packing.HasBias)
            EmitBias(body, width, block, first, vectors, step);
    }

    private void EmitBias(KernelBody body, VectorWidth width, string block, int first, int vectors, int step)
    {
        using (body.Open())
        {
            body.Add(Declare("b", "gradients", Packing.BiasOffset + first, (block, step)));
            body.Add(Declare("g", "gradient", first, (block, step)));
            body.Declare(width.Local, Enumerable.Range(0, vectors).Select(q => new LocalVariable(Sum(0, q), width.Load("b", q * width.Lanes))));
            using (body.For("n", "count"))
            {
                for (var q = 0; q < vectors; q++)
                    body.Increase(Sum(0, q), width.Load("g", q * width.Lanes));
                body.Advance("g", Packing.Pitch);
            }

            for (var q = 0; q < vectors; q++)
                body.Add(width.Store(Sum(0, q), "b", q * width.Lanes));
        }
    }

    private static string Sum(int row, int vector) => "ab"[vector] + Text.Number(row);
}
