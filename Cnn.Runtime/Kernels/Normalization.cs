using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// Normalisation with an affine map by channel, for generated code: what batch, group and instance normalisation share once the means and
/// inverse deviations of every channel stand in arrays (<see cref="Moments"/>; of a group every channel has the same).
/// </summary>
/// <remarks>
/// With z = (x - mean) * inverse: forward y = w * z + b. Backward, given g = dL/dy and h = g * w: dL/dx = inverse * (h - mean of h - z *
/// mean of h * z), the means taken over the elements of the statistics; dL/dw = sum of g * z, dL/db = sum of g (Ioffe and Szegedy 2015).
/// The steps are <see cref="AddGradientSumsOfChannels"/> or <see cref="AddGradientSumsOfPlanes"/>, over all samples of the statistics; <see
/// cref="GradientFactors"/>; <see cref="BackwardChannels"/> or <see cref="BackwardPlanes"/>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Normalization
{
    /// <summary>
    /// target = (source - means[c]) * scales[c] + shifts[c], channels innermost; scales = inverse * w. Source and target may be the same.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ForwardChannels(
        ref float source,
        int sourcePitch,
        ref float target,
        int targetPitch,
        ref float means,
        ref float scales,
        ref float shifts,
        int channels,
        int pixels) =>
        ChannelMap.Apply<NormalizeFunction>(
            ref source,
            sourcePitch,
            ref target,
            targetPitch,
            ref means,
            ref scales,
            ref shifts,
            ref shifts,
            channels,
            pixels,
            Vector256.IsHardwareAccelerated);

    /// <summary>target = (source - means[c]) * scales[c] + shifts[c], planar: channel c is the run at c * pitch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ForwardPlanes(
        ref float source,
        int sourcePitch,
        ref float target,
        int targetPitch,
        ref float means,
        ref float scales,
        ref float shifts,
        int channels,
        int length)
    {
        for (nint c = 0; c < channels; c++)
        {
            ChannelMap.Run<NormalizeFunction>(
                ref Unsafe.Add(ref source, c * sourcePitch),
                ref Unsafe.Add(ref target, c * targetPitch),
                Unsafe.Add(ref means, c),
                Unsafe.Add(ref scales, c),
                Unsafe.Add(ref shifts, c),
                0f,
                length,
                Vector256.IsHardwareAccelerated);
        }
    }

    /// <summary>
    /// sums[c] += the sum of g, products[c] += the sum of g * (x - means[c]), over the pixels of x = input and g = gradient; channels
    /// innermost.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddGradientSumsOfChannels(
        ref float input,
        int inputPitch,
        ref float gradient,
        int gradientPitch,
        ref float means,
        ref float sums,
        ref float products,
        int channels,
        int pixels) =>
        ChannelSum.Add<GradientTerm>(
            ref input,
            inputPitch,
            ref gradient,
            gradientPitch,
            ref means,
            ref sums,
            ref products,
            channels,
            pixels,
            Vector256.IsHardwareAccelerated);

    /// <summary>The same, planar.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddGradientSumsOfPlanes(
        ref float input,
        int inputPitch,
        ref float gradient,
        int gradientPitch,
        ref float means,
        ref float sums,
        ref float products,
        int channels,
        int length)
    {
        for (nint c = 0; c < channels; c++)
        {
            Unsafe.Add(ref sums, c) += (float)RunSum.Of<GradientTerm>(
                ref Unsafe.Add(ref input, c * inputPitch),
                ref Unsafe.Add(ref gradient, c * gradientPitch),
                Unsafe.Add(ref means, c),
                length,
                Vector256.IsHardwareAccelerated,
                out var product);
            Unsafe.Add(ref products, c) += (float)product;
        }
    }

    /// <summary>
    /// From the sums of g and of g * (x - mean) over <paramref name="count"/> elements a channel, the factors of dL/dx = g * a[c] + (x -
    /// mean) * b[c] + s[c]; adds dL/dw and dL/db.
    /// </summary>
    /// <param name="sums">Sums of g, [channels].</param>
    /// <param name="products">Sums of g * (x - mean), [channels].</param>
    /// <param name="inverses">Inverse deviations, [channels].</param>
    /// <param name="weight">w, [channels], or a null reference for 1.</param>
    /// <param name="weightGradient">dL/dw is added, [channels]; a null reference without weight.</param>
    /// <param name="biasGradient">dL/db is added, [channels]; a null reference without bias.</param>
    /// <param name="a">Receives inverse * w, [channels].</param>
    /// <param name="b">Receives -inverse^2 * mean of h * z, [channels]; may be <paramref name="products"/>.</param>
    /// <param name="s">Receives -inverse * mean of h, [channels]; may be <paramref name="sums"/>.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="groups">Groups of channels that share their statistics: the channels for batch and instance normalisation.</param>
    /// <param name="count">Elements of a channel in the statistics: pixels, times samples for batch normalisation.</param>
    public static void GradientFactors(
        ref float sums,
        ref float products,
        ref float inverses,
        ref float weight,
        ref float weightGradient,
        ref float biasGradient,
        ref float a,
        ref float b,
        ref float s,
        int channels,
        int groups,
        int count)
    {
        var size = channels / groups;
        var elements = (double)size * count;
        for (nint start = 0; start < channels; start += size)
        {
            var (sum, product) = (0.0, 0.0);
            for (var c = start; c < start + size; c++)
            {
                var w = Unsafe.IsNullRef(ref weight) ? 1.0 : Unsafe.Add(ref weight, c);
                sum += w * Unsafe.Add(ref sums, c);
                product += w * Unsafe.Add(ref products, c);
                if (!Unsafe.IsNullRef(ref weightGradient))
                    Unsafe.Add(ref weightGradient, c) += Unsafe.Add(ref products, c) * Unsafe.Add(ref inverses, c);
                if (!Unsafe.IsNullRef(ref biasGradient))
                    Unsafe.Add(ref biasGradient, c) += Unsafe.Add(ref sums, c);
            }

            for (var c = start; c < start + size; c++)
            {
                var w = Unsafe.IsNullRef(ref weight) ? 1.0 : Unsafe.Add(ref weight, c);
                double inverse = Unsafe.Add(ref inverses, c);
                Unsafe.Add(ref a, c) = (float)(inverse * w);
                Unsafe.Add(ref b, c) = (float)(-inverse * inverse * inverse * product / elements);
                Unsafe.Add(ref s, c) = (float)(-inverse * sum / elements);
            }
        }
    }

    /// <summary>gradient = gradient * a[c] + (input - means[c]) * b[c] + s[c], in place; channels innermost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BackwardChannels(
        ref float input,
        int inputPitch,
        ref float gradient,
        int gradientPitch,
        ref float means,
        ref float a,
        ref float b,
        ref float s,
        int channels,
        int pixels) =>
        ChannelMap.Apply<NormalizeGradient>(
            ref input,
            inputPitch,
            ref gradient,
            gradientPitch,
            ref means,
            ref a,
            ref b,
            ref s,
            channels,
            pixels,
            Vector256.IsHardwareAccelerated);

    /// <summary>The same, planar.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BackwardPlanes(
        ref float input,
        int inputPitch,
        ref float gradient,
        int gradientPitch,
        ref float means,
        ref float a,
        ref float b,
        ref float s,
        int channels,
        int length)
    {
        for (nint c = 0; c < channels; c++)
        {
            ChannelMap.Run<NormalizeGradient>(
                ref Unsafe.Add(ref input, c * inputPitch),
                ref Unsafe.Add(ref gradient, c * gradientPitch),
                Unsafe.Add(ref means, c),
                Unsafe.Add(ref a, c),
                Unsafe.Add(ref b, c),
                Unsafe.Add(ref s, c),
                length,
                Vector256.IsHardwareAccelerated);
        }
    }
}
