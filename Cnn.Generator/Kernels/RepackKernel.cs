using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>Copies a volume into another order, or into a buffer with a border. The border is not written.</summary>
internal sealed record RepackKernel(TensorLayout Source, TensorLayout Target) : Kernel
{
    protected override EquatableArray<Parameter> State() => [Parameter.Reads("source", Source), Parameter.Writes("target", Target)];

    public override bool HasWidths => false;

    public override bool CanShare => true;

    public override string Reason => Source.Order == Target.Order
        ? "copies rows into a buffer with the border that the next layer reads"
        : "transposes the order of the channels";

    /// <summary>Gets a value indicating whether a picture's colours come apart.</summary>
    private bool IsThreePlanes =>
        Source is { Order: VolumeLayout.Hwc, Volume.Channels: 3, Pixel: 3 } && Target is { Order: VolumeLayout.Chw, Pixel: 1 };

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var rows = Source.Volume.Height;
        var (outerCount, outerSource, outerTarget, run) = Source.Order == VolumeLayout.Chw
            ? (Source.Volume.Channels, Source.Channel, Target.Channel, Source.Volume.Width)
            : (1, 0, 0, Source.Volume.Width * Source.Volume.Channels);
        if (Source.Order == Target.Order && RunsAreContiguous(Source) && RunsAreContiguous(Target))
        {
            var (outerScope, c) = Loop(body, "c", outerCount, IsShared && outerCount > 1);
            using (outerScope)
            {
                var (rowScope, y) = Loop(body, "y", rows, IsShared && outerCount == 1);
                using (rowScope)
                {
                    body.Add(Declare("s", "source", Source.Origin, (c, outerSource), (y, Source.Row)));
                    body.Add(Declare("t", "target", Target.Origin, (c, outerTarget), (y, Target.Row)));
                    body.Call("Blocks.Copy", "ref s", "ref t", run);
                }
            }

            return;
        }

        if (IsThreePlanes)
            EmitRows(body, new Call("Blocks.SplitThree", ["ref s", Source.Volume.Width, "ref t", Target.Channel]));
        else if (Source.Volume.Channels > CopyThresholds.LongestUnrolledTail && RowMove() is { } move)
            EmitRows(body, move);
        else
            EmitScalar(body);
    }

    private static bool RunsAreContiguous(TensorLayout layout) =>
        layout.Pixel == (layout.Order == VolumeLayout.Hwc ? layout.Volume.Channels : 1);

    /// <summary>The call that moves row s to row t, where one does.</summary>
    private Call? RowMove()
    {
        var v = Source.Volume;
        return (Source.Order, Target.Order) switch
        {
            (VolumeLayout.Hwc, VolumeLayout.Hwc) =>
                new Call("Blocks.CopyRows", ["ref s", Source.Pixel, "ref t", Target.Pixel, v.Channels, v.Width]),
            (VolumeLayout.Hwc, VolumeLayout.Chw) when Target.Pixel == 1 =>
                new Call("Blocks.Transpose", ["ref s", Source.Pixel, v.Width, v.Channels, "ref t", Target.Channel]),
            (VolumeLayout.Chw, VolumeLayout.Hwc) when Source.Pixel == 1 =>
                new Call("Blocks.Transpose", ["ref s", Source.Channel, v.Channels, v.Width, "ref t", Target.Pixel]),
            _ => null,
        };
    }

    private void EmitRows(KernelBody body, Call move)
    {
        var (rowScope, y) = Loop(body, "y", Source.Volume.Height, IsShared);
        using (rowScope)
        {
            body.Add(Declare("s", "source", Source.Origin, (y, Source.Row)));
            body.Add(Declare("t", "target", Target.Origin, (y, Target.Row)));
            body.Add(move);
        }
    }

    private void EmitScalar(KernelBody body)
    {
        var unrolled = Source.Volume.Channels <= CopyThresholds.LongestUnrolledTail;
        var (rowScope, y) = Loop(body, "y", Source.Volume.Height, IsShared);
        using (rowScope)
        {
            var (columnScope, x) = Loop(body, "x", Source.Volume.Width);
            using (columnScope)
            {
                body.Add(Declare("s", "source", Source.Origin, (y, Source.Row), (x, Source.Pixel)));
                body.Add(Declare("t", "target", Target.Origin, (y, Target.Row), (x, Target.Pixel)));
                if (unrolled)
                {
                    for (var channel = 0; channel < Source.Volume.Channels; channel++)
                        body.Assign(Scalar("t", channel * Target.Channel), Scalar("s", channel * Source.Channel));
                    return;
                }

                using (body.For("c", Source.Volume.Channels))
                    body.Assign($"Add(ref t, {Distance(0, ("c", Target.Channel))})", $"Add(ref s, {Distance(0, ("c", Source.Channel))})");
            }
        }
    }
}
