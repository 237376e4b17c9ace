using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.Kernels;

/// <summary>
/// The parts of batch normalisation (Ioffe and Szegedy 2015) over a batch of volumes, for generated code: statistics, normalisation and
/// the backward pass. Channels are innermost where a pixel stride is given, else each channel is a plane of rows.
/// </summary>
/// <remarks>
/// Sums run in single precision over at most 256 differences and in double above, so that the statistics of large batches, and of numbers
/// far from zero, keep their digits; what leaves the range of floats is summed again in double. Nothing outside the rows is read or written; the caller answers for the lengths.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class BatchNormalization
{
    private const int LongestRun = 256;

    /// <summary>The most channels whose sums are kept on the stack at once.</summary>
    private const int MostChannels = 512;

    /// <summary>
    /// The mean of each channel, its deviation, and what the mean is above the float that it was rounded to; channels innermost.
    /// </summary>
    public static void Moments(
        ref float source,
        int samples,
        int sampleStride,
        int rows,
        int rowStride,
        int pixels,
        int pixelStride,
        int channels,
        ref float mean,
        ref float deviation,
        ref float remainder)
    {
        for (; channels > MostChannels; channels -= MostChannels)
        {
            Moments(
                ref source,
                samples,
                sampleStride,
                rows,
                rowStride,
                pixels,
                pixelStride,
                MostChannels,
                ref mean,
                ref deviation,
                ref remainder);
            source = ref Unsafe.Add(ref source, MostChannels);
            mean = ref Unsafe.Add(ref mean, MostChannels);
            deviation = ref Unsafe.Add(ref deviation, MostChannels);
            remainder = ref Unsafe.Add(ref remainder, MostChannels);
        }

        var elements = (double)samples * rows * pixels;
        Span<double> means = stackalloc double[channels];
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

                        // From the channels of the first pixel, which are near to all of them, and then from the mean.
                        if (pass == 0)
                            ChannelRows.AddDifference(ref pixel, pixelStride, taken, ref source, ref run[0], channels);
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
                ref var first = ref Unsafe.Add(ref source, c);
                ref var center = ref Unsafe.Add(ref mean, c);
                if (!double.IsFinite(totals[c]))
                {
                    var from = pass == 0 ? first : center;
                    totals[c] = InDouble(ref first, samples, sampleStride, rows, rowStride, pixels, pixelStride, from, pass == 1);
                }

                if (pass == 0)
                    center = (float)(means[c] = first + (totals[c] / elements));
                else
                    Write(means[c], totals[c] / elements, ref center, ref Unsafe.Add(ref deviation, c), ref Unsafe.Add(ref remainder, c));
            }
        }
    }

    /// <summary>The same of planes.</summary>
    public static void MomentsOfPlanes(
        ref float source,
        int samples,
        int sampleStride,
        int rows,
        int rowStride,
        int pixels,
        int channels,
        int channelStride,
        ref float mean,
        ref float deviation,
        ref float remainder)
    {
        var elements = (double)samples * rows * pixels;
        for (nint c = 0; c < channels; c++)
        {
            ref var plane = ref Unsafe.Add(ref source, c * channelStride);
            double average = 0;
            for (var pass = 0; pass < 2; pass++)
            {
                var center = pass == 0 ? plane : (float)average;
                double sum = 0;
                for (nint n = 0; n < samples; n++)
                {
                    ref var start = ref Unsafe.Add(ref plane, n * sampleStride);
                    sum += pass == 0
                        ? NormalizationSums.OfDifferences(ref start, rows, rowStride, pixels, center)
                        : NormalizationSums.OfSquares(ref start, rows, rowStride, pixels, center);
                }

                if (pass == 0)
                    average = center + (sum / elements);
                else
                {
                    Write(
                        average,
                        sum / elements,
                        ref Unsafe.Add(ref mean, c),
                        ref Unsafe.Add(ref deviation, c),
                        ref Unsafe.Add(ref remainder, c));
                }
            }
        }
    }

    /// <summary>
    /// inverse[c] = 1 / sqrt(deviation[c]^2 + epsilon), scale[c] = gamma[c] inverse[c], and shift[c] = beta[c] - remainder[c] scale[c].
    /// Null references for gamma and beta mean 1 and 0.
    /// </summary>
    public static void Scales(
        ref float deviation,
        ref float remainder,
        ref float gamma,
        ref float beta,
        int channels,
        double epsilon,
        ref float scale,
        ref float inverse,
        ref float shift)
    {
        for (var c = 0; c < channels; c++)
        {
            double width = Unsafe.Add(ref deviation, c);
            var factor = 1 / Math.Sqrt((width * width) + epsilon);
            var scaled = Unsafe.IsNullRef(ref gamma) ? factor : Unsafe.Add(ref gamma, c) * factor;
            var summand = Unsafe.IsNullRef(ref beta) ? 0 : Unsafe.Add(ref beta, c);
            Unsafe.Add(ref inverse, c) = (float)factor;
            Unsafe.Add(ref scale, c) = (float)scaled;
            Unsafe.Add(ref shift, c) = (float)(summand - (Unsafe.Add(ref remainder, c) * scaled));
        }
    }

    /// <summary>target = (source - mean) * scale + beta over the pixels of a row, channels innermost.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Normalize(
        ref float source, int sourceStride, ref float target, int targetStride, int pixels, int channels, ref float mean, ref float scale, ref float beta)
    {
        for (nint x = 0; x < pixels; x++)
            ChannelRows.Normalize(ref Unsafe.Add(ref source, x * sourceStride), ref Unsafe.Add(ref target, x * targetStride), channels, ref mean, ref scale, ref beta);
    }

    private static void Write(double average, double squares, ref float mean, ref float deviation, ref float remainder)
    {
        var moments = Kernels.Moments.From(average, squares);
        mean = moments.Center;
        deviation = (float)Math.Sqrt(moments.Variance);
        remainder = (float)moments.Remainder;
    }

    /// <summary>The sum of x - center over a channel, or of its square, in double precision.</summary>
    private static double InDouble(
        ref float source, int samples, int sampleStride, int rows, int rowStride, int pixels, int pixelStride, float center, bool squared)
    {
        var sum = 0.0;
        for (nint n = 0; n < samples; n++)
        {
            for (nint y = 0; y < rows; y++)
            {
                ref var row = ref Unsafe.Add(ref source, (n * sampleStride) + (y * rowStride));
                sum += squared
                    ? NormalizationSums.OfSquaresInDouble(ref row, pixelStride, pixels, center)
                    : NormalizationSums.OfDifferencesInDouble(ref row, pixelStride, pixels, center);
            }
        }

        return sum;
    }

    private static int Flush(Span<float> run, Span<double> totals)
    {
        for (var c = 0; c < run.Length; c++)
            totals[c] += run[c];
        run.Clear();
        return 0;
    }
}
