using System;
using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Cnn.Kernels;

/// <summary>
/// The transform G g G^T of the 3x3 kernels of a Winograd convolution F(m x m, 3x3) while they are trained (Lavin and Gray 2016, "Fast algorithms
/// for convolutional neural networks"). Called by generated code; nothing is checked.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WinogradFilter
{
    private const int Side = 3;

    /// <summary>The points of a row of the largest tile.</summary>
    private const int MostPoints = 6;

    /// <summary>Transforms blocks of kernels.</summary>
    /// <param name="source">The kernels, [block, 3, 3, length].</param>
    /// <param name="target">What they become: [m + 2, m + 2] planes of [block, length].</param>
    /// <param name="outputs">The outputs along a side of a tile, m: 2 or 4.</param>
    /// <param name="blocks">The blocks.</param>
    /// <param name="length">The kernels of a block, a multiple of eight.</param>
    /// <param name="plane">The floats from one point to the next.</param>
    public static void Transform(ref float source, ref float target, int outputs, int blocks, int length, int plane)
    {
        var points = outputs + 2;
        Span<Vector<float>> columns = stackalloc Vector<float>[Side * MostPoints];
        Span<Vector<float>> row = stackalloc Vector<float>[MostPoints];
        for (var i = 0; i < blocks * length; i += Vector<float>.Count)
        {
            ref var kernel = ref Unsafe.Add(ref source, (i / length * Side * Side * length) + (i % length));
            for (var x = 0; x < Side; x++)
            {
                Line(
                    outputs,
                    Vector.LoadUnsafe(ref Unsafe.Add(ref kernel, x * length)),
                    Vector.LoadUnsafe(ref Unsafe.Add(ref kernel, (Side + x) * length)),
                    Vector.LoadUnsafe(ref Unsafe.Add(ref kernel, ((2 * Side) + x) * length)),
                    columns[(x * MostPoints)..]);
            }

            for (var p = 0; p < points; p++)
            {
                Line(outputs, columns[p], columns[MostPoints + p], columns[(2 * MostPoints) + p], row);
                for (var q = 0; q < points; q++)
                    row[q].StoreUnsafe(ref Unsafe.Add(ref target, (((p * points) + q) * plane) + i));
            }
        }
    }

    /// <summary>G times a row or column: the kernel as a polynomial at 0, 1, -1, for four outputs 2 and -2, and at infinity.</summary>
    private static void Line(int outputs, Vector<float> first, Vector<float> second, Vector<float> third, Span<Vector<float>> points)
    {
        var sum = first + third;
        points[0] = outputs == 2 ? first : first * 0.25f;
        points[1] = (sum + second) * (outputs == 2 ? 0.5f : -1f / 6);
        points[2] = (sum - second) * (outputs == 2 ? 0.5f : -1f / 6);
        points[outputs + 1] = third;
        if (outputs == 2)
            return;
        var even = (first * (1f / 24)) + (third * (1f / 6));
        var odd = second * (1f / 12);
        points[3] = even + odd;
        points[4] = even - odd;
    }
}
