using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>
/// A matrix product over a batch, target[n][j] = sum over k of source[n][k] * weights[k][j]: six samples x sixteen columns in
/// registers. It is the forward pass of a dense layer, and with transposed weights the gradient of its input.
/// </summary>
/// <remarks>
/// The last tile overlaps the one before it, and of fewer samples than a tile has the last one stands for those that are not there: both compute the
/// same values twice, in one copy of the code.
/// </remarks>
/// <param name="Depth">The length of the sum.</param>
/// <param name="Columns">Columns that exist; the weights are padded with zeros, see <see cref="DensePacking.Padded"/>.</param>
/// <param name="SourcePitch">Floats from one sample of the source to the next.</param>
/// <param name="TargetPitch">Floats from one sample of the target to the next.</param>
/// <param name="BiasOffset">Where the bias stands behind the weights, or -1.</param>
/// <param name="Epilogue">The activation applied before storing.</param>
internal sealed record DenseBatchKernel(
    int Depth, int Columns, int SourcePitch, int TargetPitch, int BiasOffset, Epilogue Epilogue) : Kernel
{
    /// <summary>The samples of a tile.</summary>
    public const int Samples = 6;

    public override EquatableArray<Parameter> Parameters =>
    [
        Parameter.Reads("source", Region.Run(Depth)).Each(SourcePitch),
        Parameter.Weights("weights", BiasOffset < 0 ? Region.Run(Depth * Pitch) : Region.Run(Depth * Pitch).And(Region.Run(Pitch, BiasOffset))),
        Parameter.Writes("target", Region.Run(Stored)).Each(TargetPitch),
        Parameter.Count,
    ];

    /// <summary>Gets the columns of a block, see <see cref="DensePacking.Block"/>; 0 where all are one.</summary>
    public int Block { get; init; }

    public override string Reason => "6 samples x 16 columns in registers";

    /// <summary>The forward pass of a dense layer.</summary>
    public static DenseBatchKernel Of(DensePacking packing, int sourcePitch, int targetPitch, Epilogue epilogue) =>
        new(packing.Inputs, packing.Outputs, sourcePitch, targetPitch, packing.HasBias ? packing.BiasOffset : -1, epilogue) { Block = packing.Block };

    /// <summary>Gets the columns that are stored: whole vectors, where they find room.</summary>
    private int Stored => TargetPitch >= Pitch ? Pitch : Columns;

    private int Pitch => Block == 0 ? DensePacking.Padded(Columns) : TileLoop.Count(Columns, Block) * Block;

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        writer.Line("int last = count - 1;");
        for (var r = 1; r < Samples; r++)
            writer.Line($"nint s{r} = global::System.Math.Min({r}, last) * {Text.Number(SourcePitch)};");
        var stored = Stored;
        if (Block == 0)
        {
            EmitColumns(writer, width, "", 0, stored, Pitch);
            return;
        }

        var (outerScope, outer) = Loop(writer, "outer", stored / Block);
        using (outerScope)
            EmitColumns(writer, width, outer, 0, Block, Block);
        if (stored % Block > 0)
            EmitColumns(writer, width, "", stored / Block * Block, stored % Block, Block);
    }

    /// <summary>Columns whose weights stand side by side, so many floats a row.</summary>
    private void EmitColumns(CodeWriter writer, VectorWidth width, string outer, int first, int columns, int pitch)
    {
        var block = 2 * width.Lanes;
        var full = columns / block;
        if (full > 0)
        {
            var (scope, index) = Loop(writer, "block", full);
            using (scope)
                EmitBlock(writer, width, (outer, Block), (index, block), first, first * Depth, block, pitch);
        }

        if (columns % block > 0)
        {
            using (writer.Open())
                EmitBlock(writer, width, (outer, Block), ("", 0), first + (full * block), (first * Depth) + (full * block), columns % block, pitch);
        }
    }

    private void EmitBlock(
        CodeWriter writer,
        VectorWidth width,
        (string Index, int Columns) outer,
        (string Index, int Columns) block,
        int first,
        int weight,
        int live,
        int pitch)
    {
        using var scope = writer.Block($"for (int tile = 0; tile < count; tile += {Samples})");
        writer.Line($"nint n = global::System.Math.Max(0, global::System.Math.Min(tile, count - {Samples}));");
        var vectors = Enumerable.Range(0, (live + width.Lanes - 1) / width.Lanes).ToList();
        foreach (var q in vectors)
        {
            var bias = BiasOffset < 0
                ? width.Zero
                : width.LoadAt("weights", Offset(BiasOffset + first + (q * width.Lanes), outer, block));
            writer.Line($"{width.Float} {string.Join(", ", Enumerable.Range(0, Samples).Select(r => $"{Sum(r, q)} = {(r == 0 ? bias : Sum(0, q))}"))};");
        }

        var weights = vectors.ConvertAll(q => "k" + Text.Number(q));
        var taken = live % width.Lanes == 0 ? "" : "v, ";
        writer.Line($"{width.Float} {taken}{string.Join(", ", weights)};");
        writer.Line(Declare("s", "source", 0, ("n", SourcePitch)));
        writer.Line(Declare("w", "weights", weight, (outer.Index, outer.Columns * Depth), block));
        using (writer.Block($"for (int i = 0; i < {Depth}; i++)"))
        {
            writer.Line(string.Join(" ", vectors.Select(q => $"{weights[q]} = {width.Load("w", q * width.Lanes)};")));
            for (var r = 0; r < Samples; r++)
                writer.Line(width.MultiplyAdd("s", r == 0 ? "0" : "s" + Text.Number(r), weights, vectors.ConvertAll(q => Sum(r, q))));
            writer.Line("s = ref Add(ref s, 1);");
            writer.Line($"w = ref Add(ref w, {pitch});");
        }

        writer.Line(Declare("t", "target", first, outer, block, ("n", TargetPitch)));
        for (var r = 0; r < Samples; r++)
        {
            if (r > 0)
                writer.Line($"if (last >= {r}) t = ref Add(ref t, {TargetPitch});");
            var sums = vectors.Select(q => (Epilogue.Activate(width, Sum(r, q)), "v")).ToList();
            foreach (var statement in LaneStore.SideBySide(width, sums, "t", 0, live))
                writer.Line(statement);
        }
    }

    private static string Sum(int row, int vector) => "ab"[vector] + Text.Number(row);
}
