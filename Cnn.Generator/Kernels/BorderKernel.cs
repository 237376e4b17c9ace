using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Fills the border of a buffer, and nothing else where that is simpler than filling the whole: zeros for sums, minus infinity for maxima.
/// </summary>
internal sealed record BorderKernel(TensorLayout Target) : Kernel
{
    public override EquatableArray<Parameter> Parameters => [Parameter.Writes("target", Region.Border(Target))];

    public override bool HasWidths => false;

    public override string Reason => "fills the border that the window reads beyond the volume";

    private string Value => Target.BorderIsMinusInfinity ? "float.NegativeInfinity" : "0f";

    public override void EmitBody(CodeWriter writer, VectorWidth width, int part)
    {
        var planar = Target.Order == VolumeLayout.Chw;
        var (channelScope, c) = Loop(writer, "c", planar ? Target.Volume.Channels : 1);
        using (channelScope)
        {
            writer.Line(Declare("plane", "target", 0, (c, Target.Channel)));
            var before = Target.Origin;
            var live = planar ? Target.Volume.Width : Target.Volume.Width * Target.Pixel;
            var gap = Target.Row - live;
            var planeLength = planar ? Target.Channel : Target.Length;
            Fill(writer, "plane", 0, before);
            if (gap > 0 && Target.Volume.Height > 1)
            {
                using (writer.Block($"for (int y = 0; y < {Target.Volume.Height - 1}; y++)"))
                {
                    writer.Line(Declare("row", "plane", before + live, ("y", Target.Row)));
                    Fill(writer, "row", 0, gap);
                }
            }

            var end = before + ((Target.Volume.Height - 1) * Target.Row) + live;
            Fill(writer, "plane", end, planeLength - end);
        }
    }

    private void Fill(CodeWriter writer, string reference, int offset, int length)
    {
        if (length > 0)
            writer.Line($"Blocks.Fill({At(reference, offset)}, {length}, {Value});");
    }
}
