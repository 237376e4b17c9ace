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
    /// <param name="target">What they become: [points, points] planes of [block, length].</param>
    /// <param name="points">The points along a side of a tile: 4 or 6 for two or four outputs, 5 for two outputs with stride 2.</param>
    /// <param name="blocks">The blocks.</param>
    /// <param name="length">The kernels of a block, a multiple of eight.</param>
    /// <param name="plane">The floats from one point to the next.</param>
    public static void Transform(ref float source, ref float target, int points, int blocks, int length, int plane)
    {
        Span<Vector<float>> columns = stackalloc Vector<float>[Side * MostPoints];
        Span<Vector<float>> row = stackalloc Vector<float>[MostPoints];
        for (var i = 0; i < blocks * length; i += Vector<float>.Count)
        {
            ref var kernel = ref Unsafe.Add(ref source, (i / length * Side * Side * length) + (i % length));
            for (var x = 0; x < Side; x++)
            {
                Line(
                    points,
                    Vector.LoadUnsafe(ref Unsafe.Add(ref kernel, x * length)),
                    Vector.LoadUnsafe(ref Unsafe.Add(ref kernel, (Side + x) * length)),
                    Vector.LoadUnsafe(ref Unsafe.Add(ref kernel, ((2 * Side) + x) * length)),
                    columns[(x * MostPoints)..]);
            }

            for (var p = 0; p < points; p++)
            {
                Line(points, columns[p], columns[MostPoints + p], columns[(2 * MostPoints) + p], row);
                for (var q = 0; q < points; q++)
                    row[q].StoreUnsafe(ref Unsafe.Add(ref target, (((p * points) + q) * plane) + i));
            }
        }
    }

    /// <summary>
    /// G times a row or column: the kernel as a polynomial at 0, 1, -1, for four outputs 2 and -2, and at infinity. With stride 2 its outer
    /// weights at 0, 1 and infinity, then the middle one for each output.
    /// </summary>
    private static void Line(int points, Vector<float> first, Vector<float> second, Vector<float> third, Span<Vector<float>> values)
    {
        var sum = first + third;
        switch (points)
        {
            case 4:
                values[0] = first;
                values[1] = (sum + second) * 0.5f;
                values[2] = (sum - second) * 0.5f;
                values[3] = third;
                break;
            case 5:
                values[0] = first;
                values[1] = sum;
                values[2] = third;
                values[3] = second;
                values[4] = second;
                break;
            default:
                var even = (first * (1f / 24)) + (third * (1f / 6));
                var odd = second * (1f / 12);
                values[0] = first * 0.25f;
                values[1] = (sum + second) * (-1f / 6);
                values[2] = (sum - second) * (-1f / 6);
                values[3] = even + odd;
                values[4] = even - odd;
                values[5] = third;
                break;
        }
    }
}
