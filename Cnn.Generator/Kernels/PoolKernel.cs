using System;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Pooling by itself: across channels where they are innermost, by pairs of lanes for planar 2x2 windows, else along the rows of a
/// plane. The source carries the border that its windows read.
/// </summary>
internal sealed record PoolKernel(PoolGeometry Geometry, TensorLayout Source, TensorLayout Target) : WindowKernel(Geometry)
{
    public override EquatableArray<Parameter> Parameters => [Parameter.Reads("source", Windows(Source)), Parameter.Writes("target", Target)];

    public override bool HasWidths => AcrossChannels || ByPairs;

    public override bool CanShare => true;

    public override string Reason => AcrossChannels
        ? "vectorised across channels"
        : ByPairs ? "vectorised across the width, neighbouring lanes brought together"
        : ByRows ? "the rows of a window first, vectorised across the width, then its columns" : "one output at a time";

    private bool AcrossChannels =>
        Source.Order == VolumeLayout.Hwc && Target.Order == VolumeLayout.Hwc && FillVectors(Geometry.Input.Channels);

    private bool ByPairs => ByRows && Geometry.IsPairs && !IsUneven && Geometry.OutWidth >= 4;

    private bool ByRows => Source.Order == VolumeLayout.Chw && (Target.Pixel == 1 || Geometry.OutWidth == 1);

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        if (ByPairs)
            EmitPairs(writer, width);
        else if (ByRows)
            EmitRows(writer);
        else
            EmitPixels(writer, width);
    }

    private void EmitPixels(CodeWriter writer, VectorWidth width) => EmitOutputs(writer, (y, x) =>
    {
        writer.Line(DeclareWindow("s", "source", Source, y, x));
        writer.Line(Declare("t", "target", Target.Origin, (y, Target.Row), (x, Target.Pixel)));
        if (IsUneven)
            writer.Line(DeclareScale(y, x));
        var channels = Geometry.Input.Channels;
        if (AcrossChannels)
            ChannelVectors.Emit(writer, Fitting(width, channels), channels, c => EmitWindow(writer, Fitting(width, channels), c));
        else
            EmitScalars(writer);
    });

    private void EmitWindow(CodeWriter writer, VectorWidth width, string channel)
    {
        var first = IsUnrolled;
        if (!first)
            writer.Line($"{width.Float} v = {(Geometry.IsMax ? $"{width.Type}.Create(float.NegativeInfinity)" : width.Zero)};");
        EmitTaps(writer, unroll: true, tap =>
        {
            var value = width.LoadAt("s", Place(tap, Source, channel));
            writer.Line(first
                ? $"{width.Float} v = {value};"
                : Geometry.IsMax ? $"v = {width.Max("v", value)};" : $"v += {value};");
            first = false;
        });
        writer.Line(width.StoreAt(Mean(width, "v"), "t", Offset(0, (channel, 1))));
    }

    private void EmitScalars(CodeWriter writer)
    {
        using (writer.Block($"for (int c = 0; c < {Geometry.Input.Channels}; c++)"))
        {
            writer.Line(Declare("p", "s", 0, ("c", Source.Channel)));
            writer.Line($"float v = {(Geometry.IsMax ? "float.NegativeInfinity" : "0f")};");
            EmitTaps(writer, unroll: false, tap =>
            {
                var value = $"Add(ref p, {Place(tap, Source)})";
                writer.Line(Geometry.IsMax ? $"v = global::System.MathF.Max(v, {value});" : $"v += {value};");
            });
            writer.Line($"Add(ref t, {Offset(0, ("c", Target.Channel))}) = {Mean("v")};");
        }
    }

    private void EmitRows(CodeWriter writer)
    {
        var (channelScope, c) = Loop(writer, "c", Geometry.Input.Channels, IsShared);
        using (channelScope)
        {
            var (rowScope, y) = Loop(writer, "y", Geometry.OutHeight);
            using (rowScope)
            {
                writer.Line(Declare("s", "source", Corner(Source), (c, Source.Channel), (y, Window.StrideHeight * Source.Row)));
                writer.Line(Declare("t", "target", Target.Origin, (c, Target.Channel), (y, Target.Row)));
                var scale = Geometry.IsMax ? "" : Geometry.IsSum || IsUneven ? ", 1f" : ", " + Factor;
                writer.Line($"PoolingRows.{(Geometry.IsMax ? "Max" : "Sum")}(ref s, {Window.DilationHeight * Source.Row}, {Window.KernelHeight}, {Window.KernelWidth}, {Window.DilationWidth}, {Window.StrideWidth}, ref t, {Geometry.OutWidth}{scale});");
                if (!IsUneven)
                    return;
                using (writer.Block($"for (int x = 0; x < {Geometry.OutWidth}; x++)"))
                {
                    writer.Line(DeclareScale(y, "x"));
                    writer.Line("Add(ref t, x) *= scale;");
                }
            }
        }
    }

    private void EmitPairs(CodeWriter writer, VectorWidth width)
    {
        PairTiles.Emit(writer, width, Geometry, IsShared, (c, y, x) =>
        {
            writer.Line(Declare("s", "source", Source.Origin, (c, Source.Channel), (y, 2 * Source.Row), (x, 2)));
            writer.Line(Declare("t", "target", Target.Origin, (c, Target.Channel), (y, Target.Row), (x, 1)));
            var combine = Geometry.IsMax ? "Max" : "Add";
            writer.Line($"{width.Float} v = {width.Type}.{combine}({width.Load("s", 0)}, {width.Load("s", Source.Row)});");
            writer.Line(PairPooling.Emit(width, Geometry.IsMax ? FusedPool.Max : FusedPool.Average, "v"));
            Func<VectorWidth, string> half = narrow => Factor.Length == 0 ? "VectorLanes.Even(v)" : $"({Mean(narrow, "VectorLanes.Even(v)")})";
            LaneStore.EmitHalf(writer, width, half, "t", 0);
        });
    }
}
