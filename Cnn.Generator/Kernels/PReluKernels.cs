using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>A leaky rectifier with trained slopes, forward or, in place on the gradient, backward.</summary>
/// <param name="Layout">How source and target lie: dense.</param>
/// <param name="PerChannel">Whether every channel has its slope.</param>
/// <param name="IsBackward">Whether it is the backward pass, which adds to the gradients of the slopes.</param>
internal sealed record PReluKernel(TensorLayout Layout, bool PerChannel, bool IsBackward) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Layout),
        IsBackward ? Parameter.Accumulates("target", Layout) : Parameter.Writes("target", Layout),
        Parameter.Weights("weights", Slopes),
        .. Parameter.Where(IsBackward, Parameter.Accumulates("gradients", Slopes)),
    ];

    public override bool HasWidths => false;

    public override string Reason => PerChannel ? "each channel with its slope" : "one slope for all";

    private Region Slopes => Region.Run(PerChannel ? Layout.Volume.Channels : 1);

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var suffix = IsBackward ? "Backward" : "";
        var channels = Layout.Volume.Channels;
        var pixels = Layout.Volume.Height * Layout.Volume.Width;
        CallArgument[] gradient = IsBackward ? ["ref gradients"] : [];
        if (!PerChannel)
        {
            body.Add(new Call($"Elementwise.PRelu{suffix}", ["ref source", "ref target", Layout.Length, "ref weights", .. gradient]));
            return;
        }

        if (Layout.Order == VolumeLayout.Hwc)
        {
            body.Add(new Call(
                $"Elementwise.PReluChannels{suffix}", ["ref source", "ref target", "ref weights", .. gradient, channels, pixels]));
            return;
        }

        using (body.For("c", channels))
        {
            body.Add(Declare("s", "source", 0, ("c", Layout.Channel)));
            body.Add(Declare("t", "target", 0, ("c", Layout.Channel)));
            CallArgument[] own = IsBackward ? ["ref Add(ref gradients, c)"] : [];
            body.Add(new Call($"Elementwise.PRelu{suffix}", ["ref s", "ref t", pixels, "ref Add(ref weights, c)", .. own]));
        }
    }
}
