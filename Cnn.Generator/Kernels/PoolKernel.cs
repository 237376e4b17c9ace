using System;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Shapes;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Pooling by itself: across channels where they are innermost, by pairs of lanes for planar 2x2 windows, else along the rows of a
/// plane. The source carries the border that its windows read.
/// </summary>
internal sealed record PoolKernel(PoolGeometry Geometry, TensorLayout Source, TensorLayout Target) : WindowKernel(Geometry)
{
    protected override EquatableArray<Parameter> State() => [Parameter.Reads("source", Windows(Source)), Parameter.Writes("target", Target)];

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

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        if (ByPairs)
            EmitPairs(body, width);
        else if (ByRows)
            EmitRows(body);
        else
            EmitPixels(body, width);
    }

    private void EmitPixels(KernelBody body, VectorWidth width) => EmitOutputs(body, (y, x) =>
    {
        body.Add(DeclareWindow("s", "source", Source, y, x));
        body.Add(Declare("t", "target", Target.Origin, (y, Target.Row), (x, Target.Pixel)));
        if (IsUneven)
            body.Add(DeclareScale(y, x));
        var channels = Geometry.Input.Channels;
        if (AcrossChannels)
            ChannelVectors.Emit(body, Fitting(width, channels), channels, c => EmitWindow(body, Fitting(width, channels), c));
        else
            EmitScalars(body);
    });

    private void EmitWindow(KernelBody body, VectorWidth width, string channel)
    {
        var first = IsUnrolled;
        if (!first)
            body.Declare(width.Local, "v", Geometry.IsMax ? $"{width.Type}.Create(float.NegativeInfinity)" : width.Zero);
        EmitTaps(body, unroll: true, tap =>
        {
            var value = width.LoadAt("s", Place(tap, Source, channel));
            body.Add(first
                ? new Declaration(width.Local, [new LocalVariable("v", value)])
                : Geometry.IsMax ? new Assignment("v", width.Max("v", value)) : new Assignment("v", value, IsAdded: true));
            first = false;
        });
        body.Add(width.StoreAt(Mean(width, "v"), "t", Distance(0, (channel, 1))));
    }

    private void EmitScalars(KernelBody body)
    {
        using (body.For("c", Geometry.Input.Channels))
        {
            body.Add(Declare("p", "s", 0, ("c", Source.Channel)));
            body.Declare(LocalType.Float, "v", Geometry.IsMax ? "float.NegativeInfinity" : "0f");
            EmitTaps(body, unroll: false, tap =>
            {
                var value = $"Add(ref p, {Place(tap, Source)})";
                body.Add(Geometry.IsMax ? new Assignment("v", $"global::System.MathF.Max(v, {value})") : new Assignment("v", value, IsAdded: true));
            });
            body.Assign($"Add(ref t, {Distance(0, ("c", Target.Channel))})", Mean("v"));
        }
    }

    private void EmitRows(KernelBody body)
    {
        var (channelScope, c) = Loop(body, "c", Geometry.Input.Channels, IsShared);
        using (channelScope)
        {
            var (rowScope, y) = Loop(body, "y", Geometry.OutHeight);
            using (rowScope)
            {
                body.Add(Declare("s", "source", Corner(Source), (c, Source.Channel), (y, Window.StrideHeight * Source.Row)));
                body.Add(Declare("t", "target", Target.Origin, (c, Target.Channel), (y, Target.Row)));
                CallArgument[] scale = Geometry.IsMax ? [] : [Geometry.IsSum || IsUneven ? "1f" : Factor];
                body.Add(new Call(
                    $"PoolingRows.{(Geometry.IsMax ? "Max" : "Sum")}",
                    ["ref s", Window.DilationHeight * Source.Row, Window.KernelHeight, Window.KernelWidth, Window.DilationWidth, Window.StrideWidth, "ref t", Geometry.OutWidth, .. scale]));
                if (!IsUneven)
                    return;
                using (body.For("x", Geometry.OutWidth))
                {
                    body.Add(DeclareScale(y, "x"));
                    body.Raw("Add(ref t, x) *= scale;");
                }
            }
        }
    }

    private void EmitPairs(KernelBody body, VectorWidth width)
    {
        PairTiles.Emit(body, width, Geometry, IsShared, (c, y, x) =>
        {
            body.Add(Declare("s", "source", Source.Origin, (c, Source.Channel), (y, 2 * Source.Row), (x, 2)));
            body.Add(Declare("t", "target", Target.Origin, (c, Target.Channel), (y, Target.Row), (x, 1)));
            var combine = Geometry.IsMax ? "Max" : "Add";
            body.Declare(width.Local, "v", $"{width.Type}.{combine}({width.Load("s", 0)}, {width.Load("s", Source.Row)})");
            body.Add(PairPooling.Emit(width, Geometry.IsMax ? FusedPool.Max : FusedPool.Average, "v"));
            Func<VectorWidth, string> half = narrow => Factor.Length == 0 ? "VectorLanes.Even(v)" : $"({Mean(narrow, "VectorLanes.Even(v)")})";
            LaneStore.EmitHalf(body, width, half, "t", 0);
        });
    }
}
