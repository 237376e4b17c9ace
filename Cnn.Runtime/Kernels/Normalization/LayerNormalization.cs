using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// Layer normalisation (Ba, Kiros and Hinton 2016), for generated code: y = w[i] * z + b[i], z = (x - mean) / sqrt(variance + epsilon),
/// over the elements of a run, of the channels of every pixel with channels innermost, or of the channels of every pixel in planar order.
/// z = (x - mean) * inverse + shift: the mean as it is rounded, the inverse deviation, and what the rounding left out are kept for the
/// backward pass. Null references for w and b mean 1 and 0.
/// </summary>
/// <remarks>
/// Backward, given g = dL/dy, in place of g: with h = g * w, dL/dx = (h - mean of h - z * mean of h * z) / sqrt(variance + epsilon); dL/dw
/// += g * z and dL/db += g, each summed over the pixels; null references where there is no w. Statistics are within 1e-6 relatively.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class LayerNormalization
{
    /// <summary>A run of <paramref name="length"/> elements. Source and target may be the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Forward(
        ref float source,
        ref float target,
        ref float weight,
        ref float bias,
        float epsilon,
        ref float mean,
        ref float inverse,
        ref float shift,
        int length) =>
        Forward(
            ref source,
            ref target,
            ref weight,
            ref bias,
            epsilon,
            ref mean,
            ref inverse,
            ref shift,
            length,
            Vector256.IsHardwareAccelerated);

    /// <summary>The backward pass of a run: <paramref name="gradient"/> is g and becomes dL/dx.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Backward(
        ref float input,
        ref float gradient,
        ref float weight,
        ref float weightGradient,
        ref float biasGradient,
        ref float mean,
        ref float inverse,
        ref float shift,
        int length) =>
        Backward(
            ref input,
            ref gradient,
            ref weight,
            ref weightGradient,
            ref biasGradient,
            mean,
            inverse,
            shift,
            length,
            Vector256.IsHardwareAccelerated);

    /// <summary>The channels of every pixel, channels innermost; means, inverses and shifts are [pixels].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ForwardChannels(
        ref float source,
        int sourcePitch,
        ref float target,
        int targetPitch,
        ref float weight,
        ref float bias,
        float epsilon,
        ref float means,
        ref float inverses,
        ref float shifts,
        int channels,
        int pixels)
    {
        for (nint i = 0; i < pixels; i++)
        {
            Forward(
                ref Unsafe.Add(ref source, i * sourcePitch),
                ref Unsafe.Add(ref target, i * targetPitch),
                ref weight,
                ref bias,
                epsilon,
                ref Unsafe.Add(ref means, i),
                ref Unsafe.Add(ref inverses, i),
                ref Unsafe.Add(ref shifts, i),
                channels,
                Vector256.IsHardwareAccelerated);
        }
    }

    /// <summary>The backward pass of <see cref="ForwardChannels"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void BackwardChannels(
        ref float input,
        int inputPitch,
        ref float gradient,
        int gradientPitch,
        ref float weight,
        ref float weightGradient,
        ref float biasGradient,
        ref float means,
        ref float inverses,
        ref float shifts,
        int channels,
        int pixels)
    {
        for (nint i = 0; i < pixels; i++)
        {
            Backward(
                ref Unsafe.Add(ref input, i * inputPitch),
                ref Unsafe.Add(ref gradient, i * gradientPitch),
                ref weight,
                ref weightGradient,
                ref biasGradient,
                Unsafe.Add(ref means, i),
                Unsafe.Add(ref inverses, i),
                Unsafe.Add(ref shifts, i),
                channels,
                Vector256.IsHardwareAccelerated);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Forward(
        ref float source,
        ref float target,
        ref float weight,
        ref float bias,
        float epsilon,
        ref float mean,
        ref float inverse,
        ref float shift,
        int length,
        bool wide)
    {
        var moments = Moments.OfRun(ref source, length, wide);
        var factor = moments.Inverse(epsilon);
        mean = moments.Center;
        inverse = (float)factor;
        shift = (float)(-moments.Remainder * factor);
        ChannelMap.Run<NormalizeFunction>(ref source, ref target, mean, inverse, shift, 0f, length, wide);
        if (!Unsafe.IsNullRef(ref weight))
        {
            ChannelMap.Apply<ScaleShiftFunction>(
                ref target, 0, ref target, 0, ref weight, ref bias, ref bias, ref bias, length, 1, wide);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Backward(
        ref float input,
        ref float gradient,
        ref float weight,
        ref float weightGradient,
        ref float biasGradient,
        float mean,
        float inverse,
        float shift,
        int length,
        bool wide)
    {
        if (!Unsafe.IsNullRef(ref weight))
        {
            ElementMap.Update(default(SumOfTwo), ref gradient, ref biasGradient, length, wide);
            AddWeightGradient(ref input, ref gradient, ref weightGradient, mean, inverse, shift, length, wide);
            ElementMap.Update(default(ProductOfTwo), ref weight, ref gradient, length, wide);
        }

        var sum = NormalizationSums.OfGradients(ref input, ref gradient, length, mean, wide, out var differences);
        var product = (differences * inverse) + (shift * sum);
        var b = (float)(-inverse * product / length);
        var s = (float)(-(sum + (shift * product)) / length);
        ChannelMap.Run<NormalizeGradient>(ref input, ref gradient, mean, inverse, b, s, length, wide);
    }

    /// <summary>weightGradient[i] += gradient[i] * ((input[i] - mean) * inverse + shift).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddWeightGradient(
        ref float input, ref float gradient, ref float weightGradient, float mean, float inverse, float shift, int length, bool wide)
    {
        nint i = 0;
        for (; wide && ElementMap.IsLong(length) && i <= length - 16; i += 16)
            AddWeightGradient512(ref input, ref gradient, ref weightGradient, mean, inverse, shift, i, 16);
        for (; wide && i <= length - 8; i += 8)
            AddWeightGradient256(ref input, ref gradient, ref weightGradient, mean, inverse, shift, i, 8);
        for (; i < length; i += 4)
            AddWeightGradient128(ref input, ref gradient, ref weightGradient, mean, inverse, shift, i, length - (int)i);
    }
}
