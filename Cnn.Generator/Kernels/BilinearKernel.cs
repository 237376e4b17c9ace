using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>Bilinear upsampling, or its backward pass: the same weights, added up the other way.</summary>
/// <param name="Layer">The scales.</param>
/// <param name="Small">How the small volume, or its gradient, lies.</param>
/// <param name="Large">How the large volume, or its gradient, lies.</param>
/// <param name="IsBackward">Whether the gradient of the small one is computed.</param>
internal sealed record BilinearKernel(UpsampleLayer Layer, TensorLayout Small, TensorLayout Large, bool IsBackward) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
        IsBackward
            ? [Parameter.Reads("source", Large), Parameter.Writes("target", Small).Clearing(Region.Run(Small.Length))]
            : [Parameter.Reads("source", Small), Parameter.Writes("target", Large)];

    public override bool HasWidths => false;

    public override string Reason => IsPlanar ? "rows first, vectorised along them, then columns" : "vectorised across channels";

    private bool IsPlanar => Small.Order == VolumeLayout.Chw;

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var (source, target) = IsBackward ? (Large, Small) : (Small, Large);
        var v = Small.Volume;
        if (IsBackward)
            body.Call("Blocks.Fill", "ref target", target.Length, "0f");
        var method = (IsPlanar ? "Planes" : "Pixels") + (IsBackward ? "Backward" : "");
        var (sourceStep, targetStep) = IsPlanar ? (source.Channel, target.Channel) : (source.Pixel, target.Pixel);
        body.Add(new Call(
            $"Bilinear.{method}",
            [At("source", source.Origin), source.Row, sourceStep, At("target", target.Origin), target.Row, targetStep, v.Height, v.Width, v.Channels, Layer.ScaleHeight, Layer.ScaleWidth, Layer.AlignCorners ? "true" : "false"]));
    }
}
