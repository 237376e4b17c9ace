using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>
/// A Winograd convolution of 3x3 windows, channels innermost: the tiles of a band of the source are transformed, at each point all
/// channels of a tile are multiplied with the transformed weights, and what comes out is transformed back.
/// </summary>
/// <param name="Tiling">Tiles and bands.</param>
/// <param name="Source">How the source lies, from the corner of its first window on.</param>
/// <param name="Target">How the result lies.</param>
/// <param name="Epilogue">What happens to a sum before it is stored.</param>
/// <param name="HasBias">Whether there is a bias.</param>
/// <param name="Choice">Why it was chosen.</param>
internal sealed record WinogradKernel(
    WinogradTiling Tiling, TensorView Source, TensorView Target, Epilogue Epilogue, bool HasBias, string Choice) : Kernel
{
    private const int FewestSharedBands = 4;

    public override EquatableArray<Parameter> Parameters =>
    [
        Parameter.Reads("image", Tiling.Convolution.Reads(Source, Tiling.InChannels)),
        Parameter.Weights("filters", Region.Run(Tiling.WeightsLength)),
        .. Parameter.Where(HasBias, Parameter.Weights("bias", Region.Run(Tiling.OutChannels))),
        .. Residual is { } other ? new[] { Parameter.Reads("residual", Tiling.Convolution.Writes(other, Tiling.OutChannels)) } : [],
        Parameter.Writes("result", Tiling.Convolution.Writes(Target, Tiling.OutChannels, Pools)),
        Parameter.Scratch("scratch", (int)Tiling.Scratch),
    ];

    /// <summary>Gets how a volume lies that is added to the result; null where none is.</summary>
    public TensorView? Residual { get; init; }

    public override string Reason => Choice;

    public override IReadOnlyList<IKernelHelpers> Helpers => [Transform, Tiling.Products(IsShared && !SharesBands)];

    public override bool CanShare => true;

    public override bool HasWide(int part) =>
        Tiling.InChannels % VectorWidth.V512.Lanes == 0 || Tiling.OutChannels >= VectorWidth.V512.Lanes;

    private WinogradTransform Transform => Tiling.Transform;

    private bool Pools => Epilogue.Pool != FusedPool.None;

    /// <summary>
    /// Gets a value indicating whether threads share the bands, each in memory of its own: what a thread transforms it multiplies and transforms
    /// back, so that it stays in its cache. Few bands do not go round; then they share each stage of a band.
    /// </summary>
    private bool SharesBands => IsShared && Tiling.Bands >= FewestSharedBands;

    /// <summary>Gets a value indicating whether the last row of tiles overlaps the one before it, which has other roundings.</summary>
    private bool JoinsRows => Tiling.Height % Transform.Outputs != 0;

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        if (SharesBands)
        {
            using (writer.Block(JoinsRows ? Turns.ForJoined("turn", Tiling.Bands) : Turns.For("turn", Tiling.Bands, isShared: true)))
            {
                var (usual, last) = ($"turn * {Tiling.BandRows}", Tiling.Rows - Tiling.BandRows);
                writer.Line($"int band = {(Tiling.Rows % Tiling.BandRows == 0 ? usual : $"turn == {Tiling.Bands - 1} ? {last} : {usual}")};");
                writer.Line($"ref float tiles = ref turns.Scratch(ref scratch, {Tiling.Scratch});");
                EmitBand(writer, width, "band", sharesStages: false);
            }

            return;
        }

        var (scope, band) = TileLoop.Open(writer, "band", Tiling.Rows, Tiling.BandRows);
        using (scope)
        {
            writer.Line("ref float tiles = ref scratch;");
            EmitBand(writer, width, band, IsShared);
        }
    }

    private void EmitBand(CodeWriter writer, VectorWidth width, string band, bool sharesStages)
    {
        writer.Line(Declare("products", "tiles", Tiling.SourceFloats));
        EmitTiles(writer, band, sharesStages, (y, x, tile) => EmitSource(writer, width, y, x, tile));
        writer.Line(Tiling.Products(sharesStages).Call(width, "tiles", "filters", "products"));
        EmitTiles(writer, band, sharesStages, (y, x, tile) => EmitResult(writer, width, y, x, tile));
    }

    /// <summary>Opens the loops over the tiles of a band; y and x are the corner of a tile in the grid.</summary>
    private void EmitTiles(CodeWriter writer, string band, bool isShared, Action<string, string, string> body)
    {
        // Many threads find enough rows in a tall band alone.
        var sharesRows = Tiling.BandRows >= Tiling.Columns;
        var (rowScope, down) = Tiles(writer, "down", Tiling.BandRows, Tiling.Height, isShared && sharesRows);
        using (rowScope)
        {
            var y = Corner(writer, "y", Offset(0, (band, 1), (down, 1)), Tiling.Rows, Tiling.Height);
            var (columnScope, right) = Tiles(writer, "right", Tiling.Columns, Tiling.Width, isShared && !sharesRows);
            using (columnScope)
            {
                var x = Corner(writer, "x", Offset(0, (right, 1)), Tiling.Columns, Tiling.Width);
                body(y, x, Offset(0, (down, Tiling.Columns), (right, 1)));
            }
        }
    }

    /// <summary>Opens a loop over tiles; where they do not divide the grid the last one overlaps the one before it.</summary>
    private (CodeWriter.Scope Scope, string Index) Tiles(CodeWriter writer, string index, int count, int length, bool isShared) =>
        isShared && count > 1 && length % Transform.Outputs != 0
            ? (writer.Block(Turns.ForJoined(index, count)), index)
            : Loop(writer, index, count, isShared);

    /// <summary>Declares where a tile begins; the last one ends with the grid.</summary>
    private string Corner(CodeWriter writer, string name, string index, int count, int length)
    {
        if (count == 1)
            return "";
        var usual = Offset(0, (index.Contains(" ") ? $"({index})" : index, Transform.Outputs));
        writer.Line(length % Transform.Outputs == 0
            ? $"int {name} = {usual};"
            : $"int {name} = {index} == {count - 1} ? {length - Transform.Outputs} : {usual};");
        return name;
    }

    private void EmitSource(CodeWriter writer, VectorWidth widest, string y, string x, string tile)
    {
        var width = widest.Dividing(Tiling.InChannels);
        writer.Line(Declare("corner", "image", 0, (y, Transform.Stride * Source.Row), (x, Transform.Stride * Source.Pixel)));
        writer.Line(Declare("point", "tiles", 0, (Parenthesised(tile), Tiling.InChannels)));
        if (IsFar(widest, Tiling.InChannels))
            EmitFetches(writer);
        var from = $"ref corner, {Source.Row}, {Source.Pixel}";
        writer.Line($"{Transform.TileMethod(width)}({from}, ref point, {Tiling.SourcePlane}, {Tiling.InChannels});");
    }

    /// <summary>Fetches the columns of the source that the next tile has and this one has not.</summary>
    private void EmitFetches(CodeWriter writer)
    {
        var next = Transform.Points * Source.Pixel;
        var columns = Transform.Outputs * Transform.Stride * Source.Pixel;
        using (writer.Block($"for (int f = {next}; f < {next + columns}; f += {TapLoops.FloatsOfALine})"))
            writer.Line($"FetchEach(ref corner, f, {Source.Row}, {Transform.Points});");
    }

    /// <summary>Whether a volume of so many channels is not in the nearest caches.</summary>
    private bool IsFar(VectorWidth width, int channels) =>
        width.Lanes >= VectorWidth.V256.Lanes && (long)Tiling.Height * Tiling.Width * channels >= FarFloats;

    private void EmitResult(CodeWriter writer, VectorWidth widest, string y, string x, string tile)
    {
        var width = widest.Dividing(Tiling.OutChannels);
        var (points, outputs) = (Transform.Points, Transform.Outputs);
        writer.Line(Declare("point", "products", 0, (Parenthesised(tile), Tiling.OutChannels)));
        writer.Line(Declare("corner", "result", 0, (Pooled(y), Target.Row), (Pooled(x), Target.Pixel)));
        using (writer.Block($"for (int c = 0; c < {Tiling.OutChannels}; c += {width.Lanes})"))
        {
            writer.Line($"{Transform.ColumnsMethod(width)}(ref Add(ref point, c), {Tiling.ProductPlane});");
            if (HasBias)
                writer.Line($"{width.Float} b = {width.LoadAt("bias", "c")};");
            var rows = Pools ? 2 : 1;
            using (writer.Block($"for (int row = 0; row < {outputs / rows}; row++)"))
            {
                writer.Line(Declare("s", "point", 0, ("c", 1), ("row", rows * points * Tiling.ProductPlane)));
                writer.Line(Declare("t", "corner", 0, ("c", 1), ("row", Target.Row)));
                if (Residual is { } other)
                    writer.Line(Declare("r", "residual", 0, (y, other.Row), (x, other.Pixel), ("c", 1), ("row", other.Row)));
                if (IsFar(widest, Tiling.OutChannels))
                    EmitFetches(writer, outputs / rows);
                for (var i = 0; i < rows; i++)
                    EmitSums(writer, width, i);
                EmitStores(writer, width);
            }
        }
    }

    /// <summary>Fetches where the next tile's pixels of this row go, and what is added to them.</summary>
    private void EmitFetches(CodeWriter writer, int pixels)
    {
        writer.Line($"FetchEach(ref t, {pixels * Target.Pixel}, {Target.Pixel}, {pixels});");
        if (Residual is { } other)
            writer.Line($"FetchEach(ref r, {pixels * other.Pixel}, {other.Pixel}, {pixels});");
    }

    /// <summary>Declares the outputs of a row of a tile: u0, u1, ... and of the one below it v0, v1, ...</summary>
    private void EmitSums(CodeWriter writer, VectorWidth width, int row)
    {
        var sums = Enumerable.Range(0, Transform.Outputs).Select(i => $"out {width.Float} {Variable(row, i)}");
        var products = At("s", row * Transform.Points * Tiling.ProductPlane);
        writer.Line($"{Transform.SumsMethod(width)}({products}, {Tiling.ProductPlane}, {string.Join(", ", sums)});");
    }

    private void EmitStores(CodeWriter writer, VectorWidth width)
    {
        if (!Pools)
        {
            for (var i = 0; i < Transform.Outputs; i++)
            {
                var sum = Residual is { } other ? $"{Sum(0, i)} + {width.Load("r", i * other.Pixel)}" : Sum(0, i);
                writer.Line(width.Store(Epilogue.Activate(width, sum), "t", i * Target.Pixel));
            }

            return;
        }

        for (var i = 0; i < Transform.Outputs; i += 2)
        {
            var combined = Epilogue.Combine(width, Sum(0, i), Sum(0, i + 1), Sum(1, i), Sum(1, i + 1));
            writer.Line(width.Store(Epilogue.Finish(width, combined), "t", i / 2 * Target.Pixel));
        }
    }

    /// <summary>An index of the grid as one of pooled pixels.</summary>
    private string Pooled(string index) => index.Length == 0 || !Pools ? index : $"({index} / 2)";

    private static string Parenthesised(string expression) => expression == "0" ? "" : expression.Contains(" ") ? $"({expression})" : expression;

    private string Sum(int row, int column) => HasBias ? $"{Variable(row, column)} + b" : Variable(row, column);

    private static string Variable(int row, int column) => "uv"[row] + Text.Number(column);
}
