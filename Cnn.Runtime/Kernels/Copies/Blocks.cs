using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Cnn.Kernels;

/// <summary>Moves blocks of floats. Called by generated code; nothing is checked.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Blocks
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
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(ref float source, int sourcePitch, int rows, int columns, ref float target, int targetPitch)
    {
        var (wholeRows, wholeColumns) = (rows / 4 * 4, columns / 4 * 4);

        // Four rows of the target at a time where they lie further apart than those of the source: many would fall into one set of the cache
        // where their distance is a multiple of a page.
        if (targetPitch > sourcePitch)
        {
            for (var column = 0; column < wholeColumns; column += 4)
            {
                ref var from = ref Unsafe.Add(ref source, column);
                ref var to = ref Unsafe.Add(ref target, column * targetPitch);
                for (var row = 0; row < wholeRows; row += 4)
                {
                    TransposeFour(ref from, sourcePitch, ref to, targetPitch);
                    from = ref Unsafe.Add(ref from, 4 * sourcePitch);
                    to = ref Unsafe.Add(ref to, 4);
                }
            }
        }
        else
        {
            for (var row = 0; row < wholeRows; row += 4)
            {
                ref var from = ref Unsafe.Add(ref source, row * sourcePitch);
                ref var to = ref Unsafe.Add(ref target, row);
                for (var column = 0; column < wholeColumns; column += 4)
                {
                    TransposeFour(ref from, sourcePitch, ref to, targetPitch);
                    from = ref Unsafe.Add(ref from, 4);
                    to = ref Unsafe.Add(ref to, 4 * targetPitch);
                }
            }
        }

        for (var row = 0; row < rows; row++)
        {
            for (var column = row < wholeRows ? wholeColumns : 0; column < columns; column++)
                Unsafe.Add(ref target, (column * targetPitch) + row) = Unsafe.Add(ref source, (row * sourcePitch) + column);
        }
    }

    /// <summary>Writes pixels of three channels as three planes, which lie <paramref name="plane"/> floats apart.</summary>
    /// <remarks>
    /// Of three vectors in a row each channel has a third of the elements, all in different lanes: two blends bring them together and a
    /// permutation into order.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void SplitThree(ref float source, int pixels, ref float target, int plane)
    {
        var pixel = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            var first = Vector512.Create(-1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1).AsSingle();
            var second = Vector512.Create(0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0).AsSingle();
            var third = Vector512.Create(0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0).AsSingle();
            for (; pixel + 16 <= pixels; pixel += 16)
            {
                ref var from = ref Unsafe.Add(ref source, 3 * pixel);
                ref var to = ref Unsafe.Add(ref target, pixel);
                var a = Vector512.LoadUnsafe(ref from);
                var b = Vector512.LoadUnsafe(ref from, 16);
                var c = Vector512.LoadUnsafe(ref from, 32);
                Vector512.Shuffle(Select(first, a, third, b, c), Vector512.Create(0, 3, 6, 9, 12, 15, 2, 5, 8, 11, 14, 1, 4, 7, 10, 13))
                    .StoreUnsafe(ref to);
                Vector512.Shuffle(Select(second, a, first, b, c), Vector512.Create(1, 4, 7, 10, 13, 0, 3, 6, 9, 12, 15, 2, 5, 8, 11, 14))
                    .StoreUnsafe(ref Unsafe.Add(ref to, plane));
                Vector512.Shuffle(Select(third, a, second, b, c), Vector512.Create(2, 5, 8, 11, 14, 1, 4, 7, 10, 13, 0, 3, 6, 9, 12, 15))
                    .StoreUnsafe(ref Unsafe.Add(ref to, 2 * plane));
            }
        }

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
    private static void TransposeFour(ref float source, int sourcePitch, ref float target, int targetPitch)
    {
        var a = Vector128.LoadUnsafe(ref source);
        var b = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, sourcePitch));
        var c = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 2 * sourcePitch));
        var d = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 3 * sourcePitch));
        if (Sse.IsSupported)
            (a, b, c, d) = Transposed(a, b, c, d);
        else
            (a, b, c, d) = (Column(0), Column(1), Column(2), Column(3));
        a.StoreUnsafe(ref target);
        b.StoreUnsafe(ref Unsafe.Add(ref target, targetPitch));
        c.StoreUnsafe(ref Unsafe.Add(ref target, 2 * targetPitch));
        d.StoreUnsafe(ref Unsafe.Add(ref target, 3 * targetPitch));

        Vector128<float> Column(int lane) => Vector128.Create(a[lane], b[lane], c[lane], d[lane]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> A, Vector128<float> B, Vector128<float> C, Vector128<float> D) Transposed(
        Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        var (low, high) = (Sse.UnpackLow(a, b), Sse.UnpackHigh(a, b));
        var (lower, higher) = (Sse.UnpackLow(c, d), Sse.UnpackHigh(c, d));
        return (Sse.MoveLowToHigh(low, lower), Sse.MoveHighToLow(lower, low), Sse.MoveLowToHigh(high, higher), Sse.MoveHighToLow(higher, high));
    }
}
