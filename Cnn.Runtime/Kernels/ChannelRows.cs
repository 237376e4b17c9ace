using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>Arithmetic over the channels of one pixel, each with numbers of its channel: four or eight lanes at a time, then one.</summary>
internal static class ChannelRows
{
    /// <summary>sums += x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ref float x, ref float sums, int channels)
    {
        nint c = 0;
        for (; c <= channels - 8; c += 8)
            (Vector256.LoadUnsafe(ref sums, (nuint)c) + Vector256.LoadUnsafe(ref x, (nuint)c)).StoreUnsafe(ref sums, (nuint)c);
        for (; c < channels; c++)
            Unsafe.Add(ref sums, c) += Unsafe.Add(ref x, c);
    }

    /// <summary>sums += (x - mean)^2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSquaredDifference(ref float x, ref float mean, ref float sums, int channels)
    {
        nint c = 0;
        for (; c <= channels - 8; c += 8)
        {
            var d = Vector256.LoadUnsafe(ref x, (nuint)c) - Vector256.LoadUnsafe(ref mean, (nuint)c);
            (Vector256.LoadUnsafe(ref sums, (nuint)c) + (d * d)).StoreUnsafe(ref sums, (nuint)c);
        }

        for (; c < channels; c++)
        {
            var d = Unsafe.Add(ref x, c) - Unsafe.Add(ref mean, c);
            Unsafe.Add(ref sums, c) += d * d;
        }
    }

    /// <summary>sums += g; products += g (x - mean).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProducts(ref float x, ref float g, ref float mean, ref float sums, ref float products, int channels)
    {
        nint c = 0;
        for (; c <= channels - 8; c += 8)
        {
            var v = Vector256.LoadUnsafe(ref g, (nuint)c);
            var d = Vector256.LoadUnsafe(ref x, (nuint)c) - Vector256.LoadUnsafe(ref mean, (nuint)c);
            (Vector256.LoadUnsafe(ref sums, (nuint)c) + v).StoreUnsafe(ref sums, (nuint)c);
            (Vector256.LoadUnsafe(ref products, (nuint)c) + (v * d)).StoreUnsafe(ref products, (nuint)c);
        }

        for (; c < channels; c++)
        {
            Unsafe.Add(ref sums, c) += Unsafe.Add(ref g, c);
            Unsafe.Add(ref products, c) += Unsafe.Add(ref g, c) * (Unsafe.Add(ref x, c) - Unsafe.Add(ref mean, c));
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
