using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// The parts of batch normalisation (Ioffe and Szegedy 2015) over a batch of volumes, for generated code: statistics, normalisation and
/// the backward pass. Channels are innermost where a pixel stride is given, else each channel is a plane of rows.
/// </summary>
/// <remarks>
/// Sums run in single precision over at most 256 elements and in double above, so that the statistics of large batches keep their
/// digits. Nothing outside the rows is read or written; the caller answers for the lengths.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BatchNormalization
{
    private const int LongestRun = 256;

    /// <summary>The most channels whose sums are kept on the stack at once.</summary>
    private const int MostChannels = 512;

    /// <summary>The mean and the sum of squared differences from it of each channel, channels innermost.</summary>
    public static void Moments(
        ref float source, int samples, int sampleStride, int rows, int rowStride, int pixels, int pixelStride, int channels, ref float mean, ref float squares)
    {
        for (; channels > MostChannels; channels -= MostChannels)
        {
            Moments(ref source, samples, sampleStride, rows, rowStride, pixels, pixelStride, MostChannels, ref mean, ref squares);
            source = ref Unsafe.Add(ref source, MostChannels);
            mean = ref Unsafe.Add(ref mean, MostChannels);
            squares = ref Unsafe.Add(ref squares, MostChannels);
        }

        var elements = (double)samples * rows * pixels;
        Span<double> totals = stackalloc double[channels];
        Span<float> run = stackalloc float[channels];
        for (var pass = 0; pass < 2; pass++)
        {
            totals.Clear();
            run.Clear();
            var held = 0;
            for (nint n = 0; n < samples; n++)
            {
                for (nint y = 0; y < rows; y++)
                {
                    ref var row = ref Unsafe.Add(ref source, (n * sampleStride) + (y * rowStride));
                    for (var (x, taken) = (0, 0); x < pixels; x += taken)
                    {
                        taken = Math.Min(pixels - x, LongestRun - held);
                        ref var pixel = ref Unsafe.Add(ref row, (nint)x * pixelStride);
                        if (pass == 0)
                            ChannelRows.Add(ref pixel, pixelStride, taken, ref run[0], channels);
                        else
                            ChannelRows.AddSquaredDifference(ref pixel, pixelStride, taken, ref mean, ref run[0], channels);
                        if ((held += taken) == LongestRun)
                            held = Flush(run, totals);
                    }
                }
            }

            Flush(run, totals);
            for (var c = 0; c < channels; c++)
            {
                if (pass == 0)
                    Unsafe.Add(ref mean, c) = (float)(totals[c] / elements);
                else
                    Unsafe.Add(ref squares, c) = (float)totals[c];
            }
        }
    }

    /// <summary>The same of planes.</summary>
    public static void MomentsOfPlanes(
        ref float source, int samples, int sampleStride, int rows, int rowStride, int pixels, int channels, int channelStride, ref float mean, ref float squares)
    {
        var elements = (double)samples * rows * pixels;
        for (nint c = 0; c < channels; c++)
        {
            double sum = 0;
            double sumOfSquares = 0;
            for (var pass = 0; pass < 2; pass++)
            {
                var center = (float)(sum / elements);
                for (nint n = 0; n < samples; n++)
                {
                    for (nint y = 0; y < rows; y++)
                    {
                        ref var row = ref Unsafe.Add(ref source, (n * sampleStride) + (c * channelStride) + (y * rowStride));
                        if (pass == 0)
                            sum += Reductions.Sum(ref row, pixels);
                        else
                            sumOfSquares += Reductions.SumOfSquaredDifferences(ref row, pixels, center);
                    }
                }
            }

            Unsafe.Add(ref mean, c) = (float)(sum / elements);
            Unsafe.Add(ref squares, c) = (float)sumOfSquares;
        }
    }

    /// <summary>scale[c] = gamma[c] / sqrt(variance[c] + epsilon), and 1 / sqrt(variance[c] + epsilon) by itself.</summary>
    public static void Scales(ref float variance, ref float gamma, int channels, double epsilon, ref float scale, ref float inverse)
    {
        for (var c = 0; c < channels; c++)
        {
            var factor = 1 / Math.Sqrt(Unsafe.Add(ref variance, c) + epsilon);
            Unsafe.Add(ref inverse, c) = (float)factor;
            Unsafe.Add(ref scale, c) = (float)(Unsafe.Add(ref gamma, c) * factor);
        }
    }

    /// <summary>target = (source - mean) * scale + beta over the pixels of a row, channels innermost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normalize(
        ref float source, int sourceStride, ref float target, int targetStride, int pixels, int channels, ref float mean, ref float scale, ref float beta)
    {
        for (nint x = 0; x < pixels; x++)
            ChannelRows.Normalize(ref Unsafe.Add(ref source, x * sourceStride), ref Unsafe.Add(ref target, x * targetStride), channels, ref mean, ref scale, ref beta);
    }

    /// <summary>target = (source - mean) * scale + beta over a run of one channel.</summary>
    public static void NormalizeRun(ref float source, ref float target, int length, float mean, float scale, float beta) =>
        ElementMap.Apply(new NormalizeFunction(mean, scale, beta), ref source, ref target, length, Vector256.IsHardwareAccelerated);

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
                ref sums,
                ref products);
            source = ref Unsafe.Add(ref source, MostChannels);
            gradient = ref Unsafe.Add(ref gradient, MostChannels);
            mean = ref Unsafe.Add(ref mean, MostChannels);
            inverse = ref Unsafe.Add(ref inverse, MostChannels);
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
            Unsafe.Add(ref sums, c) = (float)totals[c];
            Unsafe.Add(ref products, c) = (float)(totals[channels + c] * Unsafe.Add(ref inverse, c));
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
        ref float sums,
        ref float products)
    {
        for (nint c = 0; c < channels; c++)
        {
            double sum = 0;
            double product = 0;
            for (nint n = 0; n < samples; n++)
            {
                for (nint y = 0; y < rows; y++)
                {
                    ref var s = ref Unsafe.Add(ref source, (n * sourceSample) + (c * sourceChannel) + (y * sourceRow));
                    ref var g = ref Unsafe.Add(ref gradient, (n * gradientSample) + (c * gradientChannel) + (y * gradientRow));
                    sum += Reductions.Sum(ref g, pixels);
                    product += Reductions.SumOfProducts(ref s, ref g, pixels, Unsafe.Add(ref mean, c));
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void InputGradientRun(
        ref float source, ref float gradient, ref float target, int length, float mean, float inverse, float scale, float sum, float product)
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

    private static int Flush(Span<float> run, Span<double> totals)
    {
        for (var c = 0; c < run.Length; c++)
            totals[c] += run[c];
        run.Clear();
        return 0;
    }

    private readonly struct NormalizeFunction(float mean, float scale, float beta) : IElementFunction
    {
        public Vector256<float> Apply(Vector256<float> x) => ((x - Vector256.Create(mean)) * scale) + Vector256.Create(beta);

        public Vector128<float> Apply(Vector128<float> x) => ((x - Vector128.Create(mean)) * scale) + Vector128.Create(beta);
    }
}
