using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>The floats from one sample, row and pixel of a batch to the next, channels innermost.</summary>
internal readonly record struct BatchStrides(int Sample, int Row, int Pixel);

/// <summary>
/// Sums by channel over a batch of volumes, channels innermost. Floats are added over at most 64 pixels; those partial sums are added in
/// double precision.
/// </summary>
/// <remarks>
/// A batch is larger than the caches and is read fastest as it lies. <see cref="ChannelSum"/> keeps sixteen channels in registers along a
/// row, which is as good as that while pixels are short. Of many channels it would read a line here and a line there; then pixels are read
/// whole, and the partial sums stand in memory.
/// </remarks>
internal static class BatchSums
{
    /// <summary>The most channels that are summed up at once, so that their sums have room on the stack.</summary>
    public const int MostChannels = 1024;

    private const int MostChannelsInRegisters = 64;
    private const int LongestRun = 64;

    /// <summary>
    /// Sets firsts[c] to the sum of First(x, y, p[c]) over the batch; seconds likewise, empty where the term has no second.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Of<TTerm>(
        ref float x,
        BatchStrides xStrides,
        ref float y,
        BatchStrides yStrides,
        ref float p,
        int samples,
        int rows,
        int pixels,
        Span<double> firsts,
        Span<double> seconds)
        where TTerm : struct, ITerm
    {
        firsts.Clear();
        seconds.Clear();
        if (firsts.Length > MostChannelsInRegisters)
        {
            OfWholePixels<TTerm>(ref x, xStrides, ref y, yStrides, ref p, samples, rows, pixels, firsts, seconds);
            return;
        }

        for (nint n = 0; n < samples; n++)
        {
            for (nint row = 0; row < rows; row++)
            {
                ChannelSum.Add<TTerm, double>(
                    ref Unsafe.Add(ref x, (n * xStrides.Sample) + (row * xStrides.Row)),
                    xStrides.Pixel,
                    ref Unsafe.Add(ref y, (n * yStrides.Sample) + (row * yStrides.Row)),
                    yStrides.Pixel,
                    ref p,
                    ref firsts[0],
                    ref MemoryMarshal.GetReference(seconds),
                    firsts.Length,
                    pixels,
                    Vector256.IsHardwareAccelerated);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OfWholePixels<TTerm>(
        ref float x,
        BatchStrides xStrides,
        ref float y,
        BatchStrides yStrides,
        ref float p,
        int samples,
        int rows,
        int pixels,
        Span<double> firsts,
        Span<double> seconds)
        where TTerm : struct, ITerm
    {
        Span<float> partial = stackalloc float[firsts.Length + seconds.Length];
        partial.Clear();
        var firstRun = partial[..firsts.Length];
        var secondRun = partial[firsts.Length..];
        var held = 0;
        for (nint n = 0; n < samples; n++)
        {
            for (nint row = 0; row < rows; row++)
            {
                ref var a = ref Unsafe.Add(ref x, (n * xStrides.Sample) + (row * xStrides.Row));
                ref var b = ref Unsafe.Add(ref y, (n * yStrides.Sample) + (row * yStrides.Row));
                for (var pixel = 0; pixel < pixels; pixel++)
                {
                    AddPixel<TTerm>(ref a, ref b, ref p, ref firstRun[0], ref MemoryMarshal.GetReference(secondRun), firsts.Length);
                    a = ref Unsafe.Add(ref a, xStrides.Pixel);
                    b = ref Unsafe.Add(ref b, yStrides.Pixel);
                    if (++held == LongestRun)
                    {
                        Flush(firstRun, firsts);
                        Flush(secondRun, seconds);
                        held = 0;
                    }
                }
            }
        }

        Flush(firstRun, firsts);
        Flush(secondRun, seconds);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddPixel<TTerm>(
        ref float x, ref float y, ref float p, ref float firsts, ref float seconds, int channels)
        where TTerm : struct, ITerm
    {
        nint c = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; c <= channels - 8; c += 8)
            {
                var a = Vector256.LoadUnsafe(ref x, (nuint)c);
                var b = TTerm.UsesFellow ? Vector256.LoadUnsafe(ref y, (nuint)c) : default;
                var parameter = TTerm.UsesParameter ? Vector256.LoadUnsafe(ref p, (nuint)c) : default;
                (Vector256.LoadUnsafe(ref firsts, (nuint)c) + TTerm.First(a, b, parameter)).StoreUnsafe(ref firsts, (nuint)c);
                if (TTerm.HasSecond)
                    (Vector256.LoadUnsafe(ref seconds, (nuint)c) + TTerm.Second(a, b, parameter)).StoreUnsafe(ref seconds, (nuint)c);
            }
        }

        for (; c < channels; c += 4)
        {
            var count = channels - (int)c;
            var a = VectorTail.LoadUpToFour(ref Unsafe.Add(ref x, c), count);
            var b = TTerm.UsesFellow ? VectorTail.LoadUpToFour(ref Unsafe.Add(ref y, c), count) : default;
            var parameter = TTerm.UsesParameter ? VectorTail.LoadUpToFour(ref Unsafe.Add(ref p, c), count) : default;
            ref var first = ref Unsafe.Add(ref firsts, c);
            VectorTail.StoreUpToFour(VectorTail.LoadUpToFour(ref first, count) + TTerm.First(a, b, parameter), ref first, count);
            if (TTerm.HasSecond)
            {
                ref var second = ref Unsafe.Add(ref seconds, c);
                VectorTail.StoreUpToFour(VectorTail.LoadUpToFour(ref second, count) + TTerm.Second(a, b, parameter), ref second, count);
            }
        }
    }

    /// <summary>Adds the partial sums to the totals and starts them again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Flush(Span<float> partial, Span<double> totals)
    {
        ref var run = ref MemoryMarshal.GetReference(partial);
        ref var sums = ref MemoryMarshal.GetReference(totals);
        nint c = 0;
        for (; c <= partial.Length - 8; c += 8)
            Totals256.Zero.Plus(Vector256.LoadUnsafe(ref run, (nuint)c)).AddTo(ref sums, c);
        for (; c < partial.Length; c++)
            Unsafe.Add(ref sums, c) += Unsafe.Add(ref run, c);
        partial.Clear();
    }
}
