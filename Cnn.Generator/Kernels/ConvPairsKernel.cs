using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Convolution of adjacent windows whose outputs are computed in pairs, one below the other, see <see cref="RowPairs"/>: the rows that a band of
/// pairs reads are transformed, which all output channels and columns of the kernel then share.
/// </summary>
/// <param name="Pairs">The transform of a column of the kernel.</param>
/// <param name="Geometry">The convolution; an even number of rows.</param>
/// <param name="Source">How the source lies, from the corner of its first window on.</param>
/// <param name="Target">How the result lies.</param>
/// <param name="Epilogue">What happens to a sum before it is stored.</param>
/// <param name="Packing">The order of the weights before they are transformed.</param>
/// <param name="HasBias">Whether there is a bias.</param>
/// <param name="Choice">Why it was chosen.</param>
internal abstract record ConvPairsKernel(
    RowPairs Pairs,
    ConvGeometry Geometry,
    TensorView Source,
    TensorView Target,
    Epilogue Epilogue,
    ConvPacking Packing,
    bool HasBias,
    string Choice) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
    [
        Parameter.Reads("source", Geometry.Reads(Source, Geometry.InChannels, Pools)),
        Parameter.Weights("kernels", Region.Run(WeightsLength)),
        Parameter.Weights("weights", Region.Run(Packing.Length)),
        .. Parameter.Where(HasBias, Parameter.Weights("bias", Region.Run(Geometry.OutChannels))),
        Parameter.Writes("target", Geometry.Writes(Target, Geometry.OutChannels, Pools)),
        Parameter.Scratch("scratch", ScratchLength),
    ];

    public override bool CanShare => true;

    public override string Reason => Choice;

    public override IReadOnlyList<IKernelHelpers> Helpers => [SumsAndDifferences.Instance];

    /// <summary>Gets the floats of the transformed weights.</summary>
    public int WeightsLength => Packing.Length / Pairs.Taps * Pairs.Weights.Count;

    /// <summary>Gets the memory for the transformed rows of a band.</summary>
    public int ScratchLength => PairsOfABand * PairStride;

    /// <summary>Gets what transforms the weights.</summary>
    public RowPairWeightsKernel WeightsTransform => new(Pairs, Packing.Segments.Select(RunOf).ToEquatableArray());

    /// <summary>Gets the pairs of rows that are transformed together.</summary>
    protected abstract int PairsOfABand { get; }

    protected bool Pools => Epilogue.Pool != FusedPool.None;

    protected int Height => Geometry.Grid(Pools).Height;

    protected int Width => Geometry.Grid(Pools).Width;

    /// <summary>Gets a value indicating whether each channel of the source has rows of its own.</summary>
    protected bool IsPlanar => Source.Order == VolumeLayout.Chw;

    /// <summary>Gets the floats of a transformed row.</summary>
    protected int RowLength
    {
        get
        {
            var columns = Width - 1 + Geometry.KernelWidth;
            return IsPlanar ? columns : columns * Geometry.InChannels;
        }
    }

    /// <summary>Gets the floats from the transformed rows of a channel to those of the next one.</summary>
    protected int PlaneStride => Pairs.Products * RowLength;

    /// <summary>Gets the floats from the transformed rows of a pair to those of the next one.</summary>
    protected int PairStride => Planes * PlaneStride;

    /// <summary>Gets the planes of a pair: channels that have rows of their own, or one for all.</summary>
    protected int Planes => IsPlanar ? Geometry.InChannels : 1;

    /// <summary>Whether a source lies so that the elements which a row of the kernel meets follow each other.</summary>
    public static bool Reads(TensorLayout source) => source.Order == VolumeLayout.Chw || source.Pixel == source.Volume.Channels;

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        var (scope, y) = TileLoop.Open(body, "y", Height, 2 * PairsOfABand, IsShared);
        using (scope)
        {
            var memory = "scratch";
            if (IsShared)
            {
                memory = "rows";
                body.Refer(memory, new Place($"turns.Scratch(ref scratch, {ScratchLength})", 0));
            }

            EmitSource(body, width, y, memory);
            EmitTiles(body, width, y, memory);
        }
    }

    /// <summary>Prints the tiles of a band.</summary>
    protected abstract void EmitTiles(KernelBody body, VectorWidth width, string y, string memory);

    /// <summary>The weights of a segment that products read: their name, where they begin, and the floats of a block and of a kernel's rows.</summary>
    protected (string Name, int Offset, int BlockStride, int Rows) WeightsOf(ConvSegment segment, bool areTransformed) => areTransformed
        ? ("kernels", segment.Offset / Pairs.Taps * Pairs.Weights.Count, segment.BlockStride / Pairs.Taps * Pairs.Weights.Count, Pairs.Weights.Count)
        : ("weights", segment.Offset, segment.BlockStride, Pairs.Taps);

    /// <summary>The rows of a segment's kernels.</summary>
    protected abstract RowRun RunOf(ConvSegment segment);

    /// <summary>An index of the grid as one of pooled pixels.</summary>
    protected string Pooled(string index) => index.Length == 0 || !Pools ? index : $"({index} / 2)";

    private void EmitSource(KernelBody body, VectorWidth width, string y, string memory)
    {
        Repeat(body, "pair", PairsOfABand, pair => Repeat(body, "c", Planes, c =>
        {
            using (body.Open())
            {
                body.Add(Declare("s", "source", 0, (c, Source.Channel), (y, Source.Row), (pair, 2 * Source.Row)));
                body.Add(Declare("t", memory, 0, (pair, PairStride), (c, PlaneStride)));
                Pairs.EmitSource(body, width, "s", Source.Row, "t", RowLength);
            }
        }));
    }
}
