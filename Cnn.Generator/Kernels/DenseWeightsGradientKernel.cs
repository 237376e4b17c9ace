using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The gradient of a dense layer's weights over a batch, added to what is there: gradients[i][j] += sum over n of source[n][i] *
/// gradient[n][j]; six inputs x sixteen outputs in registers. The bias gets the sum of the gradients.
/// </summary>
internal sealed record DenseWeightsGradientKernel(DensePacking Packing, int SourcePitch) : Kernel
{
    public override EquatableArray<Parameter> Parameters =>
    [
        Parameter.Reads("source", Region.Run(Packing.Inputs)).Each(SourcePitch),
        Parameter.Reads("gradient", Region.Run(Packing.Pitch)).Each(Packing.Pitch),
        Parameter.Accumulates("gradients", Region.Run(Packing.Length)),
        Parameter.Count,
    ];

    public override string Reason => "6 inputs x 16 outputs in registers, one sweep over the batch";

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        var block = 2 * width.Lanes;
        var full = Packing.Pitch / block;
        if (full > 0)
        {
            var (scope, index) = Loop(writer, "block", full);
            using (scope)
                EmitBlock(writer, width, index, 0, 2);
        }

        if (Packing.Pitch % block > 0)
        {
            using (writer.Open())
                EmitBlock(writer, width, "", full * block, 1);
        }
    }

    private void EmitBlock(CodeWriter writer, VectorWidth width, string block, int first, int vectors)
    {
        var step = 2 * width.Lanes;
        foreach (var run in Tiling.Cut(Packing.Inputs, 6))
        {
            var (scope, tile) = Loop(writer, "tile", run.Count);
            using (scope)
            {
                writer.Line(Declare(
                    "w", "gradients", (run.Start * Packing.Pitch) + first, (block, step), (tile, run.Size * Packing.Pitch)));
                for (var q = 0; q < vectors; q++)
                    writer.Line($"{width.Float} {string.Join(", ", Enumerable.Range(0, run.Size).Select(i =>
                        $"{Sum(i, q)} = {width.Load("w", (i * Packing.Pitch) + (q * width.Lanes))}"))};");
                writer.Line($"{width.Float} {string.Join(", ", Enumerable.Range(0, vectors).Select(q => "k" + Text.Number(q)))};");
                writer.Line(Declare("s", "source", run.Start, (tile, run.Size)));
                writer.Line(Declare("g", "gradient", first, (block, step)));
                using (writer.Block("for (int n = 0; n < count; n++)"))
                {
                    for (var q = 0; q < vectors; q++)
                        writer.Line($"k{q} = {width.Load("g", q * width.Lanes)};");
                    for (var i = 0; i < run.Size; i++)
                    {
                        var numbers = Enumerable.Range(0, vectors).ToList();
                        writer.Line(width.MultiplyAdd("s", Text.Number(i), numbers.ConvertAll(q => "k" + Text.Number(q)), numbers.ConvertAll(q => Sum(i, q))));
                    }

                    writer.Line($"s = ref Add(ref s, {SourcePitch});");
                    writer.Line($"g = ref Add(ref g, {Packing.Pitch});");
                }

                for (var i = 0; i < run.Size; i++)
                    writer.Line(width.Store([.. Enumerable.Range(0, vectors).Select(q => Sum(i, q))], "w", i * Packing.Pitch));
            }
        }

        if (Packing.HasBias)
            EmitBias(writer, width, block, first, vectors, step);
    }

    private void EmitBias(CodeWriter writer, VectorWidth width, string block, int first, int vectors, int step)
    {
        using (writer.Open())
        {
            writer.Line(Declare("b", "gradients", Packing.BiasOffset + first, (block, step)));
            writer.Line(Declare("g", "gradient", first, (block, step)));
            writer.Line($"{width.Float} {string.Join(", ", Enumerable.Range(0, vectors).Select(q =>
                $"{Sum(0, q)} = {width.Load("b", q * width.Lanes)}"))};");
            using (writer.Block("for (int n = 0; n < count; n++)"))
            {
                for (var q = 0; q < vectors; q++)
                    writer.Line($"{Sum(0, q)} += {width.Load("g", q * width.Lanes)};");
                writer.Line($"g = ref Add(ref g, {Packing.Pitch});");
            }

            for (var q = 0; q < vectors; q++)
                writer.Line(width.Store(Sum(0, q), "b", q * width.Lanes));
        }
    }

    private static string Sum(int row, int vector) => "ab"[vector] + Text.Number(row);
}
