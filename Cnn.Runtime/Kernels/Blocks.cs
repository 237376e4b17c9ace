using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>Moves blocks of floats. Called by generated code; nothing is checked.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Blocks
{
    /// <summary>Copies <paramref name="length"/> floats.</summary>
    public static void Copy(ref float source, ref float target, int length) =>
        MemoryMarshal.CreateReadOnlySpan(ref source, length).CopyTo(MemoryMarshal.CreateSpan(ref target, length));

    /// <summary>Sets <paramref name="length"/> floats to <paramref name="value"/>.</summary>
    public static void Fill(ref float target, int length, float value) => MemoryMarshal.CreateSpan(ref target, length).Fill(value);

    /// <summary>Copies <paramref name="rows"/> rows of <paramref name="length"/> floats between buffers of different pitch.</summary>
    public static void CopyRows(ref float source, int sourcePitch, ref float target, int targetPitch, int length, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            Copy(ref source, ref target, length);
            source = ref Unsafe.Add(ref source, sourcePitch);
            target = ref Unsafe.Add(ref target, targetPitch);
        }
    }

    /// <summary>
    /// Writes the transpose of a matrix of <paramref name="rows"/> x <paramref name="columns"/>; the pitches count floats from row to row.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(ref float source, int sourcePitch, int rows, int columns, ref float target, int targetPitch)
    {
        var row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            ref var from = ref Unsafe.Add(ref source, row * sourcePitch);
            ref var to = ref Unsafe.Add(ref target, row);
            var column = 0;
            for (; column + 4 <= columns; column += 4)
            {
                TransposeFour(ref from, sourcePitch, ref to, targetPitch);
                from = ref Unsafe.Add(ref from, 4);
                to = ref Unsafe.Add(ref to, 4 * targetPitch);
            }

            for (; column < columns; column++)
            {
                for (var lane = 0; lane < 4; lane++)
                    Unsafe.Add(ref to, lane) = Unsafe.Add(ref from, lane * sourcePitch);
                from = ref Unsafe.Add(ref from, 1);
                to = ref Unsafe.Add(ref to, targetPitch);
            }
        }

        for (; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                Unsafe.Add(ref target, (column * targetPitch) + row) = Unsafe.Add(ref source, (row * sourcePitch) + column);
        }
    }

    /// <summary>Writes pixels of three channels as three planes, which lie <paramref name="plane"/> floats apart.</summary>
    /// <remarks>
    /// Of three vectors in a row each channel has three, three and two elements, all in different lanes: two blends bring them together and a
    /// permutation into order.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SplitThree(ref float source, int pixels, ref float target, int plane)
    {
        var pixel = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var first = Vector256.Create(-1, 0, 0, -1, 0, 0, -1, 0).AsSingle();
            var second = Vector256.Create(0, -1, 0, 0, -1, 0, 0, -1).AsSingle();
            var third = Vector256.Create(0, 0, -1, 0, 0, -1, 0, 0).AsSingle();
            for (; pixel + 8 <= pixels; pixel += 8)
            {
                ref var from = ref Unsafe.Add(ref source, 3 * pixel);
                ref var to = ref Unsafe.Add(ref target, pixel);
                var a = Vector256.LoadUnsafe(ref from);
                var b = Vector256.LoadUnsafe(ref from, 8);
                var c = Vector256.LoadUnsafe(ref from, 16);
                Vector256.Shuffle(Select(first, a, second, b, c), Vector256.Create(0, 3, 6, 1, 4, 7, 2, 5)).StoreUnsafe(ref to);
                Vector256.Shuffle(Select(second, a, third, b, c), Vector256.Create(1, 4, 7, 2, 5, 0, 3, 6))
                    .StoreUnsafe(ref Unsafe.Add(ref to, plane));
                Vector256.Shuffle(Select(third, a, first, b, c), Vector256.Create(2, 5, 0, 3, 6, 1, 4, 7))
                    .StoreUnsafe(ref Unsafe.Add(ref to, 2 * plane));
            }
        }

        for (; pixel < pixels; pixel++)
        {
            for (var channel = 0; channel < 3; channel++)
                Unsafe.Add(ref target, pixel + (channel * plane)) = Unsafe.Add(ref source, (3 * pixel) + channel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Select(
        Vector256<float> inA, Vector256<float> a, Vector256<float> inB, Vector256<float> b, Vector256<float> c) =>
        Vector256.ConditionalSelect(inA, a, Vector256.ConditionalSelect(inB, b, c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeFour(ref float source, int sourcePitch, ref float target, int targetPitch)
    {
        var a = Vector128.LoadUnsafe(ref source);
        var b = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, sourcePitch));
        var c = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 2 * sourcePitch));
        var d = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 3 * sourcePitch));
        Vector128.Create(a[0], b[0], c[0], d[0]).StoreUnsafe(ref target);
        Vector128.Create(a[1], b[1], c[1], d[1]).StoreUnsafe(ref Unsafe.Add(ref target, targetPitch));
        Vector128.Create(a[2], b[2], c[2], d[2]).StoreUnsafe(ref Unsafe.Add(ref target, 2 * targetPitch));
        Vector128.Create(a[3], b[3], c[3], d[3]).StoreUnsafe(ref Unsafe.Add(ref target, 3 * targetPitch));
    }
}
