using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;

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
    /// <summary>Gets the outputs of a block, whose weights lie one behind the other, [input][output]; 0 where all outputs are one.</summary>
    public int Block { get; init; }

    /// <summary>Gets the number of blocks.</summary>
    public int BlockCount => Block == 0 ? 1 : (Outputs + Block - 1) / Block;

    /// <summary>Gets the floats of a row, or of the rows of all blocks.</summary>
    public int Pitch => Block == 0 ? Padded(Outputs) : BlockCount * Block;

    public int BiasOffset => Inputs * Pitch;

    /// <summary>Gets the parameters of a kernel that computes the layer for one sample.</summary>
    public EquatableArray<Parameter> OfSample =>
        [Parameter.Reads("source", Region.Run(Inputs)), Parameter.Weights("weights", Region.Run(Length)), Parameter.Writes("target", Region.Run(Outputs))];

    public override int Length => BiasOffset + (HasBias ? Pitch : 0);

    /// <summary>
    /// A row of so many columns, padded to whole cache lines where it is longer than one: a vector of 512 bits that lies across two takes
    /// twice as long to load. A shorter one goes in vectors of half as many.
    /// </summary>
    public static int Padded(int columns) =>
        Tiling.RoundUp(columns, columns > Machine.Usual.LineFloats ? Machine.Usual.LineFloats : VectorWidth.V256.Lanes);

    /// <summary>The block of which the outputs leave the least of the last one empty.</summary>
    private static int BestBlock(int outputs) => DenseThresholds.Blocks.OrderBy(block => Tiling.RoundUp(outputs, block)).First();

    /// <summary>The same in blocks, where the weights come from far.</summary>
    public DensePacking InBlocks() => Inputs * Padded(Outputs) >= DenseThresholds.FarWeights && Outputs > BestBlock(Outputs) ? this with { Block = BestBlock(Outputs) } : this;

    public override EquatableArray<PackedBlock> Blocks(ParameterSpec parameter) => parameter.Suffix == "bias"
        ? [new PackedBlock(0, BiasOffset, [new PackedAxis(Outputs, 1, 1)])]
        : Block == 0 ? [Weights(0, 1, Outputs, Pitch)]
        : Outputs % Block == 0 ? [Weights(0, BlockCount, Block, Block)]
        : [Weights(0, BlockCount - 1, Block, Block), Weights(BlockCount - 1, 1, Outputs % Block, Block)];

    /// <summary>Blocks from one on, each of so many outputs.</summary>
    private PackedBlock Weights(int first, int count, int outputs, int pitch) => new(
        first * Block * Inputs,
        first * Block * Inputs,
        [
            new PackedAxis(count, outputs * Inputs, pitch * Inputs),
            new PackedAxis(outputs, Inputs, 1),
            new PackedAxis(Source.Volume.Height, Canonical.Row, Source.Row * pitch),
            new PackedAxis(Source.Volume.Width, Canonical.Pixel, Source.Pixel * pitch),
            new PackedAxis(Source.Volume.Channels, Canonical.Channel, Source.Channel * pitch),
        ]);
}
