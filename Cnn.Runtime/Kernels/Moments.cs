using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// Mean and M2, the sum of the squared differences from the mean, of every channel, for generated code; the variance of n elements is M2 /
/// n. Both within 1e-6 relatively at any length, however far the mean is from zero: two passes, partial sums in double precision. Partial
/// results are merged by the formula of Chan, Golub and LeVeque (1979), so a channel's elements may come in any number of pieces.
/// </summary>
/// <remarks>
/// A normalisation over a batch takes the moments of every sample and merges them; one over groups of channels takes the moments of every
/// channel and merges those of a group; one over single channels merges nothing.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Moments
{
    /// <summary>The moments of every channel, channels innermost: element (pixel i, channel c) at i * pitch + c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfChannels(ref float source, int pitch, ref float means, ref float squares, int channels, int pixels) =>
        OfChannels(ref source, pitch, ref means, ref squares, channels, pixels, Vector256.IsHardwareAccelerated);

    /// <summary>The moments of every channel, planar: channel c is the run of <paramref name="length"/> floats at c * pitch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfPlanes(ref float source, int pitch, ref float means, ref float squares, int channels, int length) =>
        OfPlanes(ref source, pitch, ref means, ref squares, channels, length, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// Merges the moments of <paramref name="otherCount"/> further elements of every channel into those of <paramref name="count"/>, which
    /// may be 0.
    /// </summary>
    public static void Merge(
        ref float means, ref float squares, int count, ref float otherMeans, ref float otherSquares, int otherCount, int channels)
    {
        var total = (double)count + otherCount;
        for (nint c = 0; c < channels; c++)
        {
            ref var mean = ref Unsafe.Add(ref means, c);
            ref var square = ref Unsafe.Add(ref squares, c);
            var (first, other) = count == 0 ? (0.0, 0.0) : (mean, (double)square);
            var difference = Unsafe.Add(ref otherMeans, c) - first;
            mean = (float)(first + (difference * (otherCount / total)));
            square = (float)(other + Unsafe.Add(ref otherSquares, c) + (difference * difference * (count * (otherCount / total))));
        }
    }

    /// <summary>
    /// The moments of every channel from those of <paramref name="parts"/> parts of <paramref name="count"/> elements each, part k's at k *
    /// partPitch: a batch's from those of its samples. The results may be written over those of the first part.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MergeParts(
        ref float partMeans,
        ref float partSquares,
        int partPitch,
        int parts,
        int count,
        ref float means,
        ref float squares,
        int channels)
    {
        for (nint c = 0; c < channels; c += 4)
        {
            var lanes = (int)Math.Min(4, channels - c);
            var sum = Totals128.Zero;
            for (nint part = 0; part < parts; part++)
                sum = sum.Plus(VectorTail.LoadUpToFour(ref Unsafe.Add(ref partMeans, (part * partPitch) + c), lanes));
            var mean = sum.Over(parts);
            var square = Totals128.Zero;
            for (nint part = 0; part < parts; part++)
            {
                var difference = VectorTail.LoadUpToFour(ref Unsafe.Add(ref partMeans, (part * partPitch) + c), lanes) - mean;
                square = square
                    .Plus(VectorTail.LoadUpToFour(ref Unsafe.Add(ref partSquares, (part * partPitch) + c), lanes))
                    .Plus(difference * difference * Vector128.Create((float)count));
            }

            VectorTail.StoreUpToFour(mean, ref Unsafe.Add(ref means, c), lanes);
            VectorTail.StoreUpToFour(square.Rounded, ref Unsafe.Add(ref squares, c), lanes);
        }
    }

    /// <summary>
    /// Replaces the moments of every channel, of <paramref name="count"/> elements each, by those of its group; the channels of a group
    /// follow one another. Every channel of a group then has the same.
    /// </summary>
    public static void MergeGroups(ref float means, ref float squares, int channels, int groups, int count)
    {
        var size = channels / groups;
        for (nint group = 0; group < groups; group++)
        {
            ref var mean = ref Unsafe.Add(ref means, group * size);
            ref var square = ref Unsafe.Add(ref squares, group * size);
            MergeParts(ref mean, ref square, 1, size, count, ref mean, ref square, 1);
            Blocks.Fill(ref mean, size, mean);
            Blocks.Fill(ref square, size, square);
        }
    }

    /// <summary>
    /// inverses[c] = 1 / sqrt(squares[c] / count + epsilon), the inverse deviation of <paramref name="count"/> elements; may be written
    /// over the squares.
    /// </summary>
    public static void InverseDeviations(ref float squares, int count, float epsilon, ref float inverses, int channels)
    {
        for (nint c = 0; c < channels; c++)
            Unsafe.Add(ref inverses, c) = (float)(1 / Math.Sqrt((Unsafe.Add(ref squares, c) / (double)count) + epsilon));
    }

    /// <summary>
    /// Moves the running averages towards a batch of <paramref name="count"/> elements a channel, more than one: running = (1 - momentum) *
    /// running + momentum * batch, with the unbiased variance squares[c] / (count - 1), as in PyTorch.
    /// </summary>
    public static void UpdateRunning(
        ref float means, ref float squares, int count, float momentum, ref float runningMeans, ref float runningVariances, int channels)
    {
        for (nint c = 0; c < channels; c++)
        {
            ref var mean = ref Unsafe.Add(ref runningMeans, c);
            ref var variance = ref Unsafe.Add(ref runningVariances, c);
            mean = (float)(((1.0 - momentum) * mean) + ((double)momentum * Unsafe.Add(ref means, c)));
            variance = (float)(((1.0 - momentum) * variance) + (momentum * (Unsafe.Add(ref squares, c) / (count - 1.0))));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void OfChannels(
        ref float source, int pitch, ref float means, ref float squares, int channels, int pixels, bool wide)
    {
        Blocks.Fill(ref means, channels, 0f);
        Blocks.Fill(ref squares, channels, 0f);
        ChannelSum.Add<ValueTerm>(ref source, pitch, ref source, pitch, ref means, ref means, ref means, channels, pixels, wide);
        ChannelMap.Run<ScaleFunction>(ref means, ref means, 1f / pixels, 0f, 0f, 0f, channels, wide);
        ChannelSum.Add<SquaredDifferenceTerm>(
            ref source, pitch, ref source, pitch, ref means, ref squares, ref squares, channels, pixels, wide);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void OfPlanes(
        ref float source, int pitch, ref float means, ref float squares, int channels, int length, bool wide)
    {
        for (nint c = 0; c < channels; c++)
        {
            ref var plane = ref Unsafe.Add(ref source, c * pitch);
            var mean = (float)(RunSum.Of<ValueTerm>(ref plane, ref plane, 0f, length, wide, out _) / length);
            Unsafe.Add(ref means, c) = mean;
            Unsafe.Add(ref squares, c) = (float)RunSum.Of<SquaredDifferenceTerm>(ref plane, ref plane, mean, length, wide, out _);
        }
    }
}
