using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>The channels of every pixel in planar order: as many pixels at a time as a vector has lanes.</content>
public static partial class LayerNormalization
{
    /// <summary>The channels of every pixel, planar: channel c is the run at c * pitch; means, inverses and shifts are [pixels].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ForwardPlanes(
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
        PlaneMoments(
            ref source, sourcePitch, epsilon, ref means, ref inverses, ref shifts, channels, pixels, Vector256.IsHardwareAccelerated);
        for (nint c = 0; c < channels; c++)
        {
            var affine = !Unsafe.IsNullRef(ref weight);
            NormalizePlane(
                ref Unsafe.Add(ref source, c * sourcePitch),
                ref Unsafe.Add(ref target, c * targetPitch),
                affine ? Unsafe.Add(ref weight, c) : 1f,
                affine ? Unsafe.Add(ref bias, c) : 0f,
                ref means,
                ref inverses,
                ref shifts,
                pixels,
                Vector256.IsHardwareAccelerated);
        }
    }

    /// <summary>The backward pass of <see cref="ForwardPlanes"/>.</summary>
    /// <param name="input">x.</param>
    /// <param name="inputPitch">From channel to channel of the input.</param>
    /// <param name="gradient">g, becomes dL/dx.</param>
    /// <param name="gradientPitch">From channel to channel of the gradient.</param>
    /// <param name="weight">w, [channels], or a null reference.</param>
    /// <param name="weightGradient">dL/dw is added.</param>
    /// <param name="biasGradient">dL/db is added.</param>
    /// <param name="means">Means of the forward pass, [pixels].</param>
    /// <param name="inverses">Inverse deviations of the forward pass, [pixels].</param>
    /// <param name="shifts">Shifts of the forward pass, [pixels].</param>
    /// <param name="channels">Channels.</param>
    /// <param name="pixels">Pixels.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void BackwardPlanes(
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
        if (!Unsafe.IsNullRef(ref weight))
        {
            for (nint c = 0; c < channels; c++)
            {
                ref var g = ref Unsafe.Add(ref gradient, c * gradientPitch);
                Unsafe.Add(ref biasGradient, c) +=
                    (float)RunSum.Of<ValueTerm>(ref g, ref g, 0f, pixels, Vector256.IsHardwareAccelerated, out _);
                Unsafe.Add(ref weightGradient, c) += WeightGradientOfPlane(
                    ref Unsafe.Add(ref input, c * inputPitch), ref g, ref means, ref inverses, ref shifts, pixels, Vector256.IsHardwareAccelerated);
                ChannelMap.Run<ScaleFunction>(
                    ref g, ref g, Unsafe.Add(ref weight, c), 0f, 0f, 0f, pixels, Vector256.IsHardwareAccelerated);
            }
        }

        nint i = 0;
        for (; Vector512.IsHardwareAccelerated && i <= pixels - 16; i += 16)
            BackwardPixels512(ref input, inputPitch, ref gradient, gradientPitch, ref means, ref inverses, ref shifts, channels, i, 16);
        for (; Vector256.IsHardwareAccelerated && i <= pixels - 8; i += 8)
            BackwardPixels256(ref input, inputPitch, ref gradient, gradientPitch, ref means, ref inverses, ref shifts, channels, i, 8);
        for (; i < pixels; i += 4)
        {
            BackwardPixels128(
                ref input, inputPitch, ref gradient, gradientPitch, ref means, ref inverses, ref shifts, channels, i, pixels - (int)i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PlaneMoments(
        ref float source,
        int pitch,
        float epsilon,
        ref float means,
        ref float inverses,
        ref float shifts,
        int channels,
        int pixels,
        bool wide)
    {
        nint i = 0;
        for (; wide && Vector512.IsHardwareAccelerated && i <= pixels - 16; i += 16)
            Moments512(ref source, pitch, epsilon, ref means, ref inverses, ref shifts, channels, i, 16);
        for (; wide && i <= pixels - 8; i += 8)
            Moments256(ref source, pitch, epsilon, ref means, ref inverses, ref shifts, channels, i, 8);
        for (; i < pixels; i += 4)
            Moments128(ref source, pitch, epsilon, ref means, ref inverses, ref shifts, channels, i, pixels - (int)i);
    }

    /// <summary>target[i] = ((source[i] - means[i]) * inverses[i] + shifts[i]) * weight + bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void NormalizePlane(
        ref float source,
        ref float target,
        float weight,
        float bias,
        ref float means,
        ref float inverses,
        ref float shifts,
        int pixels,
        bool wide)
    {
        nint i = 0;
        for (; wide && Vector512.IsHardwareAccelerated && i <= pixels - 16; i += 16)
            Normalize512(ref source, ref target, weight, bias, ref means, ref inverses, ref shifts, i, 16);
        for (; wide && i <= pixels - 8; i += 8)
            Normalize256(ref source, ref target, weight, bias, ref means, ref inverses, ref shifts, i, 8);
        for (; i < pixels; i += 4)
            Normalize128(ref source, ref target, weight, bias, ref means, ref inverses, ref shifts, i, pixels - (int)i);
    }

    /// <summary>The sum of gradient[i] * ((input[i] - means[i]) * inverses[i] + shifts[i]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float WeightGradientOfPlane(
        ref float input, ref float gradient, ref float means, ref float inverses, ref float shifts, int pixels, bool wide)
    {
        nint i = 0;
        var total = 0.0;
        if (wide)
        {
            var sum = Totals256.Zero;
            for (; i <= pixels - 8; i += 8)
            {
                var z = Normalized256(ref input, ref means, ref inverses, ref shifts, i, 8);
                sum = sum.Plus(Vector256.LoadUnsafe(ref gradient, (nuint)i) * z);
            }

            total = sum.Sum;
        }

        var remainder = Totals128.Zero;
        for (; i < pixels; i += 4)
        {
            var count = pixels - (int)i;
            var z = Normalized128(ref input, ref means, ref inverses, ref shifts, i, count);
            remainder = remainder.Plus(VectorTail.LoadUpTo128(ref Unsafe.Add(ref gradient, i), count) * z);
        }

        return (float)(total + remainder.Sum);
    }
}
