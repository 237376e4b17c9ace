using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The order of a dense layer's weights: [input][output], outputs padded to a multiple of eight, the padded bias behind. The rows
/// follow the order in which the input lies, the canonical columns the declared order.
/// </summary>
/// <param name="Inputs">Inputs.</param>
/// <param name="Outputs">Outputs.</param>
/// <param name="HasBias">Whether a bias stands behind the weights.</param>
/// <param name="Source">How the input lies.</param>
/// <param name="Canonical">How it would lie in the declared order.</param>
internal sealed record DensePacking(int Inputs, int Outputs, bool HasBias, TensorLayout Source, TensorLayout Canonical) : WeightPacking
{
    public int Pitch => Tiling.RoundUp(Outputs, 8);

    public int BiasOffset => Inputs * Pitch;

    public override int Length => BiasOffset + (HasBias ? Pitch : 0);

    public override EquatableArray<PackedBlock> Blocks(ParameterSpec parameter) => parameter.Suffix == "bias"
        ? [new PackedBlock(0, BiasOffset, [new PackedAxis(Outputs, 1, 1)])]
        :
        [
            new PackedBlock(
                0,
                0,
                [
                    new PackedAxis(Outputs, Inputs, 1),
                    new PackedAxis(Source.Volume.Height, Canonical.Row, Source.Row * Pitch),
                    new PackedAxis(Source.Volume.Width, Canonical.Pixel, Source.Pixel * Pitch),
                    new PackedAxis(Source.Volume.Channels, Canonical.Channel, Source.Channel * Pitch),
                ]),
        ];
}
