using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Fills the border of a buffer, and nothing else where that is simpler than filling the whole: zeros for sums, minus infinity for maxima.
/// </summary>
internal sealed record BorderKernel(TensorLayout Target) : Kernel
{
    protected override EquatableArray<Parameter> State() => [Parameter.Writes("target", Region.Border(Target))];

    public override bool HasWidths => false;

    public override string Reason => "fills the border that the window reads beyond the volume";

    private string Value => Target.BorderIsMinusInfinity ? "float.NegativeInfinity" : "0f";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var planar = Target.Order == VolumeLayout.Chw;
        var (channelScope, c) = Loop(body, "c", planar ? Target.Volume.Channels : 1);
        using (channelScope)
        {
            body.Add(Declare("plane", "target", 0, (c, Target.Channel)));
            var before = Target.Origin;
            var live = planar ? Target.Volume.Width : Target.Volume.Width * Target.Pixel;
            var gap = Target.Row - live;
            var planeLength = planar ? Target.Channel : Target.Length;
            Fill(body, "plane", 0, before);
            if (gap > 0 && Target.Volume.Height > 1)
            {
                using (body.For("y", Target.Volume.Height - 1))
                {
                    body.Add(Declare("row", "plane", before + live, ("y", Target.Row)));
                    Fill(body, "row", 0, gap);
                }
            }

            var end = before + ((Target.Volume.Height - 1) * Target.Row) + live;
            Fill(body, "plane", end, planeLength - end);
        }
    }

    private void Fill(KernelBody body, string reference, int offset, int length)
    {
        if (length > 0)
            body.Call("Blocks.Fill", At(reference, offset), length, Value);
    }
}
