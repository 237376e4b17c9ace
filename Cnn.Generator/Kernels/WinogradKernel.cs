using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

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
    protected override EquatableArray<Parameter> State() =>
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

    public override IReadOnlyList<IKernelHelpers> Helpers => [Methods, Products(IsShared && !SharesBands)];

    public override bool CanShare => true;

    public override bool HasWide(int part) =>
        Tiling.InChannels % VectorWidth.V512.Lanes == 0 || Tiling.OutChannels >= VectorWidth.V512.Lanes;

    private WinogradTransform Transform => Tiling.Transform;

    private WinogradMethods Methods => new(Transform);

    /// <summary>What multiplies a band with the weights.</summary>
    private WinogradProducts Products(bool isShared) =>
        new(Tiling.Points, Tiling.Product, Tiling.Packing, Tiling.SourcePlane, Tiling.ProductPlane, isShared);

    private bool Pools => Epilogue.Pool != FusedPool.None;

    /// <summary>
    /// Gets a value indicating whether threads share the bands, each in memory of its own: what a thread transforms it multiplies and transforms
    /// back, so that it stays in its cache. Few bands do not go round; then they share each stage of a band.
    /// </summary>
    private bool SharesBands => IsShared && Tiling.Bands >= WinogradThresholds.FewestSharedBands;

    /// <summary>Gets a value indicating whether the last row of tiles overlaps the one before it, which has other roundings.</summary>
    private bool JoinsRows => Tiling.Height % Transform.Outputs != 0;

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        if (SharesBands)
        {
            using (body.Open(JoinsRows ? new Shared("turn", Tiling.Bands, IsJoined: true) : LoopHead.Of("turn", Tiling.Bands, isShared: true)))
            {
                var (usual, last) = ($"turn * {Tiling.BandRows}", Tiling.Rows - Tiling.BandRows);
                body.Declare(LocalType.Integer, "band", Tiling.Rows % Tiling.BandRows == 0 ? usual : $"turn == {Tiling.Bands - 1} ? {last} : {usual}");
                body.Refer("tiles", new Place($"turns.Scratch(ref scratch, {Tiling.Scratch})", 0));
                EmitBand(body, width, "band", sharesStages: false);
            }

            return;
        }

        var (scope, band) = TileLoop.Open(body, "band", Tiling.Rows, Tiling.BandRows);
        using (scope)
        {
            body.Refer("tiles", new Place("scratch", 0));
            EmitBand(body, width, band, IsShared);
        }
    }

    private void EmitBand(KernelBody body, VectorWidth width, string band, bool sharesStages)
    {
        body.Add(Declare("products", "tiles", Tiling.SourceFloats));
        EmitTiles(body, band, sharesStages, (y, x, tile) => EmitSource(body, width, y, x, tile));
        body.Add(Products(sharesStages).Call(width, "tiles", "filters", "products"));
        EmitTiles(body, band, sharesStages, (y, x, tile) => EmitResult(body, width, y, x, tile));
    }

    /// <summary>Opens the loops over the tiles of a band; y and x are the corner of a tile in the grid.</summary>
    private void EmitTiles(KernelBody body, string band, bool isShared, Action<string, string, Offset> build)
    {
        // Many threads find enough rows in a tall band alone.
        var sharesRows = Tiling.BandRows >= Tiling.Columns;
        var (rowScope, down) = Tiles(body, "down", Tiling.BandRows, Tiling.Height, isShared && sharesRows);
        using (rowScope)
        {
            var y = Corner(body, "y", Distance(0, (band, 1), (down, 1)), Tiling.Rows, Tiling.Height);
            var (columnScope, right) = Tiles(body, "right", Tiling.Columns, Tiling.Width, isShared && !sharesRows);
            using (columnScope)
            {
                var x = Corner(body, "x", Distance(0, (right, 1)), Tiling.Columns, Tiling.Width);
                build(y, x, Distance(0, (down, Tiling.Columns), (right, 1)));
            }
        }
    }

    /// <summary>Opens a loop over tiles; where they do not divide the grid the last one overlaps the one before it.</summary>
    private (KernelBody.Scope Scope, string Index) Tiles(KernelBody body, string index, int count, int length, bool isShared) =>
        isShared && count > 1 && length % Transform.Outputs != 0
            ? (body.Open(new Shared(index, count, IsJoined: true)), index)
            : Loop(body, index, count, isShared);

    /// <summary>Declares where a tile begins; the last one ends with the grid.</summary>
    private string Corner(KernelBody body, string name, Offset index, int count, int length)
    {
        if (count == 1)
            return "";
        var usual = Distance(0, (index.Factor(), Transform.Outputs));
        var isWhole = length % Transform.Outputs == 0;
        body.Declare(LocalType.Integer, name, isWhole ? usual.ToString() : $"{index} == {count - 1} ? {length - Transform.Outputs} : {usual}");
        return name;
    }

    private void EmitSource(KernelBody body, VectorWidth widest, string y, string x, Offset tile)
    {
        var width = widest.Dividing(Tiling.InChannels);
        body.Add(Declare("corner", "image", 0, (y, Transform.Stride * Source.Row), (x, Transform.Stride * Source.Pixel)));
        body.Add(Declare("point", "tiles", 0, (tile.Factor(), Tiling.InChannels)));
        if (IsFar(widest, Tiling.InChannels))
            EmitFetches(body);
        body.Call(Methods.TileMethod(width), "ref corner", Source.Row, Source.Pixel, "ref point", Tiling.SourcePlane, Tiling.InChannels);
    }

    /// <summary>Fetches the columns of the source that the next tile has and this one has not.</summary>
    private void EmitFetches(KernelBody body)
    {
        var next = Transform.Points * Source.Pixel;
        var columns = Transform.Outputs * Transform.Stride * Source.Pixel;
        using (body.Open(new Counted(LocalType.Integer, "f", Text.Number(next), next + columns, Machine.Usual.LineFloats)))
            body.Add(new Fetch(PlaceOf("corner", 0, ("f", 1)), Source.Row, Transform.Points));
    }

    /// <summary>Whether a volume of so many channels is not in the nearest caches.</summary>
    private bool IsFar(VectorWidth width, int channels) =>
        width.Lanes >= VectorWidth.V256.Lanes && (long)Tiling.Height * Tiling.Width * channels >= WinogradThresholds.FarFloats;

    private void EmitResult(KernelBody body, VectorWidth widest, string y, string x, Offset tile)
    {
        var width = widest.Dividing(Tiling.OutChannels);
        var (points, outputs) = (Transform.Points, Transform.Outputs);
        body.Add(Declare("point", "products", 0, (tile.Factor(), Tiling.OutChannels)));
        body.Add(Declare("corner", "result", 0, (Pooled(y), Target.Row), (Pooled(x), Target.Pixel)));
        using (body.For("c", Tiling.OutChannels, width.Lanes))
        {
            body.Call(Methods.ColumnsMethod(width), PlaceOf("point", 0, ("c", 1)), Tiling.ProductPlane);
            if (HasBias)
                body.Declare(width.Local, "b", width.LoadAt("bias", Distance(0, ("c", 1))));
            var rows = Pools ? 2 : 1;
            using (body.For("row", outputs / rows))
            {
                body.Add(Declare("s", "point", 0, ("c", 1), ("row", rows * points * Tiling.ProductPlane)));
                body.Add(Declare("t", "corner", 0, ("c", 1), ("row", Target.Row)));
                if (Residual is { } other)
                    body.Add(Declare("r", "residual", 0, (y, other.Row), (x, other.Pixel), ("c", 1), ("row", other.Row)));
                if (IsFar(widest, Tiling.OutChannels))
                    EmitFetches(body, outputs / rows);
                for (var i = 0; i < rows; i++)
                    EmitSums(body, width, i);
                EmitStores(body, width);
            }
        }
    }

    /// <summary>Fetches where the next tile's pixels of this row go, and what is added to them.</summary>
    private void EmitFetches(KernelBody body, int pixels)
    {
        body.Add(new Fetch(new Place("t", pixels * Target.Pixel), Target.Pixel, pixels));
        if (Residual is { } other)
            body.Add(new Fetch(new Place("r", pixels * other.Pixel), other.Pixel, pixels));
    }

    /// <summary>Declares the outputs of a row of a tile: u0, u1, ... and of the one below it v0, v1, ...</summary>
    private void EmitSums(KernelBody body, VectorWidth width, int row)
    {
        var sums = Enumerable.Range(0, Transform.Outputs).Select(i => (CallArgument)$"out {width.Float} {Variable(row, i)}");
        var products = new Place("s", row * Transform.Points * Tiling.ProductPlane);
        body.Call(Methods.SumsMethod(width), [products, Tiling.ProductPlane, .. sums]);
    }

    private void EmitStores(KernelBody body, VectorWidth width)
    {
        if (!Pools)
        {
            for (var i = 0; i < Transform.Outputs; i++)
            {
                var sum = Residual is { } other ? $"{Sum(0, i)} + {width.Load("r", i * other.Pixel)}" : Sum(0, i);
                body.Add(width.Store(Epilogue.Activate(width, sum), "t", i * Target.Pixel));
            }

            return;
        }

        for (var i = 0; i < Transform.Outputs; i += 2)
        {
            var combined = Epilogue.Combine(width, Sum(0, i), Sum(0, i + 1), Sum(1, i), Sum(1, i + 1));
            body.Add(width.Store(Epilogue.Finish(width, combined), "t", i / 2 * Target.Pixel));
        }
    }

    /// <summary>An index of the grid as one of pooled pixels.</summary>
    private string Pooled(string index) => index.Length == 0 || !Pools ? index : $"({index} / 2)";

    private string Sum(int row, int column) => HasBias ? $"{Variable(row, column)} + b" : Variable(row, column);

    private static string Variable(int row, int column) => "uv"[row] + Text.Number(column);
}
