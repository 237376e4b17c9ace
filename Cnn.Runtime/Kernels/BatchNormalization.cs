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
/// Sums over the batch are kept in double precision, so that the statistics of large batches keep their digits. Nothing outside the rows is
/// read or written; the caller answers for the lengths.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class BatchNormalization
{
    /// <summary>The mean and the sum of squared differences from it of each channel, channels innermost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
        ref float squares)
    {
        var elements = (double)samples * rows * pixels;
        var strides = new BatchStrides(sampleStride, rowStride, pixelStride);
        Span<double> sums = stackalloc double[Math.Min(channels, BatchSums.MostChannels)];
        for (nint start = 0; start < channels; start += BatchSums.MostChannels)
        {
            var block = sums[..(int)Math.Min(sums.Length, channels - start)];
            ref var values = ref Unsafe.Add(ref source, start);
            ref var means = ref Unsafe.Add(ref mean, start);
            BatchSums.Of<ValueTerm>(ref values, strides, ref values, strides, ref means, samples, rows, pixels, block, []);
            for (var c = 0; c < block.Length; c++)
                Unsafe.Add(ref means, c) = (float)(block[c] / elements);
            BatchSums.Of<SquaredDifferenceTerm>(ref values, strides, ref values, strides, ref means, samples, rows, pixels, block, []);
            for (var c = 0; c < block.Length; c++)
                Unsafe.Add(ref squares, start + c) = (float)block[c];
        }
    }

    /// <summary>The same of planes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
        ref float squares)
    {
        var elements = (double)samples * rows * pixels;
        if (rowStride == pixels)
            (rows, pixels) = (1, rows * pixels);
        for (nint c = 0; c < channels; c++)
        {
            ref var planes = ref Unsafe.Add(ref source, c * channelStride);
            var center = (float)(SumOfRows<ValueTerm>(ref planes, samples, sampleStride, rows, rowStride, pixels, 0f) / elements);
            Unsafe.Add(ref mean, c) = center;
            Unsafe.Add(ref squares, c) =
                (float)SumOfRows<SquaredDifferenceTerm>(ref planes, samples, sampleStride, rows, rowStride, pixels, center);
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
        ref float source,
        int sourceStride,
        ref float target,
        int targetStride,
        int pixels,
        int channels,
        ref float mean,
        ref float scale,
        ref float beta) =>
        ChannelMap.Apply<NormalizeFunction>(
            ref source,
            sourceStride,
            ref target,
            targetStride,
            ref mean,
            ref scale,
            ref beta,
            channels,
            pixels,
            Vector256.IsHardwareAccelerated);

    /// <summary>target = (source - mean) * scale + beta over a run of one channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void NormalizeRun(ref float source, ref float target, int length, float mean, float scale, float beta) =>
        ChannelMap.Run<NormalizeFunction>(ref source, ref target, mean, scale, beta, 0f, length, Vector256.IsHardwareAccelerated);

    /// <summary>The sum of one channel over the batch.</summary>
    private static double SumOfRows<TTerm>(
        ref float source, int samples, int sampleStride, int rows, int rowStride, int pixels, float parameter)
        where TTerm : struct, ITerm
    {
        var sum = 0.0;
        for (nint n = 0; n < samples; n++)
        {
            for (nint y = 0; y < rows; y++)
            {
                ref var row = ref Unsafe.Add(ref source, (n * sampleStride) + (y * rowStride));
                sum += RunSum.Of<TTerm>(ref row, ref row, parameter, pixels, Vector256.IsHardwareAccelerated, out _);
            }
        }

        return sum;
    }
}
