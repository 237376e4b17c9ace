using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Schedules;

/// <summary>
/// How a Winograd convolution cuts its result into tiles, and its tiles into bands that it computes one after the other, so that what it keeps
/// of a band stays in the cache. The last tile of a row, and the last row, overlap those before them.
/// </summary>
/// <param name="Transform">The transforms.</param>
/// <param name="InChannels">Channels of the source, a multiple of eight.</param>
/// <param name="OutChannels">Channels of the result, a multiple of eight.</param>
/// <param name="Height">Rows of the grid, before any pooling.</param>
/// <param name="Width">Columns of the grid.</param>
/// <param name="BandRows">Rows of tiles in a band.</param>
internal sealed record WinogradTiling(
    WinogradTransform Transform, int InChannels, int OutChannels, int Height, int Width, int BandRows)
{
    /// <summary>A cache line between the planes of the points, which would else all fall into one set of the cache.</summary>
    private static readonly int Gap = Machine.Usual.LineFloats;

    public int Rows => (Height + Transform.Outputs - 1) / Transform.Outputs;

    public int Columns => (Width + Transform.Outputs - 1) / Transform.Outputs;

    public int Bands => (Rows + BandRows - 1) / BandRows;

    /// <summary>Gets the points of a tile.</summary>
    public int Points => Transform.Points * Transform.Points;

    /// <summary>Gets the tiles of a band.</summary>
    public int Tiles => BandRows * Columns;

    /// <summary>Gets the floats from one point of the transformed source to the next.</summary>
    public int SourcePlane => (Tiles * InChannels) + Gap;

    /// <summary>Gets the floats from one point of the products to the next.</summary>
    public int ProductPlane => (Tiles * OutChannels) + Gap;

    /// <summary>Gets the floats that it keeps of a band.</summary>
    public long Scratch => Points * (((long)Tiles * (InChannels + OutChannels)) + (2 * Gap));

    /// <summary>Gets the floats of the transformed source, which the products follow.</summary>
    public int SourceFloats => Points * SourcePlane;

    /// <summary>Gets the floats of the transformed weights.</summary>
    public int WeightsLength => checked(Points * Packing.Length);

    /// <summary>The products of all points of a band as a convolution of one row of tiles with kernels of one element.</summary>
    public ConvGeometry Product => new(InChannels, OutChannels, new Window(1, 1, 1, 1, 0, 0, 0, 0), 1, Tiles);

    /// <summary>Gets the direct convolution of which it computes the same.</summary>
    public ConvGeometry Convolution => new(InChannels, OutChannels, new Window(3, 3, Transform.Stride, Transform.Stride, 0, 0, 0, 0), Height, Width);

    /// <summary>Gets the order of the weights of one point.</summary>
    public ConvPacking Packing => ConvPacking.ByOutputChannel(Product, VolumeLayout.Hwc);

    /// <summary>Whether a convolution can be computed so.</summary>
    public static bool Fits(ConvTask task)
    {
        if (task.Groups != 1 || task.Phases.Count != 1)
            return false;
        var geometry = task.Phases[0].Geometry;
        var window = geometry.Window;
        return geometry.KernelHeight == 3
            && geometry.KernelWidth == 3
            && window.StrideHeight == window.StrideWidth
            && WinogradTransform.All.Any(transform => transform.Stride == window.StrideWidth)
            && window.DilationHeight == 1
            && window.DilationWidth == 1
            && geometry.InChannels % 8 == 0
            && geometry.OutChannels % 8 == 0;
    }

    /// <summary>
    /// The tiling of the smallest bands among those that take hardly more than the least time, or null where the grid is smaller than a tile or
    /// the weights would be too large.
    /// </summary>
    public static WinogradTiling? Best(WinogradTransform transform, ConvGeometry geometry, bool isPooled)
    {
        var (height, width) = geometry.Grid(isPooled);
        var weights = (long)transform.Points * transform.Points * geometry.InChannels * geometry.OutChannels;
        if (Math.Min(height, width) < transform.Outputs || weights > (transform.Outputs > 2 ? WinogradThresholds.LargestFastWeights : WinogradThresholds.LargestWeights))
            return null;
        var tilings = new List<WinogradTiling>();
        var rows = (height + transform.Outputs - 1) / transform.Outputs;
        for (var band = 1; band <= rows; band++)
        {
            var tiling = new WinogradTiling(transform, geometry.InChannels, geometry.OutChannels, height, width, band);
            if (tiling.Scratch > WinogradThresholds.LargestScratch)
                break;
            tilings.Add(tiling);
        }

        if (tilings.Count == 0)
            return null;
        var least = tilings.Min(ConvCost.Of);
        return tilings.First(tiling => ConvCost.Of(tiling) <= least * WinogradThresholds.SmallGain);
    }

    /// <summary>The words for the comment: <c>Winograd F(4x4, 3x3): 36 products for 16 outputs</c>.</summary>
    public string Describe()
    {
        var outputs = Text.Number(Transform.Outputs);
        var stride = Transform.Stride == 1 ? "" : $" with stride {Text.Number(Transform.Stride)}";
        return $"Winograd F({outputs}x{outputs}, 3x3){stride}: {Text.Number(Points)} products for {Text.Number(Transform.Outputs * Transform.Outputs)} outputs";
    }
}
