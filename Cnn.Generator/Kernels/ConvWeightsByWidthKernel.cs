using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The gradient of a convolution's weights for few filters at stride 1, vectorised across the width: the sums of two filters x a run
/// of columns of the kernel stay in registers over all rows and are added up at the end. Source and gradient are planar; the rows of
/// the gradient are padded with zeros to a multiple of eight.
/// </summary>
internal sealed record ConvWeightsByWidthKernel(
    ConvGeometry Geometry, TensorView Source, TensorView Gradient, ConvPacking Packing) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Geometry.Reads(Source, Geometry.InChannels)),
        Parameter.Reads("gradient", Region.Grid(
            Gradient, Geometry.OutHeight, Tiling.RoundUp(Geometry.OutWidth, VectorWidth.V256.Lanes), Geometry.OutChannels)),
        Parameter.Accumulates("gradients", Region.Run(Packing.Length)),
    ];

    public override string Reason => "2 filters x a row of taps in registers, one sweep over the rows";

    public override int Parts => Packing.Segments.Count;

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var segment = Packing.Segments[part];
        var (groupScope, group) = Loop(body, "group", segment.Blocks);
        using (groupScope)
        {
            foreach (var filters in Tiling.Cut(segment.Lanes, 2))
            {
                var (pairScope, pair) = Loop(body, "pair", filters.Count);
                using (pairScope)
                    EmitTaps(body, width, segment, group, filters, pair);
            }
        }
    }

    private void EmitTaps(KernelBody body, VectorWidth width, ConvSegment segment, string group, TileRun filters, string pair)
    {
        var (channelScope, c) = Loop(body, "c", Geometry.InChannels);
        using (channelScope)
        {
            var (rowScope, ky) = Loop(body, "ky", Geometry.KernelHeight);
            using (rowScope)
            {
                foreach (var taps in Tiling.Cut(Geometry.KernelWidth, 6))
                {
                    var (tileScope, tile) = Loop(body, "tile", taps.Count);
                    using (tileScope)
                    {
                        for (var f = 0; f < filters.Size; f++)
                            body.Declare(width.Local, Enumerable.Range(0, taps.Size).Select(t => new LocalVariable(Sum(f, t), width.Zero)));
                        body.Declare(width.Local, ["v", .. Enumerable.Range(0, filters.Size).Select(f => "k" + Text.Number(f))]);
                        var step = Geometry.Window.DilationWidth;
                        body.Add(Declare(
                            "s",
                            "source",
                            taps.Start * step,
                            (c, Source.Channel),
                            (ky, Geometry.Window.DilationHeight * Source.Row),
                            (tile, taps.Size * step)));
                        EmitRows(body, width, segment, group, filters, pair, taps.Size);
                        body.Add(Declare(
                            "w",
                            "gradients",
                            segment.Offset + filters.Start + (taps.Start * segment.Column),
                            (group, segment.BlockStride),
                            (pair, filters.Size),
                            (c, segment.Channel),
                            (ky, segment.Row),
                            (tile, taps.Size * segment.Column)));
                        for (var t = 0; t < taps.Size; t++)
                        {
                            for (var f = 0; f < filters.Size; f++)
                                body.Increase(Scalar("w", (t * segment.Column) + f), $"{width.Type}.Sum({Sum(f, t)})");
                        }
                    }
                }
            }
        }
    }

    private void EmitRows(
        KernelBody body, VectorWidth width, ConvSegment segment, string group, TileRun filters, string pair, int taps)
    {
        var vectors = (Geometry.OutWidth + width.Lanes - 1) / width.Lanes;
        var unroll = System.Math.Min(vectors, System.Math.Max(1, GradientThresholds.BodySize / (taps * filters.Size)));
        while (vectors % unroll != 0)
            unroll--;
        body.Add(Plane(segment, filters, group, pair));
        using (body.For("y", Geometry.OutHeight))
        {
            var (scope, x) = Loop(body, "x", vectors / unroll);
            using (scope)
            {
                var step = unroll * width.Lanes;
                var rest = Geometry.OutWidth % width.Lanes;
                if (rest > 0)
                    body.Declare(width.Local, "kept", Kept(width, rest, x, (vectors / unroll) - 1));
                if (x.Length > 0)
                {
                    body.Refer("sx", PlaceOf("s", 0, ("x", step)));
                    body.Refer("gx", PlaceOf("g", 0, ("x", step)));
                }

                var (source, gradient) = x.Length > 0 ? ("sx", "gx") : ("s", "g");
                for (var u = 0; u < unroll; u++)
                {
                    body.Add(Enumerable.Range(0, filters.Size).Select(f =>
                        width.Load("k" + Text.Number(f), gradient, (f * Gradient.Channel) + (u * width.Lanes))));
                    for (var t = 0; t < taps; t++)
                    {
                        var offset = (u * width.Lanes) + (t * Geometry.Window.DilationWidth);
                        var mask = rest > 0 && u == unroll - 1 ? " & kept" : "";
                        body.Add([
                            new Broadcast("v", width.Load(source, offset) + mask),
                            .. Enumerable.Range(0, filters.Size).Select(f => width.Accumulate("v", "k" + Text.Number(f), Sum(f, t))),
                        ]);
                    }
                }
            }

            body.Advance("s", Geometry.Window.StrideHeight * Source.Row);
            body.Advance("g", Gradient.Row);
        }
    }

    /// <summary>
    /// The lanes of a last vector that lie in the row. Behind them the gradient is zero, but the source may have run into another tensor, and
    /// zero times its infinities is no zero.
    /// </summary>
    private static string Kept(VectorWidth width, int lanes, string x, int last)
    {
        var mask = string.Join(", ", Enumerable.Range(0, width.Lanes).Select(lane => lane < lanes ? "-1" : "0"));
        var kept = $"{width.Type}.Create({mask}).AsSingle()";
        return x.Length == 0 ? kept : $"x == {last} ? {kept} : {width.Float}.AllBitsSet";
    }

    private ReferenceDeclaration Plane(ConvSegment segment, TileRun filters, string group, string pair) => Declare(
        "g",
        "gradient",
        (segment.First + filters.Start) * Gradient.Channel,
        (group, segment.Lanes * Gradient.Channel),
        (pair, filters.Size * Gradient.Channel));

    private static string Sum(int filter, int tap) => "ab"[filter] + Text.Number(tap);
}
