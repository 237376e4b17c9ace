using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The gradient of a depthwise convolution's weights, vectorised across channels that are innermost: the sums of some taps of one
/// vector of channels stay in registers over a row of outputs. Added to what is there. Where the channels are no multiple of the
/// vector, the last one overlaps the one before it and ignores what that has counted.
/// </summary>
internal sealed record DepthwiseWeightsKernel(ConvGeometry Geometry, int Channels, TensorView Source, TensorView Gradient) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Geometry.Reads(Source, Channels)),
        Parameter.Reads("gradient", Geometry.Writes(Gradient, Channels)),
        Parameter.Accumulates("gradients", Region.Run(Geometry.Taps * Pitch)),
    ];

    public override string Reason => "taps x a vector of channels in registers, row by row";

    private int Pitch => Tiling.RoundUp(Channels, 8);

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var overlap = Tiling.RoundUp(Channels, width.Lanes) - Channels;
        using (body.For("y", Geometry.OutHeight))
        {
            var (channelScope, c) = TileLoop.Open(body, "c", Channels, width.Lanes);
            using (channelScope)
            {
                if (overlap > 0)
                {
                    var kept = string.Join(", ", Enumerable.Range(0, width.Lanes).Select(lane => lane < overlap ? "0" : "-1"));
                    body.Declare(width.Local, "kept", $"cTile == {Channels / width.Lanes} ? {width.Type}.Create({kept}).AsSingle() : {width.Float}.AllBitsSet");
                }

                EmitTaps(body, width, c, overlap > 0);
            }
        }
    }

    private void EmitTaps(KernelBody body, VectorWidth width, string c, bool masked)
    {
        var rows = RowsAtOnce();
        var (rowScope, ky) = TileLoop.Open(body, "ky", Geometry.KernelHeight, rows);
        using (rowScope)
        {
            foreach (var taps in Tiling.Cut(Geometry.KernelWidth, DepthwiseThresholds.MostTaps))
            {
                var (tileScope, tile) = Loop(body, "tile", taps.Count);
                using (tileScope)
                    EmitRow(body, width, (c, ky, tile), rows, taps, masked);
            }
        }
    }

    /// <summary>The most whole rows of the kernel that fit, if they divide it.</summary>
    private int RowsAtOnce()
    {
        for (var rows = Geometry.KernelHeight; rows > 1; rows--)
        {
            if (Geometry.KernelHeight % rows == 0 && rows * Geometry.KernelWidth <= DepthwiseThresholds.MostTaps)
                return rows;
        }

        return 1;
    }

    private void EmitRow(
        KernelBody body, VectorWidth width, (string C, string Ky, string Tile) index, int rows, TileRun columns, bool masked)
    {
        var window = Geometry.Window;
        var step = window.DilationWidth * Source.Pixel;
        var taps = Enumerable.Range(0, rows * columns.Size)
            .Select(i => (
                Weight: (i / columns.Size * Geometry.KernelWidth * Pitch) + (i % columns.Size * Pitch),
                Source: (i / columns.Size * window.DilationHeight * Source.Row) + (i % columns.Size * step)))
            .ToList();
        body.Add(Declare(
            "w",
            "gradients",
            columns.Start * Pitch,
            (index.Ky, Geometry.KernelWidth * Pitch),
            (index.Tile, columns.Size * Pitch),
            (index.C, 1)));
        body.Add(Declare(
            "s",
            "source",
            columns.Start * step,
            ("y", window.StrideHeight * Source.Row),
            (index.Ky, window.DilationHeight * Source.Row),
            (index.Tile, columns.Size * step),
            (index.C, 1)));
        body.Add(Declare("g", "gradient", 0, ("y", Gradient.Row), (index.C, 1)));
        body.Declare(width.Local, taps.Select((tap, i) => new LocalVariable("a" + Text.Number(i), width.Load("w", tap.Weight))));
        using (body.For("x", Geometry.OutWidth))
        {
            body.Declare(width.Local, "k", $"{width.Load("g", 0)}{(masked ? " & kept" : "")}");
            for (var i = 0; i < taps.Count; i++)
                body.Add(width.Accumulate(width.Load("s", taps[i].Source), "k", "a" + Text.Number(i)));
            body.Advance("s", window.StrideWidth * Source.Pixel);
            body.Advance("g", Gradient.Pixel);
        }

        for (var i = 0; i < taps.Count; i++)
            body.Add(width.Store("a" + Text.Number(i), "w", taps[i].Weight));
    }
}
