using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>
/// A matrix product over a batch, target[n][j] = sum over k of source[n][k] * weights[k][j]: six samples x sixteen columns in
/// registers. It is the forward pass of a dense layer, and with transposed weights the gradient of its input.
/// </summary>
/// <param name="Depth">The length of the sum.</param>
/// <param name="Columns">Columns that exist; the weights are padded with zeros, see <see cref="DensePacking.Padded"/>.</param>
/// <param name="SourcePitch">Floats from one sample of the source to the next.</param>
/// <param name="TargetPitch">Floats from one sample of the target to the next.</param>
/// <param name="BiasOffset">Where the bias stands behind the weights, or -1.</param>
/// <param name="Epilogue">The activation applied before storing.</param>
internal sealed record DenseBatchKernel(
    int Depth, int Columns, int SourcePitch, int TargetPitch, int BiasOffset, Epilogue Epilogue) : Kernel
{
    public override string Signature => "ref float source, ref float weights, ref float target, int count";

    public override string Reason => "6 samples x 16 columns in registers";

    private int Pitch => DensePacking.Padded(Columns);

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        var block = 2 * width.Lanes;
        var stored = System.Math.Min(Pitch, TargetPitch >= Pitch ? Pitch : Columns);
        var full = stored / block;
        if (full > 0)
        {
            var (scope, index) = Loop(writer, "block", full);
            using (scope)
                EmitBlock(writer, width, index, 0, block);
        }

        if (stored % block > 0)
        {
            using (writer.Open())
                EmitBlock(writer, width, "", full * block, stored % block);
        }
    }

    private void EmitBlock(CodeWriter writer, VectorWidth width, string block, int first, int live)
    {
        writer.Line("ref float row = ref source;");
        writer.Line(Declare("t", "target", first, (block, 2 * width.Lanes)));
        writer.Line("int n = count;");
        foreach (var rows in new[] { 6, 2, 1 })
        {
            using (writer.Block($"for (; n >= {rows}; n -= {rows})"))
                EmitRows(writer, width, block, first, live, rows);
        }
    }

    private void EmitRows(CodeWriter writer, VectorWidth width, string block, int first, int live, int rows)
    {
        var vectors = (live + width.Lanes - 1) / width.Lanes;
        for (var q = 0; q < vectors; q++)
        {
            var offset = Offset(BiasOffset + first + (q * width.Lanes), (block, 2 * width.Lanes));
            var bias = BiasOffset < 0
                ? width.Zero
                : width.LoadAt("weights", offset);
            writer.Line($"{width.Float} {string.Join(", ", Enumerable.Range(0, rows).Select(r =>
                r == 0 ? $"{Sum(0, q)} = {bias}" : $"{Sum(r, q)} = {Sum(0, q)}"))};");
        }

        var taken = live % width.Lanes == 0 ? "" : "v, ";
        writer.Line($"{width.Float} {taken}{string.Join(", ", Enumerable.Range(0, vectors).Select(q => "k" + Text(q)))};");
        writer.Line("ref float s = ref row;");
        writer.Line(Declare("w", "weights", first, (block, 2 * width.Lanes)));

        // Twelve multiply-adds hide the cost of a turn; fewer share one.
        var unroll = rows > 2 ? 1 : 2;
        if (Depth >= unroll)
        {
            using (writer.Block($"for (int i = 0; i < {Depth / unroll}; i++)"))
            {
                for (var k = 0; k < unroll; k++)
                    EmitStep(writer, width, rows, vectors, k);
                writer.Line($"s = ref Add(ref s, {unroll});");
                writer.Line($"w = ref Add(ref w, {unroll * Pitch});");
            }
        }

        for (var k = 0; k < Depth % unroll; k++)
            EmitStep(writer, width, rows, vectors, k);
        for (var r = 0; r < rows; r++)
        {
            var sums = Enumerable.Range(0, vectors).Select(q => (Epilogue.Activate(width, Sum(r, q)), "v")).ToList();
            foreach (var statement in LaneStore.SideBySide(width, sums, "t", r * TargetPitch, live))
                writer.Line(statement);
        }

        writer.Line($"row = ref Add(ref row, {rows * SourcePitch});");
        writer.Line($"t = ref Add(ref t, {rows * TargetPitch});");
    }

    private void EmitStep(CodeWriter writer, VectorWidth width, int rows, int vectors, int k)
    {
        for (var q = 0; q < vectors; q++)
            writer.Line($"k{q} = {width.Load("w", (k * Pitch) + (q * width.Lanes))};");
        for (var r = 0; r < rows; r++)
        {
            var numbers = Enumerable.Range(0, vectors).ToList();
            writer.Line(VectorWidth.MultiplyAdd(
                "s", Text((r * SourcePitch) + k), numbers.ConvertAll(q => "k" + Text(q)), numbers.ConvertAll(q => Sum(r, q))));
        }
    }

    private static string Sum(int row, int vector) => "ab"[vector] + Text(row);
}
