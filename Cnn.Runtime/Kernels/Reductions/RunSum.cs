using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// Sums over contiguous runs. Floats are added in four vectors at a time and at most sixteen to a lane; those partial sums are added in
/// double precision, so that the rounding error does not grow with the length.
/// </summary>
internal static partial class RunSum
{
    private const int BlockVectors = 64;

    /// <summary>Of shorter rows sixteen vectors or fewer are added before their sums become doubles.</summary>
    private const int LongestShortRow = 128;

    /// <summary>The sum of the terms of x[0 .. length), y[0 .. length) and p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of<TTerm>(ref float x, ref float y, float p, int length, bool wide, out double second)
        where TTerm : struct, ITerm
    {
        nint i = 0;
        var first = 0.0;
        second = 0.0;
        if (wide)
        {
            var (firsts, seconds) = (Vector256<double>.Zero, Vector256<double>.Zero);
            while (i <= length - 8)
            {
                var block = Block256<TTerm>(ref Unsafe.Add(ref x, i), ref Unsafe.Add(ref y, i), p, length - (int)i, out var other);
                firsts += Widen(block);
                seconds += Widen(other);
                i += Math.Min(8 * BlockVectors, (length - i) & ~7);
            }

            first = Vector256.Sum(firsts);
            second = Vector256.Sum(seconds);
        }

        while (i <= length - 4)
        {
            var block = Block128<TTerm>(ref Unsafe.Add(ref x, i), ref Unsafe.Add(ref y, i), p, length - (int)i, out var other);
            first += Vector128.Sum(Widen(block));
            second += Vector128.Sum(Widen(other));
            i += Math.Min(4 * BlockVectors, (length - i) & ~3);
        }

        if (i < length)
        {
            var remainder = length - (int)i;
            var mask = VectorTail.Mask(remainder);
            var a = VectorTail.Load(ref Unsafe.Add(ref x, i), remainder);
            var b = TTerm.UsesFellow ? VectorTail.Load(ref Unsafe.Add(ref y, i), remainder) : default;
            first += Vector128.Sum(Widen(TTerm.First(a, b, Vector128.Create(p)) & mask));
            if (TTerm.HasSecond)
                second += Vector128.Sum(Widen(TTerm.Second(a, b, Vector128.Create(p)) & mask));
        }

        return first;
    }

    /// <summary>
    /// The sum over the rows of a plane: runs of length floats, one per stride. Rows that are dense are one run; the
    /// sums of short rows stay in registers from one to the next.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double OfRows<TTerm>(
        ref float x, int xStride, ref float y, int yStride, float p, int rows, int length, bool wide, out double second)
        where TTerm : struct, ITerm
    {
        if (xStride == length && (!TTerm.UsesFellow || yStride == length))
            return Of<TTerm>(ref x, ref y, p, rows * length, wide, out second);
        if (length <= LongestShortRow)
            return OfShortRows<TTerm>(ref x, xStride, ref y, yStride, p, rows, length, wide, out second);

        var first = 0.0;
        second = 0.0;
        for (nint row = 0; row < rows; row++)
        {
            first += Of<TTerm>(ref Unsafe.Add(ref x, row * xStride), ref Unsafe.Add(ref y, row * yStride), p, length, wide, out var other);
            second += other;
        }

        return first;
    }

    private static double OfShortRows<TTerm>(
        ref float x, int xStride, ref float y, int yStride, float p, int rows, int length, bool wide, out double second)
        where TTerm : struct, ITerm
    {
        var (firsts, seconds) = (Totals256.Zero, Totals256.Zero);
        var (p8, p4, remainder) = (Vector256.Create(p), Vector128.Create(p), length & 3);
        var (mask, most) = (VectorTail.Mask(remainder), Math.Max(1, LongestShortRow / Math.Max(8, length)));
        for (nint row = 0; row < rows;)
        {
            var (a, e) = (Vector256<float>.Zero, Vector256<float>.Zero);
            var (b, f) = (Vector128<float>.Zero, Vector128<float>.Zero);
            for (var end = Math.Min(rows, row + most); row < end; row++)
            {
                ref var u = ref Unsafe.Add(ref x, row * xStride);
                ref var v = ref Unsafe.Add(ref y, row * yStride);
                nint i = 0;
                if (wide)
                {
                    for (; i <= length - 8; i += 8)
                        Add256<TTerm>(ref u, ref v, i, p8, ref a, ref e);
                }

                for (; i <= length - 4; i += 4)
                    Add128<TTerm>(ref u, ref v, i, p4, ref b, ref f);
                if (remainder == 0)
                    continue;
                var s = VectorTail.Load(ref Unsafe.Add(ref u, i), remainder);
                var t = TTerm.UsesFellow ? VectorTail.Load(ref Unsafe.Add(ref v, i), remainder) : default;
                b += TTerm.First(s, t, p4) & mask;
                if (TTerm.HasSecond)
                    f += TTerm.Second(s, t, p4) & mask;
            }

            firsts = firsts.Plus(a + b.ToVector256());
            seconds = seconds.Plus(e + f.ToVector256());
        }

        second = seconds.Sum;
        return firsts.Sum;
    }
}
