using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Turns factor x factor channels to as many pixels, or back. Planes: rows of as many channels interleave. Channels innermost: those of
/// a pixel are a matrix to be transposed.
/// </summary>
/// <param name="Factor">The enlargement in both directions.</param>
/// <param name="Deep">How the volume with many channels lies.</param>
/// <param name="Wide">How the volume with many pixels lies.</param>
/// <param name="IsBackward">Whether pixels are turned to channels.</param>
internal sealed record PixelShuffleKernel(int Factor, TensorLayout Deep, TensorLayout Wide, bool IsBackward) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
        [Parameter.Reads("source", IsBackward ? Wide : Deep), Parameter.Writes("target", IsBackward ? Deep : Wide)];

    public override bool HasWidths => false;

    public override string Reason => "each block of channels and pixels is transposed";

    private (string Deep, string Wide) Ends => IsBackward ? ("target", "source") : ("source", "target");

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        if (Deep.Order == VolumeLayout.Chw)
            EmitPlanes(body);
        else
            EmitPixels(body);
    }

    private void EmitPlanes(KernelBody body)
    {
        using (body.For("c", Wide.Volume.Channels))
        using (body.For("y", Deep.Volume.Height))
        using (body.For("ky", Factor))
        {
            body.Add(Declare(
                "deep",
                Ends.Deep,
                Deep.Origin,
                ("c", Factor * Factor * Deep.Channel),
                ("ky", Factor * Deep.Channel),
                ("y", Deep.Row)));
            body.Add(Declare("wide", Ends.Wide, Wide.Origin, ("c", Wide.Channel), ("y", Factor * Wide.Row), ("ky", Wide.Row)));
            body.Add(IsBackward
                ? new Call("Blocks.Transpose", ["ref wide", Factor, Deep.Volume.Width, Factor, "ref deep", Deep.Channel])
                : new Call("Blocks.Transpose", ["ref deep", Deep.Channel, Factor, Deep.Volume.Width, "ref wide", Factor]));
        }
    }

    private void EmitPixels(KernelBody body)
    {
        using (body.For("y", Deep.Volume.Height))
        using (body.For("x", Deep.Volume.Width))
        using (body.For("ky", Factor))
        {
            body.Add(Declare("deep", Ends.Deep, Deep.Origin, ("y", Deep.Row), ("x", Deep.Pixel), ("ky", Factor)));
            body.Add(Declare(
                "wide", Ends.Wide, Wide.Origin, ("y", Factor * Wide.Row), ("ky", Wide.Row), ("x", Factor * Wide.Pixel)));
            body.Add(IsBackward
                ? new Call("Blocks.Transpose", ["ref wide", Wide.Pixel, Factor, Wide.Volume.Channels, "ref deep", Factor * Factor])
                : new Call("Blocks.Transpose", ["ref deep", Factor * Factor, Wide.Volume.Channels, Factor, "ref wide", Wide.Pixel]));
        }
    }
}
