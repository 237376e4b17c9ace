using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>The backward pass.</content>
public static partial class BatchNormalization
{
    /// <summary>
    /// sums[c] = sum of g, products[c] = sum of g (x - mean) inverse over the batch, channels innermost.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GradientSums(
        ref float source,
        int sourceSample,
        int sourceRow,
        int sourcePixel,
        ref float gradient,
        int gradientSample,
        int gradientRow,
        int gradientPixel,
        int samples,
        int rows,
        int pixels,
        int channels,
        ref float mean,
        ref float inverse,
        ref float sums,
        ref float products)
    {
        var sourceStrides = new BatchStrides(sourceSample, sourceRow, sourcePixel);
        var gradientStrides = new BatchStrides(gradientSample, gradientRow, gradientPixel);
        Span<double> totals = stackalloc double[2 * Math.Min(channels, BatchSums.MostChannels)];
        for (nint start = 0; start < channels; start += BatchSums.MostChannels)
        {
            var block = (int)Math.Min(BatchSums.MostChannels, channels - start);
            var blockSums = totals[..block];
            var blockProducts = totals.Slice(block, block);
            BatchSums.Of<GradientTerm>(
                ref Unsafe.Add(ref source, start),
                sourceStrides,
                ref Unsafe.Add(ref gradient, start),
                gradientStrides,
                ref Unsafe.Add(ref mean, start),
                samples,
                rows,
                pixels,
                blockSums,
                blockProducts);
            for (var c = 0; c < block; c++)
            {
                Unsafe.Add(ref sums, start + c) = (float)blockSums[c];
                Unsafe.Add(ref products, start + c) = (float)(blockProducts[c] * Unsafe.Add(ref inverse, start + c));
            }
        }
    }

    /// <summary>The same of planes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GradientSumsOfPlanes(
        ref float source,
        int sourceSample,
        int sourceRow,
        int sourceChannel,
        ref float gradient,
        int gradientSample,
        int gradientRow,
        int gradientChannel,
        int samples,
        int rows,
        int pixels,
        int channels,
        ref float mean,
        ref float inverse,
        ref float sums,
        ref float products)
    {
        if (sourceRow == pixels && gradientRow == pixels)
            (rows, pixels) = (1, rows * pixels);
        for (nint c = 0; c < channels; c++)
        {
            double sum = 0;
            double product = 0;
            for (nint n = 0; n < samples; n++)
            {
                for (nint y = 0; y < rows; y++)
                {
                    sum += RunSum.Of<GradientTerm>(
                        ref Unsafe.Add(ref source, (n * sourceSample) + (c * sourceChannel) + (y * sourceRow)),
                        ref Unsafe.Add(ref gradient, (n * gradientSample) + (c * gradientChannel) + (y * gradientRow)),
                        Unsafe.Add(ref mean, c),
                        pixels,
                        Vector256.IsHardwareAccelerated,
                        out var ofRow);
                    product += ofRow;
                }
            }

            Unsafe.Add(ref sums, c) = (float)sum;
            Unsafe.Add(ref products, c) = (float)(product * Unsafe.Add(ref inverse, c));
        }
    }

    /// <summary>
    /// target = scale ((g - sums) - (x - mean) inverse products) over the pixels of a row, where sums and products are means over the
    /// batch; channels innermost. The target may be the gradient.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InputGradient(
        ref float source,
        int sourceStride,
        ref float gradient,
        int gradientStride,
        ref float target,
        int targetStride,
        int pixels,
        int channels,
        ref float mean,
        ref float inverse,
        ref float scale,
        ref float sums,
        ref float products)
    {
        for (nint i = 0; i < pixels; i++)
        {
            ref var x = ref Unsafe.Add(ref source, i * sourceStride);
            ref var g = ref Unsafe.Add(ref gradient, i * gradientStride);
            ref var t = ref Unsafe.Add(ref target, i * targetStride);
            nint c = 0;
            for (; c <= channels - 8; c += 8)
            {
                var d = Vector256.LoadUnsafe(ref x, (nuint)c) - Vector256.LoadUnsafe(ref mean, (nuint)c);
                d *= Vector256.LoadUnsafe(ref inverse, (nuint)c) * Vector256.LoadUnsafe(ref products, (nuint)c);
                var v = Vector256.LoadUnsafe(ref g, (nuint)c) - Vector256.LoadUnsafe(ref sums, (nuint)c);
                ((v - d) * Vector256.LoadUnsafe(ref scale, (nuint)c)).StoreUnsafe(ref t, (nuint)c);
            }

            for (; c < channels; c++)
            {
                var d = (Unsafe.Add(ref x, c) - Unsafe.Add(ref mean, c)) * (Unsafe.Add(ref inverse, c) * Unsafe.Add(ref products, c));
                Unsafe.Add(ref t, c) = (Unsafe.Add(ref g, c) - Unsafe.Add(ref sums, c) - d) * Unsafe.Add(ref scale, c);
            }
        }
    }

    /// <summary>The same over a run of one channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InputGradientRun(
        ref float source,
        ref float gradient,
        ref float target,
        int length,
        float mean,
        float inverse,
        float scale,
        float sum,
        float product)
    {
        var factor = inverse * product;
        nint i = 0;
        for (; i <= length - 4; i += 4)
        {
            var x = Vector128.LoadUnsafe(ref source, (nuint)i) - Vector128.Create(mean);
            var g = Vector128.LoadUnsafe(ref gradient, (nuint)i) - Vector128.Create(sum);
            ((g - (x * factor)) * scale).StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < length; i++)
            Unsafe.Add(ref target, i) = (Unsafe.Add(ref gradient, i) - sum - ((Unsafe.Add(ref source, i) - mean) * factor)) * scale;
    }
}
