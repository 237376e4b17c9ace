using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// Sums over the pixels of every channel, channels innermost. Floats are added over at most 32 pixels; those partial sums are added in
/// double precision, so that the rounding error does not grow with the number of pixels.
/// </summary>
internal static partial class ChannelSum
{
    private const int Block = 32;

    /// <summary>firsts[c] += the sum over pixels i of First(x[i * xPitch + c], y[i * yPitch + c], p[c]); seconds likewise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TTerm>(
        ref float x,
        int xPitch,
        ref float y,
        int yPitch,
        ref float p,
        ref float firsts,
        ref float seconds,
        int channels,
        int pixels,
        bool wide)
        where TTerm : struct, ITerm
    {
        nint c = 0;
        if (wide)
        {
            // Sixteen channels of floats are a cache line.
            for (; c <= channels - 16; c += 16)
                Sixteen<TTerm>(ref x, xPitch, ref y, yPitch, ref p, ref firsts, ref seconds, c, pixels);
            for (; c <= channels - 8; c += 8)
                Channels256<TTerm>(ref x, xPitch, ref y, yPitch, ref p, ref firsts, ref seconds, c, 8, pixels);
        }

        for (; c < channels; c += 4)
            Channels128<TTerm>(ref x, xPitch, ref y, yPitch, ref p, ref firsts, ref seconds, c, (int)Math.Min(4, channels - c), pixels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sixteen<TTerm>(
        ref float x, int xPitch, ref float y, int yPitch, ref float p, ref float firsts, ref float seconds, nint c, int pixels)
        where TTerm : struct, ITerm
    {
        var pa = TTerm.UsesParameter ? Vector256.LoadUnsafe(ref p, (nuint)c) : default;
        var pb = TTerm.UsesParameter ? Vector256.LoadUnsafe(ref p, (nuint)(c + 8)) : default;
        var (a, b, c2, d) = (Totals256.Zero, Totals256.Zero, Totals256.Zero, Totals256.Zero);
        for (var start = 0; start < pixels; start += Block)
        {
            var (sa, sb) = (Vector256<float>.Zero, Vector256<float>.Zero);
            var (ta, tb) = (Vector256<float>.Zero, Vector256<float>.Zero);
            var end = Math.Min(pixels, start + Block);
            for (nint pixel = start; pixel < end; pixel++)
            {
                var xa = Vector256.LoadUnsafe(ref x, (nuint)((pixel * xPitch) + c));
                var xb = Vector256.LoadUnsafe(ref x, (nuint)((pixel * xPitch) + c + 8));
                var ya = TTerm.UsesFellow ? Vector256.LoadUnsafe(ref y, (nuint)((pixel * yPitch) + c)) : default;
                var yb = TTerm.UsesFellow ? Vector256.LoadUnsafe(ref y, (nuint)((pixel * yPitch) + c + 8)) : default;
                sa += TTerm.First(xa, ya, pa);
                sb += TTerm.First(xb, yb, pb);
                if (TTerm.HasSecond)
                {
                    ta += TTerm.Second(xa, ya, pa);
                    tb += TTerm.Second(xb, yb, pb);
                }
            }

            a = a.Plus(sa);
            b = b.Plus(sb);
            if (TTerm.HasSecond)
            {
                c2 = c2.Plus(ta);
                d = d.Plus(tb);
            }
        }

        a.AddTo(ref Unsafe.Add(ref firsts, c), 8);
        b.AddTo(ref Unsafe.Add(ref firsts, c + 8), 8);
        if (TTerm.HasSecond)
        {
            c2.AddTo(ref Unsafe.Add(ref seconds, c), 8);
            d.AddTo(ref Unsafe.Add(ref seconds, c + 8), 8);
        }
    }
}
