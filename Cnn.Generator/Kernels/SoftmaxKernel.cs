using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Softmax or its logarithm over a vector or over the channels of each pixel; forward, or backward from the output, in place on the
/// gradient.
/// </summary>
/// <param name="Layout">How source and target lie: dense.</param>
/// <param name="IsVector">Whether all elements belong together.</param>
/// <param name="IsLog">Whether it is the logarithm.</param>
/// <param name="IsBackward">Whether it is the backward pass.</param>
internal sealed record SoftmaxKernel(TensorLayout Layout, bool IsVector, bool IsLog, bool IsBackward) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
        [Parameter.Reads("source", Layout), IsBackward ? Parameter.Accumulates("target", Layout) : Parameter.Writes("target", Layout)];

    public override bool HasWidths => false;

    public override string Reason => IsBackward ? "from the output, in place" : "largest element subtracted first";

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var name = (IsLog ? "LogSoftmax." : "Softmax.") + (IsBackward ? "Backward" : "Forward");
        if (IsVector)
        {
            body.Add(new Call(name, ["ref source", "ref target", Layout.Length]));
            return;
        }

        var channels = Layout.Volume.Channels;
        var pixels = Layout.Volume.Height * Layout.Volume.Width;
        body.Add(Layout.Order == VolumeLayout.Hwc
            ? new Call($"{name}Channels", ["ref source", channels, "ref target", channels, channels, pixels])
            : new Call($"{name}Planes", ["ref source", pixels, "ref target", pixels, channels, pixels]));
    }
}
