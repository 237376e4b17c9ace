using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// What is done channel by channel where channels are innermost, for generated code: the element of pixel i and channel c stands at i *
/// pitch + c. Gaps between pixels are neither read nor written; the caller answers for the lengths. A target may be its source if the
/// pitches are equal. The error of a sum is below 1e-6 of the sum of the magnitudes for any number of pixels.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Channels
{
    /// <summary>target = source * scales[c].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Scale(
        ref float source, int sourcePitch, ref float target, int targetPitch, ref float scales, int channels, int pixels) =>
        ChannelMap.Apply<ScaleFunction>(
            ref source,
            sourcePitch,
            ref target,
            targetPitch,
            ref scales,
            ref scales,
            ref scales,
            ref scales,
            channels,
            pixels,
            Vector256.IsHardwareAccelerated);

    /// <summary>target += source * scales[c].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ScaleAddTo(
        ref float source, int sourcePitch, ref float target, int targetPitch, ref float scales, int channels, int pixels) =>
        ChannelMap.Apply<ScaleAddFunction>(
            ref source,
            sourcePitch,
            ref target,
            targetPitch,
            ref scales,
            ref scales,
            ref scales,
            ref scales,
            channels,
            pixels,
            Vector256.IsHardwareAccelerated);

    /// <summary>target = (source - centers[c]) * scales[c] + shifts[c].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Normalize(
        ref float source,
        int sourcePitch,
        ref float target,
        int targetPitch,
        ref float centers,
        ref float scales,
        ref float shifts,
        int channels,
        int pixels) =>
        ChannelMap.Apply<NormalizeFunction>(
            ref source,
            sourcePitch,
            ref target,
            targetPitch,
            ref centers,
            ref scales,
            ref shifts,
            ref shifts,
            channels,
            pixels,
            Vector256.IsHardwareAccelerated);

    /// <summary>sums[c] += the sum over pixels of source.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void AddSums(ref float source, int pitch, ref float sums, int channels, int pixels) =>
        ChannelSum.Add<ValueTerm>(
            ref source, pitch, ref source, pitch, ref sums, ref sums, ref sums, channels, pixels, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// sums[c] += the sum over pixels of a * b: also the gradient of a gate, of the values and the gradient of the product.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void AddDots(ref float a, int aPitch, ref float b, int bPitch, ref float sums, int channels, int pixels) =>
        ChannelSum.Add<ProductTerm>(
            ref a, aPitch, ref b, bPitch, ref sums, ref sums, ref sums, channels, pixels, Vector256.IsHardwareAccelerated);

}
