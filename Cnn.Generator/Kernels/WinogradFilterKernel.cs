using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Transforms the weights of a 3x3 convolution, vectorised across output channels, into those of its Winograd convolution: once a step of
/// training, which changes them.
/// </summary>
/// <param name="Tiling">The Winograd convolution.</param>
internal sealed record WinogradFilterKernel(WinogradTiling Tiling) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
        [Parameter.Weights("source", Region.Run(Direct.Length)), Parameter.Writes("target", Region.Run(Tiling.WeightsLength))];

    public override bool HasWidths => false;

    public override string Reason => "transforms the kernels for a Winograd convolution";

    /// <summary>Gets the order of the weights before.</summary>
    private ConvPacking Direct => ConvPacking.ByOutputChannel(Tiling.Convolution, VolumeLayout.Hwc);

    /// <remarks>Within a block of output channels both orders have the input channels, and within these the lanes, without a gap.</remarks>
    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        foreach (var (from, to) in Direct.Segments.Zip(Tiling.Packing.Segments, (from, to) => (from, to)))
        {
            var (points, plane) = (Text.Number(Tiling.Transform.Points), Text.Number(Tiling.Packing.Length));
            body.Add(
                new Call(
                    "WinogradFilter.Transform",
                    [At("source", from.Offset), At("target", to.Offset), points, Text.Number(to.Blocks), Text.Number(to.BlockStride), plane]));
        }
    }
}
