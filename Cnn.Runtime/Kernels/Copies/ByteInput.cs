using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// Turns the bytes of an image into a network's input, for generated code: y = x * a + b with a = scale / deviation and b = -mean /
/// deviation of the channel. Nothing beyond the runs is read or written.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ByteInput
{
    private const int MostChannelsOfPattern = 16;

    // Pixels of up to this many channels are picked four at a time from sixteen bytes.
    private const int MostChannelsOfShuffle = 5;

    /// <summary>target[i] = source[i] * scale + shift: one channel, a plane, or channels that share the two numbers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Convert(ref byte source, ref float target, int length, float scale, float shift) =>
        Convert(ref source, ref target, length, scale, shift, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// target[i * channels + c] = source[i * channels + c] * scales[c] + shifts[c], for every pixel i: channels innermost, pixels next to
    /// each other.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Channels(ref byte source, ref float target, ref float scales, ref float shifts, int channels, int pixels) =>
        Channels(ref source, ref target, ref scales, ref shifts, channels, pixels, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// target[c * targetPitch + i] = source[i * channels + c] * scales[c] + shifts[c]: from channels innermost to planes.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Planes(
        ref byte source, ref float target, int targetPitch, ref float scales, ref float shifts, int channels, int pixels)
    {
        for (nint c = 0; c < channels; c++)
        {
            Plane(
                ref Unsafe.Add(ref source, c),
                channels,
                ref Unsafe.Add(ref target, c * targetPitch),
                Unsafe.Add(ref scales, c),
                Unsafe.Add(ref shifts, c),
                pixels,
                (channels * pixels) - (int)c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Convert(ref byte source, ref float target, int length, float scale, float shift, bool wide)
    {
        nint i = 0;
        if (wide)
        {
            for (; i <= length - 8; i += 8)
            {
                Vector256.MultiplyAddEstimate(LoadEight(ref Unsafe.Add(ref source, i)), Vector256.Create(scale), Vector256.Create(shift))
                    .StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < length; i += 4)
        {
            var count = length - (int)i;
            var x = LoadUpToFour(ref Unsafe.Add(ref source, i), 1, count);
            var y = VectorMath.MultiplyAdd(x, Vector128.Create(scale), Vector128.Create(shift));
            VectorTail.StoreUpTo128(y, ref Unsafe.Add(ref target, i), count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Channels(
        ref byte source, ref float target, ref float scales, ref float shifts, int channels, int pixels, bool wide)
    {
        if (channels > MostChannelsOfPattern)
        {
            for (nint pixel = 0; pixel < pixels; pixel++)
            {
                var start = pixel * channels;
                Pixel(ref Unsafe.Add(ref source, start), ref Unsafe.Add(ref target, start), ref scales, ref shifts, channels, wide);
            }

            return;
        }

        // The numbers of the channels over and over, so that a vector that starts at any channel finds its own.
        Span<float> patterns = stackalloc float[2 * (MostChannelsOfPattern + 8)];
        ref var scalePattern = ref patterns[0];
        ref var shiftPattern = ref patterns[MostChannelsOfPattern + 8];
        for (var k = 0; k < channels + 7; k++)
        {
            Unsafe.Add(ref scalePattern, k) = Unsafe.Add(ref scales, k % channels);
            Unsafe.Add(ref shiftPattern, k) = Unsafe.Add(ref shifts, k % channels);
        }

        var length = channels * pixels;
        nint i = 0;
        nint first = 0;
        if (wide)
        {
            for (; i <= length - 8; i += 8)
            {
                var a = Vector256.LoadUnsafe(ref scalePattern, (nuint)first);
                var b = Vector256.LoadUnsafe(ref shiftPattern, (nuint)first);
                Vector256.MultiplyAddEstimate(LoadEight(ref Unsafe.Add(ref source, i)), a, b).StoreUnsafe(ref target, (nuint)i);
                first = Next(first, 8 % channels, channels);
            }
        }

        for (; i < length; i += 4)
        {
            var count = length - (int)i;
            var a = Vector128.LoadUnsafe(ref scalePattern, (nuint)first);
            var b = Vector128.LoadUnsafe(ref shiftPattern, (nuint)first);
            var y = VectorMath.MultiplyAdd(LoadUpToFour(ref Unsafe.Add(ref source, i), 1, count), a, b);
            VectorTail.StoreUpTo128(y, ref Unsafe.Add(ref target, i), count);
            first = Next(first, 4 % channels, channels);
        }
    }

    /// <summary>The channel <paramref name="step"/> further on, the last followed by the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Next(nint channel, int step, int channels) =>
        channel + step < channels ? channel + step : channel + step - channels;

    /// <summary>The channels of one pixel, many of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pixel(ref byte source, ref float target, ref float scales, ref float shifts, int channels, bool wide)
    {
        nint c = 0;
        if (wide)
        {
            for (; c <= channels - 8; c += 8)
            {
                var a = Vector256.LoadUnsafe(ref scales, (nuint)c);
                var b = Vector256.LoadUnsafe(ref shifts, (nuint)c);
                Vector256.MultiplyAddEstimate(LoadEight(ref Unsafe.Add(ref source, c)), a, b).StoreUnsafe(ref target, (nuint)c);
            }
        }

        for (; c < channels; c += 4)
        {
            var count = channels - (int)c;
            var a = VectorTail.LoadUpTo128(ref Unsafe.Add(ref scales, c), count);
            var b = VectorTail.LoadUpTo128(ref Unsafe.Add(ref shifts, c), count);
            var y = VectorMath.MultiplyAdd(LoadUpToFour(ref Unsafe.Add(ref source, c), 1, count), a, b);
            VectorTail.StoreUpTo128(y, ref Unsafe.Add(ref target, c), count);
        }
    }

    /// <summary>target[i] = source[i * step] * scale + shift; <paramref name="bytes"/> may be read from the source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Plane(ref byte source, int step, ref float target, float scale, float shift, int pixels, int bytes)
    {
        nint i = 0;
        var (a, b) = (Vector128.Create(scale), Vector128.Create(shift));
        if (step <= MostChannelsOfShuffle)
        {
            // Every fourth byte of the result is a byte of the source, the three after it are zeros.
            var places = Vector128<int>.Indices * Vector128.Create(step) | Vector128.Create(unchecked((int)0xFFFFFF00));
            for (; i <= pixels - 4 && (i * step) + 16 <= bytes; i += 4)
            {
                var picked = Vector128.Shuffle(Vector128.LoadUnsafe(ref source, (nuint)(i * step)), places.AsByte());
                VectorMath.MultiplyAdd(Vector128.ConvertToSingle(picked.AsInt32()), a, b).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < pixels; i += 4)
        {
            var count = pixels - (int)i;
            var x = LoadUpToFour(ref Unsafe.Add(ref source, i * step), step, count);
            VectorTail.StoreUpTo128(VectorMath.MultiplyAdd(x, a, b), ref Unsafe.Add(ref target, i), count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LoadEight(ref byte source)
    {
        var bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref source)).AsByte();
        var shorts = Vector128.WidenLower(bytes);
        var integers = Vector256.Create(Vector128.WidenLower(shorts), Vector128.WidenUpper(shorts));
        return Vector256.ConvertToSingle(integers.AsInt32());
    }

    /// <summary>Four bytes, <paramref name="step"/> apart, as floats; zeros beyond <paramref name="count"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LoadUpToFour(ref byte source, int step, int count) =>
        Vector128.Create(
            source,
            count > 1 ? Unsafe.Add(ref source, step) : 0f,
            count > 2 ? Unsafe.Add(ref source, 2 * step) : 0f,
            count > 3 ? Unsafe.Add(ref source, 3 * step) : 0f);
}
