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
        ref float remainder,
        ref float sums,
        ref float products)
    {
        for (; channels > MostChannels; channels -= MostChannels)
        {
            GradientSums(
                ref source,
                sourceSample,
                sourceRow,
                sourcePixel,
                ref gradient,
                gradientSample,
                gradientRow,
                gradientPixel,
                samples,
                rows,
                pixels,
                MostChannels,
                ref mean,
                ref inverse,
                ref remainder,
                ref sums,
                ref products);
            source = ref Unsafe.Add(ref source, MostChannels);
            gradient = ref Unsafe.Add(ref gradient, MostChannels);
            mean = ref Unsafe.Add(ref mean, MostChannels);
            inverse = ref Unsafe.Add(ref inverse, MostChannels);
            remainder = ref Unsafe.Add(ref remainder, MostChannels);
            sums = ref Unsafe.Add(ref sums, MostChannels);
            products = ref Unsafe.Add(ref products, MostChannels);
        }

        Span<double> totals = stackalloc double[2 * channels];
        Span<float> run = stackalloc float[2 * channels];
        totals.Clear();
        run.Clear();
        var held = 0;
        for (nint n = 0; n < samples; n++)
        {
            for (nint y = 0; y < rows; y++)
            {
                ref var s = ref Unsafe.Add(ref source, (n * sourceSample) + (y * sourceRow));
                ref var g = ref Unsafe.Add(ref gradient, (n * gradientSample) + (y * gradientRow));
                for (var (x, taken) = (0, 0); x < pixels; x += taken)
                {
                    taken = Math.Min(pixels - x, LongestRun - held);
                    ref var pixel = ref Unsafe.Add(ref s, (nint)x * sourcePixel);
                    ref var slope = ref Unsafe.Add(ref g, (nint)x * gradientPixel);
                    ChannelRows.AddProducts(
                        ref pixel, sourcePixel, ref slope, gradientPixel, taken, ref mean, ref run[0], ref run[channels], channels);
                    if ((held += taken) == LongestRun)
                        held = Flush(run, totals);
                }
            }
        }

        Flush(run, totals);
        for (var c = 0; c < channels; c++)
        {
            var product = totals[channels + c];
            if (!double.IsFinite(product))
            {
                product = InDouble(
                    ref Unsafe.Add(ref source, c),
                    sourceSample,
                    sourceRow,
                    sourcePixel,
                    ref Unsafe.Add(ref gradient, c),
                    gradientSample,
                    gradientRow,
                    gradientPixel,
                    samples,
                    rows,
                    pixels,
                    Unsafe.Add(ref mean, c));
            }

            product -= Unsafe.Add(ref remainder, c) * totals[c];
            Unsafe.Add(ref sums, c) = (float)totals[c];
            Unsafe.Add(ref products, c) = (float)(product * Unsafe.Add(ref inverse, c));
        }
    }

    /// <summary>The same of planes.</summary>
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
        ref float remainder,
        ref float sums,
        ref float products)
    {
        for (nint c = 0; c < channels; c++)
        {
            double sum = 0;
            double product = 0;
            for (nint n = 0; n < samples; n++)
            {
                sum += NormalizationSums.OfGradients(
                    ref Unsafe.Add(ref source, (n * sourceSample) + (c * sourceChannel)),
                    sourceRow,
                    ref Unsafe.Add(ref gradient, (n * gradientSample) + (c * gradientChannel)),
                    gradientRow,
                    rows,
                    pixels,
                    Unsafe.Add(ref mean, c),
                    out var part);
                product += part;
            }

            product -= Unsafe.Add(ref remainder, c) * sum;
            Unsafe.Add(ref sums, c) = (float)sum;
            Unsafe.Add(ref products, c) = (float)(product * Unsafe.Add(ref inverse, c));
        }
    }

    /// <summary>
    /// From the sums over g and over g (x - mean) inverse to those with which <see cref="InputGradient"/> may take the mean as it is
    /// rounded: sums[c] -= products[c] inverse[c] remainder[c].
    /// </summary>
    public static void Recenter(ref float sums, ref float products, ref float inverse, ref float remainder, int channels)
    {
        for (var c = 0; c < channels; c++)
        {
            var offset = (double)Unsafe.Add(ref inverse, c) * Unsafe.Add(ref remainder, c);
            Unsafe.Add(ref sums, c) = (float)(Unsafe.Add(ref sums, c) - (offset * Unsafe.Add(ref products, c)));
        }
    }

    /// <summary>
    /// target = scale ((g - sums) - (x - mean) inverse products) over the pixels of a row, where sums and products are means over the
    /// batch; channels innermost. The target may be the gradient.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
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
        for (nint x = 0; x < pixels; x++)
        {
            ChannelRows.InputGradient(
                ref Unsafe.Add(ref source, x * sourceStride),
                ref Unsafe.Add(ref gradient, x * gradientStride),
                ref Unsafe.Add(ref target, x * targetStride),
                channels,
                ref mean,
                ref inverse,
                ref scale,
                ref sums,
                ref products);
        }
    }

    /// <summary>The same over a run of one channel.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void InputGradientRun(
        ref float source, ref float gradient, ref float target, int length, float mean, float inverse, float scale, float sum, float product)
    {
        var factor = inverse * product;
        nint i = 0;
        for (; i <= length - 4; i += 4)
        {
            var x = Vector128.LoadUnsafe(ref source, (nuint)i) - Vector128.Create(mean);
            var g = Vector128.LoadUnsafe(ref gradient, (nuint)i) - Vector128.Create(sum);
            ((g - (x * Vector128.Create(factor))) * Vector128.Create(scale)).StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < length; i++)
            Unsafe.Add(ref target, i) = (Unsafe.Add(ref gradient, i) - sum - ((Unsafe.Add(ref source, i) - mean) * factor)) * scale;
    }

    /// <summary>The sum of g (x - center) over a channel, in double precision.</summary>
    private static double InDouble(
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
        float center)
    {
        var sum = 0.0;
        for (nint n = 0; n < samples; n++)
        {
            for (nint y = 0; y < rows; y++)
            {
                ref var s = ref Unsafe.Add(ref source, (n * sourceSample) + (y * sourceRow));
                ref var g = ref Unsafe.Add(ref gradient, (n * gradientSample) + (y * gradientRow));
                sum += NormalizationSums.OfProductsInDouble(ref s, sourcePixel, ref g, gradientPixel, pixels, center);
            }
        }

        return sum;
    }
}
