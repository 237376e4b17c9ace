using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>The gradient of a bias: each channel of a gradient summed up over all pixels, added to what is there.</summary>
internal sealed record ChannelSumsKernel(int Height, int Width, int Channels, TensorView Gradient) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
        [Parameter.Reads("gradient", Region.Grid(Gradient, Height, Width, Channels)), Parameter.Accumulates("bias", Region.Run(Channels))];

    public override bool HasWidths => false;

    public override string Reason => "sums up each channel over all pixels";

    public override void Build(KernelBody body, VectorWidth width, int part) => body.Add(
        Gradient.Order == VolumeLayout.Hwc
            ? new Call("ChannelSums.AddPixels", ["ref gradient", Height, Width, Gradient.Row, Gradient.Pixel, Channels, "ref bias"])
            : new Call("ChannelSums.AddPlanes", ["ref gradient", Height, Width, Gradient.Row, Gradient.Channel, Channels, "ref bias"]));
}
