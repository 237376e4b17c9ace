using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Gives each element to all taps of its window: the backward pass of a mean, divided as the mean was, and the repetition of
/// elements by upsampling. <see cref="Target"/> has room for the border that the windows reach.
/// </summary>
internal sealed record SpreadKernel(PoolGeometry Geometry, TensorLayout Source, TensorLayout Target) : WindowKernel(Geometry)
{
    public override EquatableArray<Parameter> Parameters =>
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

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        if (!Geometry.Covers)
            writer.Line($"Blocks.Fill(ref target, {Target.Length}, 0f);");
        if (ByPairs)
        {
            EmitPairs(writer, width);
            return;
        }

        EmitOutputs(writer, (y, x) =>
        {
            writer.Line(Declare("s", "source", Source.Origin, (y, Source.Row), (x, Source.Pixel)));
            writer.Line(DeclareWindow("t", "target", Target, y, x));
            if (IsUneven)
                writer.Line(DeclareScale(y, x));
            if (AcrossChannels)
                EmitVectors(writer, Fitting(width, Geometry.Input.Channels));
            else
                EmitScalars(writer);
        });
    }

    private void EmitVectors(CodeWriter writer, VectorWidth width) =>
        ChannelVectors.Emit(writer, width, Geometry.Input.Channels, !Geometry.IsDisjoint, (c, mask) =>
        {
            var share = Mean(width, width.LoadAt("s", Offset(0, (c, 1))));
            writer.Line($"{width.Float} d = {(mask.Length == 0 ? share : $"({share}) & {mask}")};");
            EmitTaps(writer, unroll: true, tap =>
            {
                var place = Place(tap, Target, c);
                var sum = Geometry.IsDisjoint ? "d" : width.LoadAt("t", place) + " + d";
                writer.Line(width.StoreAt(sum, "t", place));
            });
        });

    private void EmitScalars(CodeWriter writer)
    {
        using (writer.Block($"for (int c = 0; c < {Geometry.Input.Channels}; c++)"))
        {
            writer.Line($"float d = {Mean($"Add(ref s, {Offset(0, ("c", Source.Channel))})")};");
            writer.Line(Declare("p", "t", 0, ("c", Target.Channel)));
            EmitTaps(writer, unroll: false, tap =>
                writer.Line($"Add(ref p, {Place(tap, Target)}) {(Geometry.IsDisjoint ? "=" : "+=")} d;"));
        }
    }

    private void EmitPairs(CodeWriter writer, VectorWidth width)
    {
        PairTiles.Emit(writer, width, Geometry, IsShared, (c, y, x) =>
        {
            writer.Line(Declare("s", "source", Source.Origin, (c, Source.Channel), (y, Source.Row), (x, 1)));
            writer.Line(Declare("t", "target", Target.Origin, (c, Target.Channel), (y, 2 * Target.Row), (x, 2)));
            writer.Line($"{width.Float} d = {Mean(width, PairTiles.Twice(width, "s"))};");
            writer.Line(width.Store("d", "t", 0));
            writer.Line(width.Store("d", "t", Target.Row));
        });
    }
}
