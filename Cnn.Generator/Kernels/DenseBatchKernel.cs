using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

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
    protected override EquatableArray<Parameter> State() =>
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

    private int Pitch => Block == 0 ? DensePacking.Padded(Columns) : TileCost.Count(Columns, Block) * Block;

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        body.Declare(LocalType.Integer, "last", "count - 1");
        for (var r = 1; r < DenseThresholds.Samples; r++)
            body.Declare(LocalType.Native, "s" + Text.Number(r), $"global::System.Math.Min({r}, last) * {SourcePitch}");
        var stored = Stored;
        if (Block == 0)
        {
            EmitColumns(body, width, "", 0, stored, Pitch);
            return;
        }

        var (outerScope, outer) = Loop(body, "outer", stored / Block);
        using (outerScope)
            EmitColumns(body, width, outer, 0, Block, Block);
        if (stored % Block > 0)
            EmitColumns(body, width, "", stored / Block * Block, stored % Block, Block);
    }

    /// <summary>Columns whose weights stand side by side, so many floats a row.</summary>
    private void EmitColumns(KernelBody body, VectorWidth width, string outer, int first, int columns, int pitch)
    {
        var block = 2 * width.Lanes;
        var full = columns / block;
        if (full > 0)
        {
            var (scope, index) = Loop(body, "block", full);
            using (scope)
                EmitBlock(body, width, (outer, Block), (index, block), first, first * Depth, block, pitch);
        }

        if (columns % block > 0)
        {
            using (body.Open())
                EmitBlock(body, width, (outer, Block), ("", 0), first + (full * block), (first * Depth) + (full * block), columns % block, pitch);
        }
    }

    private void EmitBlock(
        KernelBody body,
        VectorWidth width,
        (string Index, int Columns) outer,
        (string Index, int Columns) block,
        int first,
        int weight,
        int live,
        int pitch)
    {
        using var scope = body.Open(new Counted(LocalType.Integer, "tile", "0", "count", DenseThresholds.Samples));
        body.Declare(LocalType.Native, "n", $"global::System.Math.Max(0, global::System.Math.Min(tile, count - {DenseThresholds.Samples}))");
        var vectors = Enumerable.Range(0, (live + width.Lanes - 1) / width.Lanes).ToList();
        foreach (var q in vectors)
        {
            var bias = BiasOffset < 0
                ? width.Zero
                : width.LoadAt("weights", Distance(BiasOffset + first + (q * width.Lanes), outer, block));
            body.Declare(width.Local, Enumerable.Range(0, DenseThresholds.Samples).Select(r => new LocalVariable(Sum(r, q), r == 0 ? bias : Sum(0, q))));
        }

        var weights = vectors.ConvertAll(q => "k" + Text.Number(q));
        string[] taken = live % width.Lanes == 0 ? [] : ["v"];
        body.Declare(width.Local, [.. taken, .. weights]);
        body.Add(Declare("s", "source", 0, ("n", SourcePitch)));
        body.Add(Declare("w", "weights", weight, (outer.Index, outer.Columns * Depth), block));
        using (body.For("i", Depth))
        {
            body.Add(vectors.Select(q => width.Load(weights[q], "w", q * width.Lanes)));
            for (var r = 0; r < DenseThresholds.Samples; r++)
                body.Add(width.MultiplyAdd("s", r == 0 ? default : Distance(0, ("s" + Text.Number(r), 1)), weights, vectors.ConvertAll(q => Sum(r, q))));
            body.Advance("s", 1);
            body.Advance("w", pitch);
        }

        body.Add(Declare("t", "target", first, outer, block, ("n", TargetPitch)));
        for (var r = 0; r < DenseThresholds.Samples; r++)
        {
            if (r > 0)
                body.When($"last >= {r}", new Advance("t", new Place("t", TargetPitch)));
            var sums = vectors.Select(q => (Epilogue.Activate(width, Sum(r, q)), "v")).ToList();
            foreach (var statement in LaneStore.SideBySide(width, sums, "t", 0, live))
                body.Add(statement);
        }
    }

    private static string Sum(int row, int vector) => "ab"[vector] + Text.Number(row);
}
