using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Shapes;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Gives each element to all taps of its window: the backward pass of a mean, divided as the mean was, and the repetition of
/// elements by upsampling. <see cref="Target"/> has room for the border that the windows reach.
/// </summary>
internal sealed record SpreadKernel(PoolGeometry Geometry, TensorLayout Source, TensorLayout Target) : WindowKernel(Geometry)
{
    protected override EquatableArray<Parameter> State() =>
        [Parameter.Reads("source", Source), Parameter.Writes("target", Region.Volume(Target).And(Windows(Target))).Clearing(Unreached(Target))];

    public override bool HasWidths => AcrossChannels || ByPairs;

    /// <summary>Gets a value indicating whether no two windows write the same element.</summary>
    public override bool CanShare => Geometry.IsDisjoint && Geometry.Covers;

    public override string Reason => AcrossChannels
        ? "vectorised across channels"
        : ByPairs ? "vectorised across the width" : "one element at a time";

    private bool AcrossChannels =>
        Source.Order == VolumeLayout.Hwc && Target.Order == VolumeLayout.Hwc && FillVectors(Geometry.Input.Channels);

    private bool ByPairs => Source.Order == VolumeLayout.Chw && Target.Order == VolumeLayout.Chw && Target.Pixel == 1
        && Geometry.IsPairs && !IsUneven && Geometry.OutWidth >= 4;

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        if (!Geometry.Covers)
            body.Call("Blocks.Fill", "ref target", Target.Length, "0f");
        if (ByPairs)
        {
            EmitPairs(body, width);
            return;
        }

        EmitOutputs(body, (y, x) =>
        {
            body.Add(Declare("s", "source", Source.Origin, (y, Source.Row), (x, Source.Pixel)));
            body.Add(DeclareWindow("t", "target", Target, y, x));
            if (IsUneven)
                body.Add(DeclareScale(y, x));
            if (AcrossChannels)
                EmitVectors(body, Fitting(width, Geometry.Input.Channels));
            else
                EmitScalars(body);
        });
    }

    private void EmitVectors(KernelBody body, VectorWidth width) =>
        ChannelVectors.Emit(body, width, Geometry.Input.Channels, !Geometry.IsDisjoint, (c, mask) =>
        {
            var share = Mean(width, width.LoadAt("s", Distance(0, (c, 1))));
            body.Declare(width.Local, "d", mask.Length == 0 ? share : $"({share}) & {mask}");
            EmitTaps(body, unroll: true, tap =>
            {
                var place = Place(tap, Target, c);
                var sum = Geometry.IsDisjoint ? "d" : width.LoadAt("t", place) + " + d";
                body.Add(width.StoreAt(sum, "t", place));
            });
        });

    private void EmitScalars(KernelBody body)
    {
        using (body.For("c", Geometry.Input.Channels))
        {
            body.Declare(LocalType.Float, "d", Mean($"Add(ref s, {Distance(0, ("c", Source.Channel))})"));
            body.Add(Declare("p", "t", 0, ("c", Target.Channel)));
            EmitTaps(body, unroll: false, tap =>
                body.Add(new Assignment($"Add(ref p, {Place(tap, Target)})", "d", !Geometry.IsDisjoint)));
        }
    }

    private void EmitPairs(KernelBody body, VectorWidth width)
    {
        PairTiles.Emit(body, width, Geometry, IsShared, (c, y, x) =>
        {
            body.Add(Declare("s", "source", Source.Origin, (c, Source.Channel), (y, Source.Row), (x, 1)));
            body.Add(Declare("t", "target", Target.Origin, (c, Target.Channel), (y, 2 * Target.Row), (x, 2)));
            body.Declare(width.Local, "d", Mean(width, PairTiles.Twice(width, "s")));
            body.Add(width.Store("d", "t", 0));
            body.Add(width.Store("d", "t", Target.Row));
        });
    }
}
