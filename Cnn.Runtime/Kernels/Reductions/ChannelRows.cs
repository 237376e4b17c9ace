using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>Arithmetic over the channels of a pixel, or of the pixels of a row, each with numbers of its channel: eight lanes at a time, then one.</summary>
internal static class ChannelRows
{
    /// <summary>
    /// sums += x - center over the pixels of a row. The sums stay in registers: sixteen channels at a time, which are a cache line, then
    /// eight.
    /// </summary>
    public static void AddDifference(ref float x, nint stride, int pixels, ref float center, ref float sums, int channels)
    {
        nint c = 0;
        for (; c <= channels - 16; c += 16)
        {
            var (m, n) = (Vector256.LoadUnsafe(ref center, (nuint)c), Vector256.LoadUnsafe(ref center, (nuint)(c + 8)));
            var (a, b) = (Vector256.LoadUnsafe(ref sums, (nuint)c), Vector256.LoadUnsafe(ref sums, (nuint)(c + 8)));
            for (nint i = 0; i < pixels; i++)
            {
                a += Vector256.LoadUnsafe(ref x, (nuint)((i * stride) + c)) - m;
                b += Vector256.LoadUnsafe(ref x, (nuint)((i * stride) + c + 8)) - n;
            }

            a.StoreUnsafe(ref sums, (nuint)c);
            b.StoreUnsafe(ref sums, (nuint)(c + 8));
        }

        for (; c <= channels - 8; c += 8)
        {
            var (m, a) = (Vector256.LoadUnsafe(ref center, (nuint)c), Vector256.LoadUnsafe(ref sums, (nuint)c));
            for (nint i = 0; i < pixels; i++)
                a += Vector256.LoadUnsafe(ref x, (nuint)((i * stride) + c)) - m;
            a.StoreUnsafe(ref sums, (nuint)c);
        }

        for (; c < channels; c++)
        {
            for (nint i = 0; i < pixels; i++)
                Unsafe.Add(ref sums, c) += Unsafe.Add(ref x, (i * stride) + c) - Unsafe.Add(ref center, c);
        }
    }

    /// <summary>sums += (x - mean)^2, as <see cref="AddDifference"/>.</summary>
    public static void AddSquaredDifference(ref float x, nint stride, int pixels, ref float mean, ref float sums, int channels)
    {
        nint c = 0;
        for (; c <= channels - 16; c += 16)
        {
            var (m, n) = (Vector256.LoadUnsafe(ref mean, (nuint)c), Vector256.LoadUnsafe(ref mean, (nuint)(c + 8)));
            var (a, b) = (Vector256.LoadUnsafe(ref sums, (nuint)c), Vector256.LoadUnsafe(ref sums, (nuint)(c + 8)));
            for (nint i = 0; i < pixels; i++)
            {
                var d = Vector256.LoadUnsafe(ref x, (nuint)((i * stride) + c)) - m;
                var e = Vector256.LoadUnsafe(ref x, (nuint)((i * stride) + c + 8)) - n;
                a += d * d;
                b += e * e;
            }

            a.StoreUnsafe(ref sums, (nuint)c);
            b.StoreUnsafe(ref sums, (nuint)(c + 8));
        }

        for (; c <= channels - 8; c += 8)
        {
            var (m, a) = (Vector256.LoadUnsafe(ref mean, (nuint)c), Vector256.LoadUnsafe(ref sums, (nuint)c));
            for (nint i = 0; i < pixels; i++)
            {
                var d = Vector256.LoadUnsafe(ref x, (nuint)((i * stride) + c)) - m;
                a += d * d;
            }

            a.StoreUnsafe(ref sums, (nuint)c);
        }

        for (; c < channels; c++)
        {
            for (nint i = 0; i < pixels; i++)
            {
                var d = Unsafe.Add(ref x, (i * stride) + c) - Unsafe.Add(ref mean, c);
                Unsafe.Add(ref sums, c) += d * d;
            }
        }
    }

