using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Pooling by itself: across channels where they are innermost, by pairs of lanes for planar 2x2 windows, else one output at a
/// time. The source carries the border that its windows read.
/// </summary>
internal sealed record PoolKernel(PoolGeometry Geometry, TensorLayout Source, TensorLayout Target) : Kernel
{
    public override string Signature => "ref float source, ref float target";

    public override bool HasWidths => AcrossChannels || ByPairs;

    public override string Reason => AcrossChannels
        ? "vectorised across channels"
        : ByPairs ? "vectorised across the width, neighbouring lanes brought together" : "one output at a time";

    private bool AcrossChannels =>
        Source.Order == VolumeLayout.Hwc && Target.Order == VolumeLayout.Hwc && Geometry.Input.Channels >= 8;

    private bool ByPairs => Source.Order == VolumeLayout.Chw && Target.Order == VolumeLayout.Chw
        && Geometry.IsPairs && Geometry.OutWidth >= 4 && Target.Pixel == 1;

    private string Scale => (1f / Geometry.Size).ToString("R", CultureInfo.InvariantCulture) + "f";

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        if (ByPairs)
        {
            EmitPairs(writer, width);
            return;
        }

        var (rowScope, y) = Loop(writer, "y", Geometry.OutHeight);
        using (rowScope)
        {
            var (columnScope, x) = Loop(writer, "x", Geometry.OutWidth);
            using (columnScope)
            {
                var corner = Source.Corner(Geometry.Window.Top, Geometry.Window.Left);
                writer.Line(Declare(
                    "s",
                    "source",
                    corner,
                    (y, Geometry.Window.StrideHeight * Source.GridRow),
                    (x, Geometry.Window.StrideWidth * Source.GridColumn)));
                writer.Line(Declare("t", "target", Target.Origin, (y, Target.Row), (x, Target.Pixel)));
                if (AcrossChannels)
                    ChannelVectors.Emit(writer, width, Geometry.Input.Channels, c => EmitWindow(writer, width, c));
                else
                    EmitScalars(writer);
            }
        }
    }

    private IEnumerable<int> Window() =>
        from ky in Enumerable.Range(0, Geometry.Window.KernelHeight)
        from kx in Enumerable.Range(0, Geometry.Window.KernelWidth)
        select (ky * Source.GridRow) + (kx * Source.GridColumn);

    private void EmitWindow(CodeWriter writer, VectorWidth width, string channel)
    {
        var first = true;
        foreach (var offset in Window())
        {
            var value = $"{width.Type}.LoadUnsafe(ref Unsafe.Add(ref s, {Offset(offset, (channel, 1))}))";
            writer.Line(first
                ? $"{width.Float} v = {value};"
                : Geometry.IsMax ? $"v = {width.Type}.Max(v, {value});" : $"v += {value};");
            first = false;
        }

        var result = Geometry.IsMax ? "v" : $"(v * {Scale})";
        writer.Line($"{result}.StoreUnsafe(ref Unsafe.Add(ref t, {Offset(0, (channel, 1))}));");
    }

    private void EmitScalars(CodeWriter writer)
    {
        using (writer.Block($"for (int c = 0; c < {Geometry.Input.Channels}; c++)"))
        {
            writer.Line(Declare("p", "s", 0, ("c", Source.Channel)));
            writer.Line($"float v = {(Geometry.IsMax ? "float.NegativeInfinity" : "0f")};");
            using (writer.Block($"for (int ky = 0; ky < {Geometry.Window.KernelHeight}; ky++)"))
            {
                using (writer.Block($"for (int kx = 0; kx < {Geometry.Window.KernelWidth}; kx++)"))
                {
                    var value = $"Unsafe.Add(ref p, {Offset(0, ("ky", Source.GridRow), ("kx", Source.GridColumn))})";
                    writer.Line(Geometry.IsMax ? $"v = global::System.MathF.Max(v, {value});" : $"v += {value};");
                }
            }

            writer.Line($"Unsafe.Add(ref t, {Offset(0, ("c", Target.Channel))}) = {(Geometry.IsMax ? "v" : $"v * {Scale}")};");
        }
    }

    private void EmitPairs(CodeWriter writer, VectorWidth width)
    {
        PairTiles.Emit(writer, width, Geometry, (c, y, x) =>
        {
            writer.Line(Declare("s", "source", Source.Origin, (c, Source.Channel), (y, 2 * Source.Row), (x, 2)));
            writer.Line(Declare("t", "target", Target.Origin, (c, Target.Channel), (y, Target.Row), (x, 1)));
            var combine = Geometry.IsMax ? "Max" : "Add";
            writer.Line($"{width.Float} v = {width.Type}.{combine}({width.Load("s", 0)}, {width.Load("s", Source.Row)});");
            writer.Line(PairPooling.Emit(width, Geometry.IsMax ? FusedPool.Max : FusedPool.Average, "v"));
            Func<VectorWidth, string> half = _ => Geometry.IsMax ? "VectorLanes.Even(v)" : $"(VectorLanes.Even(v) * {Scale})";
            LaneStore.EmitHalf(writer, width, half, "t", 0);
        });
    }
}
