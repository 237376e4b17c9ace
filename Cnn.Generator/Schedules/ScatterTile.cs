using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Schedules;

/// <summary>
/// The outputs whose sums a kernel keeps in registers: some rows, and pixels at a fixed distance from each other, each with a
/// part of the vectors that a row of its kernel reaches.
/// </summary>
/// <param name="Rows">Rows of outputs, which share what is read of the kernel.</param>
/// <param name="Pixels">Pixels of a row; what they reach does not overlap.</param>
/// <param name="Vectors">Vectors of each.</param>
internal readonly record struct ScatterTile(int Rows, int Pixels, int Vectors)
{
    /// <summary>Gets the vectors that stay in registers: the sums, what is read of the kernel, and a broadcast.</summary>
    private int Registers => (((Rows * Pixels) + 1) * Vectors) + 1;

    /// <summary>Whether the gradient of a convolution's input can be computed this way.</summary>
    public static bool Fits(ConvTask task)
    {
        if (!task.IsTransposed || task.Groups != 1 || task.Phases.Count != 1)
            return false;
        var (phase, geometry) = (task.Phases[0], task.Phases[0].Geometry);
        return phase.StepX == 1 && phase.StepY == 1 && !phase.IsEmpty && geometry.KernelWidth > 1 && geometry.Window is { DilationHeight: 1, DilationWidth: 1 };
    }

    /// <summary>The words for the comment: <c>2 rows x 3 pixels x 2 vectors</c>.</summary>
    public string Describe() => $"{Text.Count(Rows, "row")} x {Text.Count(Pixels, "pixel")} x {Text.Count(Vectors, "vector")}";

    /// <summary>The tile that computes a convolution in the least time.</summary>
    public static ScatterTile Best(ConvGeometry geometry, VectorWidth width) => All(geometry, width).OrderBy(tile => tile.Cycles(geometry, width)).First();

    /// <summary>The vectors that a row of the kernel reaches from one pixel.</summary>
    public static int Reach(ConvGeometry geometry, VectorWidth width) => Pitch(geometry) / width.Lanes;

    /// <summary>The floats of the same: whole vectors, of 512 bits where those are nearly full.</summary>
    public static int Pitch(ConvGeometry geometry)
    {
        var floats = geometry.KernelWidth * geometry.OutChannels;
        var wide = Tiling.RoundUp(floats, VectorWidth.V512.Lanes);
        return floats * 10 >= wide * 9 ? wide : Tiling.RoundUp(floats, VectorWidth.V256.Lanes);
    }

    /// <summary>The widths of vectors of which a pixel reaches whole ones.</summary>
    public static IEnumerable<VectorWidth> Widths(ConvGeometry geometry)
    {
        VectorWidth[] widths = [VectorWidth.V128, VectorWidth.V256, VectorWidth.V512];
        return widths.Where(width => Pitch(geometry) % width.Lanes == 0);
    }

    /// <summary>The cycles of the whole convolution.</summary>
    public double Cycles(ConvGeometry geometry, VectorWidth width)
    {
        var (rows, pixels) = (Rows, Rows * Pixels);
        var taps = Enumerable.Range(0, geometry.OutHeight / Rows).Sum(tile => Taps(geometry, tile * rows, rows));
        var turns = geometry.InWidth / Pixels * (Reach(geometry, width) / Vectors);
        var tap = TileCost.Cost(pixels, 1, pixels, 1, new WeightPanel(Vectors));
        return turns * ((taps * geometry.InChannels * tap) + (geometry.OutHeight / Rows * pixels * Vectors * ScatterThresholds.Adding));
    }

    /// <summary>The rows of the kernel at which a tile from output row <paramref name="y"/> on meets the source.</summary>
    private static int Taps(ConvGeometry geometry, int y, int rows)
    {
        var top = geometry.Window.Top;
        return Math.Min(geometry.KernelHeight, geometry.InHeight + top - y) - Math.Max(0, top - (y + rows - 1));
    }

    private static IEnumerable<ScatterTile> All(ConvGeometry geometry, VectorWidth width) =>
        from rows in Divisors(geometry.OutHeight)
        from pixels in Divisors(geometry.InWidth)
        where rows * pixels <= ScatterThresholds.MostPositions && (pixels == 1 || geometry.InWidth / pixels >= geometry.KernelWidth)
        from vectors in Divisors(Reach(geometry, width))
        let tile = new ScatterTile(rows, pixels, vectors)
        where tile.Registers <= width.Registers || tile is { Rows: 1, Pixels: 1, Vectors: 1 }
        select tile;

    private static IEnumerable<int> Divisors(int number) => Enumerable.Range(1, number).Where(divisor => number % divisor == 0);
}
