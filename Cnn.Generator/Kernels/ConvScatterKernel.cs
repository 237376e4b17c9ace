using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// A transposed convolution with stride 1, such as the gradient of a convolution's input, from its source's side: each element adds its multiples of
/// the kernel to the outputs it reaches. Those of a row of the kernel stand side by side where channels are innermost, so that vectors run across
/// pixels and channels alike and few channels fill them, and nothing is multiplied with the zeros around the source. The sums of one row of outputs,
/// over all channels and rows of the kernel that meet it, stay in registers before they are added.
/// </summary>
/// <remarks>The outputs are collected in a buffer and then brought into the order of the target.</remarks>
internal sealed record ConvScatterKernel(ConvGeometry Geometry, TensorView Source, TensorView Target, string Choice) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Region.Grid(Source, Geometry.InHeight + (2 * Border(Geometry)), Geometry.InWidth, Geometry.InChannels)
            .From(-Border(Geometry) * Source.Row)),
        Parameter.Weights("weights", Region.Run(Geometry.KernelHeight * KernelRow)),
        Parameter.Writes("target", Geometry.Writes(Target, Channels)),
        Parameter.Scratch("rows", ScratchLength),
    ];

    public override string Reason => Choice;

    /// <summary>Gets the floats of the buffer, with those that the last vector writes behind it.</summary>
    public int ScratchLength => (Geometry.OutHeight * Row) + ScatterTile.Pitch(Geometry);

    private int Channels => Geometry.OutChannels;

    /// <summary>Gets the columns that are reached, those beside the target included.</summary>
    private int Columns => Geometry.InWidth + Geometry.KernelWidth - 1;

    private int Row => Columns * Channels;

    /// <summary>Gets the floats of the weights from one row of the kernel to the next.</summary>
    private int KernelRow => Geometry.InChannels * ScatterTile.Pitch(Geometry);

    public override bool HasWide(int part) => ScatterTile.Widths(Geometry).Contains(VectorWidth.V512);

    /// <summary>The rows of zeros above and below the source that tiles of several rows read.</summary>
    public static int Border(ConvGeometry geometry) =>
        ScatterTile.Widths(geometry).Max(width => ScatterTile.Best(geometry, width).Rows) - 1;

    public override string Describe(VectorWidth width, int part) => ScatterTile.Best(Geometry, width).Describe();

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var tile = ScatterTile.Best(Geometry, width);
        var top = Geometry.Window.Top;
        body.Call("Blocks.Fill", "ref rows", ScratchLength, "0f");
        using (body.For("y", Geometry.OutHeight, tile.Rows))
        {
            // The rows of the kernel that meet the source.
            body.Declare(LocalType.Integer, "first", $"global::System.Math.Max(0, {top - tile.Rows + 1} - y)");
            body.Declare(LocalType.Integer, "last", $"global::System.Math.Min({Geometry.KernelHeight - 1}, {Geometry.InHeight - 1 + top} - y)");
            var (partScope, p) = Loop(body, "part", ScatterTile.Reach(Geometry, width) / tile.Vectors);
            using (partScope)
            {
                var (columnScope, x) = Loop(body, "x", Geometry.InWidth / tile.Pixels);
                using (columnScope)
                    EmitTile(body, width, tile, p, x);
            }
        }

        EmitTarget(body);
    }

    private void EmitTile(KernelBody body, VectorWidth width, ScatterTile tile, string part, string x)
    {
        var (vectors, floats) = (Enumerable.Range(0, tile.Vectors).ToList(), tile.Vectors * width.Lanes);
        var positions = Positions(tile);
        foreach (var sums in positions.Select(position => position.Sums))
            body.Declare(width.Local, vectors.Select(q => new LocalVariable(sums[q], q == 0 ? width.Zero : sums[0])));
        var weights = vectors.ConvertAll(q => "k" + Text.Number(q));
        var isShort = tile.Vectors <= width.MostVectors;
        body.Declare(width.Local, isShort ? weights : ["v", .. weights]);
        body.Refer("w", PlaceOf("weights", 0, ("first", KernelRow), (part, floats)));
        body.Refer("s", PlaceOf("source", 0, ($"(y + first - {Geometry.Window.Top})", Source.Row), (x, Source.Pixel)));
        using (body.Open(new Counted(LocalType.Integer, "ky", "first", "last") { IsInclusive = true }))
        {
            body.Refer("sc", new Place("s", 0));
            var (channelScope, _) = Loop(body, "c", Geometry.InChannels);
            using (channelScope)
            {
                body.Add(vectors.Select(q => width.Load(weights[q], "w", q * width.Lanes)));
                foreach (var (sums, row, pixel) in positions)
                {
                    var offset = (row * Source.Row) + (pixel * Source.Pixel);
                    if (isShort)
                        body.Add(width.MultiplyAdd("sc", offset, weights, sums));
                    else
                        body.Add([new Broadcast("v", width.Broadcast("sc", offset)), .. vectors.Select(q => width.Accumulate("v", weights[q], sums[q]))]);
                }

                body.Advance("sc", Source.Channel);
                body.Advance("w", ScatterTile.Pitch(Geometry));
            }

            body.Advance("s", Source.Row);
        }

        // What the pixels reach does not overlap, but the zeros behind it do: all is read before anything is written.
        body.Refer("t", PlaceOf("rows", 0, ("y", Row), (part, floats), (x, Channels)));
        foreach (var (sums, row, pixel) in positions)
            body.Add(vectors.Select(q => new Assignment(sums[q], width.Load("t", Place(row, pixel, q)), IsAdded: true)));
        foreach (var (sums, row, pixel) in positions)
            body.Add(vectors.Select(q => width.Store(sums[q], "t", Place(row, pixel, q))));

        int Place(int row, int pixel, int vector) => (row * Row) + (pixel * Channels) + (vector * width.Lanes);
    }

    /// <summary>Where the sums of a tile belong, and their variables.</summary>
    private List<(IReadOnlyList<string> Sums, int Row, int Pixel)> Positions(ScatterTile tile) =>
    [
        .. from row in Enumerable.Range(0, tile.Rows)
           from pixel in Enumerable.Range(0, tile.Pixels)
           let name = "abcdef"[(row * tile.Pixels) + pixel]
           select ((IReadOnlyList<string>)[.. Enumerable.Range(0, tile.Vectors).Select(q => name + Text.Number(q))], row, pixel * (Geometry.InWidth / tile.Pixels)),
    ];

    /// <summary>Brings the outputs that count into the order of the target.</summary>
    private void EmitTarget(KernelBody body)
    {
        var first = (Geometry.KernelWidth - 1 - Geometry.Window.Left) * Channels;
        var (height, width) = (Geometry.OutHeight, Geometry.OutWidth);
        var isPlanar = Target.Order == VolumeLayout.Chw;
        if (isPlanar && Columns == width && Target.Row == width)
        {
            body.Call("Blocks.Transpose", "ref rows", Channels, height * width, Channels, "ref target", Target.Channel);
            return;
        }

        if (!isPlanar && Target.Pixel == Channels)
        {
            body.Call("Blocks.CopyRows", At("rows", first), Row, "ref target", Target.Row, width * Channels, height);
            return;
        }

        using (body.For("y", height))
        {
            body.Add(Declare("s", "rows", first, ("y", Row)));
            body.Add(Declare("t", "target", 0, ("y", Target.Row)));
            body.Add(isPlanar
                ? new Call("Blocks.Transpose", ["ref s", Channels, width, Channels, "ref t", Target.Channel])
                : new Call("Blocks.CopyRows", ["ref s", Channels, "ref t", Target.Pixel, Channels, width]));
        }
    }
}
