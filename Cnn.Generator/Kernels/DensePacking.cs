using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Kernels;

/// <summary>
/// The order of a dense layer's weights: [input][output], outputs padded with zeros, the padded bias behind. The rows
/// follow the order in which the input lies, the canonical columns the declared order.
/// </summary>
/// <param name="Inputs">Inputs.</param>
/// <param name="Outputs">Outputs.</param>
/// <param name="HasBias">Whether a bias stands behind the weights.</param>
/// <param name="Source">How the input lies.</param>
/// <param name="Canonical">How it would lie in the declared order.</param>
internal sealed record DensePacking(int Inputs, int Outputs, bool HasBias, TensorLayout Source, TensorLayout Canonical) : WeightPacking
{
    /// <summary>Gets the floats of a row.</summary>
    public int Pitch => Padded(Outputs);

    public int BiasOffset => Inputs * Pitch;

    public override int Length => BiasOffset + (HasBias ? Pitch : 0);

    /// <summary>
    /// A row of so many columns, padded to whole cache lines where it is longer than one: a vector of 512 bits that lies across two takes
    /// twice as long to load. A shorter one goes in vectors of half as many.
    /// </summary>
    public static int Padded(int columns) =>
        Tiling.RoundUp(columns, columns > TapLoops.FloatsOfALine ? TapLoops.FloatsOfALine : VectorWidth.V256.Lanes);

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