    /// <summary>sums += g; products += g (x - mean), as <see cref="AddDifference"/>.</summary>
    public static void AddProducts(
        ref float x, nint stride, ref float g, nint gradientStride, int pixels, ref float mean, ref float sums, ref float products, int channels)
    {
        nint c = 0;
        for (; c <= channels - 16; c += 16)
        {
            var (m, n) = (Vector256.LoadUnsafe(ref mean, (nuint)c), Vector256.LoadUnsafe(ref mean, (nuint)(c + 8)));
            var (a, b) = (Vector256.LoadUnsafe(ref sums, (nuint)c), Vector256.LoadUnsafe(ref sums, (nuint)(c + 8)));
            var (d, e) = (Vector256.LoadUnsafe(ref products, (nuint)c), Vector256.LoadUnsafe(ref products, (nuint)(c + 8)));
            for (nint i = 0; i < pixels; i++)
            {
                var v = Vector256.LoadUnsafe(ref g, (nuint)((i * gradientStride) + c));
                var w = Vector256.LoadUnsafe(ref g, (nuint)((i * gradientStride) + c + 8));
                a += v;
                b += w;
                d += v * (Vector256.LoadUnsafe(ref x, (nuint)((i * stride) + c)) - m);
                e += w * (Vector256.LoadUnsafe(ref x, (nuint)((i * stride) + c + 8)) - n);
            }

            a.StoreUnsafe(ref sums, (nuint)c);
            b.StoreUnsafe(ref sums, (nuint)(c + 8));
            d.StoreUnsafe(ref products, (nuint)c);
            e.StoreUnsafe(ref products, (nuint)(c + 8));
        }

        for (; c <= channels - 8; c += 8)
        {
            var m = Vector256.LoadUnsafe(ref mean, (nuint)c);
            var (a, b) = (Vector256.LoadUnsafe(ref sums, (nuint)c), Vector256.LoadUnsafe(ref products, (nuint)c));
            for (nint i = 0; i < pixels; i++)
            {
                var v = Vector256.LoadUnsafe(ref g, (nuint)((i * gradientStride) + c));
                a += v;
                b += v * (Vector256.LoadUnsafe(ref x, (nuint)((i * stride) + c)) - m);
            }

            a.StoreUnsafe(ref sums, (nuint)c);
            b.StoreUnsafe(ref products, (nuint)c);
        }

        for (; c < channels; c++)
        {
            for (nint i = 0; i < pixels; i++)
            {
                var v = Unsafe.Add(ref g, (i * gradientStride) + c);
                Unsafe.Add(ref sums, c) += v;
                Unsafe.Add(ref products, c) += v * (Unsafe.Add(ref x, (i * stride) + c) - Unsafe.Add(ref mean, c));
            }
        }
    }

    /// <summary>target = (x - mean) * scale + beta.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Normalize(ref float x, ref float target, int channels, ref float mean, ref float scale, ref float beta)
    {
        nint c = 0;
        for (; c <= channels - 8; c += 8)
        {
            var d = Vector256.LoadUnsafe(ref x, (nuint)c) - Vector256.LoadUnsafe(ref mean, (nuint)c);
            ((d * Vector256.LoadUnsafe(ref scale, (nuint)c)) + Vector256.LoadUnsafe(ref beta, (nuint)c)).StoreUnsafe(ref target, (nuint)c);
        }

        for (; c < channels; c++)
            Unsafe.Add(ref target, c) = ((Unsafe.Add(ref x, c) - Unsafe.Add(ref mean, c)) * Unsafe.Add(ref scale, c)) + Unsafe.Add(ref beta, c);
    }

    /// <summary>target = scale ((g - sums) - (x - mean) inverse products).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InputGradient(
        ref float x,
        ref float g,
        ref float target,
        int channels,
        ref float mean,
        ref float inverse,
        ref float scale,
        ref float sums,
        ref float products)
    {
        nint c = 0;
        for (; c <= channels - 8; c += 8)
        {
            var d = Vector256.LoadUnsafe(ref x, (nuint)c) - Vector256.LoadUnsafe(ref mean, (nuint)c);
            d *= Vector256.LoadUnsafe(ref inverse, (nuint)c) * Vector256.LoadUnsafe(ref products, (nuint)c);
            var v = Vector256.LoadUnsafe(ref g, (nuint)c) - Vector256.LoadUnsafe(ref sums, (nuint)c);
            ((v - d) * Vector256.LoadUnsafe(ref scale, (nuint)c)).StoreUnsafe(ref target, (nuint)c);
        }

        for (; c < channels; c++)
        {
            var d = (Unsafe.Add(ref x, c) - Unsafe.Add(ref mean, c)) * (Unsafe.Add(ref inverse, c) * Unsafe.Add(ref products, c));
            Unsafe.Add(ref target, c) = (Unsafe.Add(ref g, c) - Unsafe.Add(ref sums, c) - d) * Unsafe.Add(ref scale, c);
        }
    }
}
