using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// Bilinear enlargement by whole factors (PyTorch's interpolate), for generated code. Output p of n inputs at scale s lies at
/// max((2 p + 1 - s) / (2 s), 0), with aligned corners at p (n - 1) / (n s - 1): the fractions are exact. Where an input is the last it
/// stands for what lies beyond it. Nothing outside the volumes is touched; the caller answers for the lengths.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Bilinear
{
    /// <summary>Columns of the output that are computed at a time.</summary>
    private const int Block = 256;

    /// <summary>Channels innermost; the references are those of the first element.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Pixels(
        ref float source,
        int sourceRow,
        int sourcePixel,
        ref float target,
        int targetRow,
        int targetPixel,
        int height,
        int width,
        int channels,
        int scaleHeight,
        int scaleWidth,
        bool alignCorners)
    {
        for (var p = 0; p < height * scaleHeight; p++)
        {
            var row = Position.Of(p, height, scaleHeight, alignCorners);
            ref var upper = ref Unsafe.Add(ref source, row.Place * sourceRow);
            ref var lower = ref Unsafe.Add(ref source, row.Next * sourceRow);
            for (var q = 0; q < width * scaleWidth; q++)
            {
                var column = Position.Of(q, width, scaleWidth, alignCorners);
                Mix(
                    ref Unsafe.Add(ref upper, column.Place * sourcePixel),
                    ref Unsafe.Add(ref upper, column.Next * sourcePixel),
                    ref Unsafe.Add(ref lower, column.Place * sourcePixel),
                    ref Unsafe.Add(ref lower, column.Next * sourcePixel),
                    row.Share,
                    column.Share,
                    ref Unsafe.Add(ref target, (p * targetRow) + (q * targetPixel)),
                    channels);
            }
        }
    }

    /// <summary>Adds to the gradient of the input what each output hands to its four inputs; channels innermost.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void PixelsBackward(
        ref float gradient,
        int gradientRow,
        int gradientPixel,
        ref float result,
        int resultRow,
        int resultPixel,
        int height,
        int width,
        int channels,
        int scaleHeight,
        int scaleWidth,
        bool alignCorners)
    {
        for (var p = 0; p < height * scaleHeight; p++)
        {
            var row = Position.Of(p, height, scaleHeight, alignCorners);
            ref var upper = ref Unsafe.Add(ref result, row.Place * resultRow);
            ref var lower = ref Unsafe.Add(ref result, row.Next * resultRow);
            for (var q = 0; q < width * scaleWidth; q++)
            {
                // One after the other: at the edges the four are not different ones.
                var column = Position.Of(q, width, scaleWidth, alignCorners);
                ref var g = ref Unsafe.Add(ref gradient, (p * gradientRow) + (q * gradientPixel));
                Add(ref g, (1 - row.Share) * (1 - column.Share), ref Unsafe.Add(ref upper, column.Place * resultPixel), channels);
                Add(ref g, (1 - row.Share) * column.Share, ref Unsafe.Add(ref upper, column.Next * resultPixel), channels);
                Add(ref g, row.Share * (1 - column.Share), ref Unsafe.Add(ref lower, column.Place * resultPixel), channels);
                Add(ref g, row.Share * column.Share, ref Unsafe.Add(ref lower, column.Next * resultPixel), channels);
            }
        }
    }

    /// <summary>Channels outermost, each a plane of rows without gaps between the elements.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Planes(
        ref float source,
        int sourceRow,
        int sourcePlane,
        ref float target,
        int targetRow,
        int targetPlane,
        int height,
        int width,
        int channels,
        int scaleHeight,
        int scaleWidth,
        bool alignCorners)
    {
        Span<int> places = stackalloc int[Block];
        Span<float> shares = stackalloc float[Block];
        Span<float> mixed = stackalloc float[Block + 2];
        for (var start = 0; start < width * scaleWidth; start += Block)
        {
            var count = Math.Min(Block, (width * scaleWidth) - start);
            var (first, span) = Columns(start, count, width, scaleWidth, alignCorners, places, shares);
            for (var c = 0; c < channels; c++)
            {
                ref var plane = ref Unsafe.Add(ref source, (c * sourcePlane) + first);
                for (var p = 0; p < height * scaleHeight; p++)
                {
                    var row = Position.Of(p, height, scaleHeight, alignCorners);
                    ref var lower = ref Unsafe.Add(ref plane, row.Next * sourceRow);
                    Interpolation.Blend(ref Unsafe.Add(ref plane, row.Place * sourceRow), ref lower, ref mixed[0], span, row.Share);
                    mixed[span] = mixed[span - 1];
                    ref var output = ref Unsafe.Add(ref target, (c * targetPlane) + (p * targetRow) + start);
                    for (var i = 0; i < count; i++)
                        Unsafe.Add(ref output, i) = ((1 - shares[i]) * mixed[places[i]]) + (shares[i] * mixed[places[i] + 1]);
                }
            }
        }
    }

    /// <summary>Adds to the gradient of the input what each output hands to its four inputs; channels outermost.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void PlanesBackward(
        ref float gradient,
        int gradientRow,
        int gradientPlane,
        ref float result,
        int resultRow,
        int resultPlane,
        int height,
        int width,
        int channels,
        int scaleHeight,
        int scaleWidth,
        bool alignCorners)
    {
        Span<int> places = stackalloc int[Block];
        Span<float> shares = stackalloc float[Block];
        Span<float> gathered = stackalloc float[Block + 2];
        for (var start = 0; start < width * scaleWidth; start += Block)
        {
            var count = Math.Min(Block, (width * scaleWidth) - start);
            var (first, span) = Columns(start, count, width, scaleWidth, alignCorners, places, shares);
            for (var c = 0; c < channels; c++)
            {
                ref var plane = ref Unsafe.Add(ref result, (c * resultPlane) + first);
                for (var p = 0; p < height * scaleHeight; p++)
                {
                    ref var output = ref Unsafe.Add(ref gradient, (c * gradientPlane) + (p * gradientRow) + start);
                    gathered.Clear();
                    for (var i = 0; i < count; i++)
                    {
                        gathered[places[i]] += (1 - shares[i]) * Unsafe.Add(ref output, i);
                        gathered[places[i] + 1] += shares[i] * Unsafe.Add(ref output, i);
                    }

                    gathered[span - 1] += gathered[span];
                    var row = Position.Of(p, height, scaleHeight, alignCorners);
                    ref var lower = ref Unsafe.Add(ref plane, row.Next * resultRow);
                    Interpolation.BlendBackward(
                        ref gathered[0], ref Unsafe.Add(ref plane, row.Place * resultRow), ref lower, span, row.Share);
                }
            }
        }
    }

    /// <summary>Where the outputs of a block lie, counted from the first input that they read, and how many inputs they read.</summary>
    private static (int First, int Span) Columns(
        int start, int count, int width, int scale, bool alignCorners, Span<int> places, Span<float> shares)
    {
        var first = Position.Of(start, width, scale, alignCorners).Place;
        for (var i = 0; i < count; i++)
        {
            var column = Position.Of(start + i, width, scale, alignCorners);
            places[i] = column.Place - first;
            shares[i] = column.Share;
        }

        return (first, Position.Of(start + count - 1, width, scale, alignCorners).Next - first + 1);
    }

    /// <summary>target = the four weighted, over the channels of a pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(
        ref float a, ref float b, ref float c, ref float d, float down, float across, ref float target, int channels)
    {
        var (wa, wb, wc, wd) = ((1 - down) * (1 - across), (1 - down) * across, down * (1 - across), down * across);
        nint i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= channels - 8; i += 8)
            {
                var upper = (Vector256.LoadUnsafe(ref a, (nuint)i) * wa) + (Vector256.LoadUnsafe(ref b, (nuint)i) * wb);
                var lower = (Vector256.LoadUnsafe(ref c, (nuint)i) * wc) + (Vector256.LoadUnsafe(ref d, (nuint)i) * wd);
                (upper + lower).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < channels; i += 4)
        {
            var count = channels - (int)i;
            var upper = (Load(ref a, i, count) * Vector128.Create(wa)) + (Load(ref b, i, count) * Vector128.Create(wb));
            var lower = (Load(ref c, i, count) * Vector128.Create(wc)) + (Load(ref d, i, count) * Vector128.Create(wd));
            VectorTail.StoreUpTo128(upper + lower, ref Unsafe.Add(ref target, i), count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Load(ref float source, nint offset, int count) =>
        VectorTail.LoadUpTo128(ref Unsafe.Add(ref source, offset), count);

    /// <summary>target += weight * source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref float source, float weight, ref float target, int channels)
    {
        if (weight != 0)
            Runs.ScaleAddTo(ref source, ref target, channels, weight);
    }

    /// <summary>Where an output lies: (1 - share) of one input and share of the next.</summary>
    private readonly record struct Position(int Place, int Next, float Share)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Position Of(int output, int length, int scale, bool alignCorners)
        {
            var (dividend, divisor) = alignCorners
                ? ((long)output * (length - 1), ((long)length * scale) - 1)
                : (Math.Max(0L, (2L * output) + 1 - scale), 2L * scale);
            if (divisor == 0)
                return default;
            var place = (int)(dividend / divisor);
            return new Position(place, Math.Min(place + 1, length - 1), (float)(dividend - (place * divisor)) / divisor);
        }
    }
}
