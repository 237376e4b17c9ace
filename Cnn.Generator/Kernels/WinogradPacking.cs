using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The order of a Winograd convolution's weights, canonically [out, in, point, point]: for each point a matrix of output and input channels in
/// the order in which a product reads it, then the bias.
/// </summary>
/// <param name="Tiling">The convolution.</param>
/// <param name="HasBias">Whether there is a bias.</param>
internal sealed record WinogradPacking(WinogradTiling Tiling, bool HasBias) : WeightPacking
{
    /// <summary>Gets the floats from one point to the next.</summary>
    public int PointStride => Tiling.Packing.Length;

    public int BiasOffset => Tiling.WeightsLength;

    public override int Length => checked(BiasOffset + (HasBias ? Tiling.OutChannels : 0));

    /// <summary>A weight as inference keeps it: with the points of a tile in place of the taps of a kernel.</summary>
    public ParameterSpec Transformed(ParameterSpec weight) => weight with
    {
        Dimensions = [Tiling.OutChannels, Tiling.InChannels, Tiling.Transform.Points, Tiling.Transform.Points],
    };

    public override EquatableArray<PackedBlock> Blocks(ParameterSpec parameter)
    {
        if (parameter.Suffix == "bias")
            return [new PackedBlock(0, BiasOffset, [new PackedAxis(Tiling.OutChannels, 1, 1)])];
        var filter = Tiling.InChannels * Tiling.Points;
        return Tiling.Packing.Segments.Select(segment => new PackedBlock(
            segment.First * filter,
            segment.Offset,
            [
                new PackedAxis(Tiling.Points, 1, PointStride),
                new PackedAxis(segment.Blocks, segment.Lanes * filter, segment.BlockStride),
                new PackedAxis(segment.Lanes, filter, 1),
                new PackedAxis(Tiling.InChannels, Tiling.Points, segment.Channel),
            ])).ToEquatableArray();
    }
}
