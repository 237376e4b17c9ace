using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// The logarithm of softmax, for generated code: y[i] = x[i] - m - log(sum over j of exp(x[j] - m)), m the largest element; backward
/// dL/dx[i] = g[i] - exp(y[i]) * sum of g. Within 2e-7 of the larger of 1 and |y|. Source and target may be the same. A NaN or a positive
/// infinity makes every result NaN.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class LogSoftmax
{
    /// <summary>Over a run.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Forward(ref float source, ref float target, int length) =>
        Forward(ref source, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>Over a run, from the output, in place.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Backward(ref float output, ref float gradient, int length) =>
        Backward(ref output, ref gradient, length, Vector256.IsHardwareAccelerated);

    /// <summary>Over the channels of every pixel, channels innermost.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ForwardChannels(ref float source, int sourcePitch, ref float target, int targetPitch, int channels, int pixels)
    {
        for (nint i = 0; i < pixels; i++)
        {
            Forward(
                ref Unsafe.Add(ref source, i * sourcePitch),
                ref Unsafe.Add(ref target, i * targetPitch),
                channels,
                Vector256.IsHardwareAccelerated);
        }
    }

    /// <summary>The backward pass of <see cref="ForwardChannels"/> from its output, in place.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void BackwardChannels(
        ref float output, int outputPitch, ref float gradient, int gradientPitch, int channels, int pixels)
    {
        for (nint i = 0; i < pixels; i++)
        {
            Backward(
                ref Unsafe.Add(ref output, i * outputPitch),
                ref Unsafe.Add(ref gradient, i * gradientPitch),
                channels,
                Vector256.IsHardwareAccelerated);
        }
    }

    /// <summary>Over the channels of every pixel, planar: channel c is the run of pixels at c * pitch.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ForwardPlanes(ref float source, int sourcePitch, ref float target, int targetPitch, int channels, int pixels) =>
        ForwardPlanes(ref source, sourcePitch, ref target, targetPitch, channels, pixels, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// The backward pass of <see cref="ForwardPlanes(ref float, int, ref float, int, int, int)"/> from its output, in place.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void BackwardPlanes(
        ref float output, int outputPitch, ref float gradient, int gradientPitch, int channels, int pixels) =>
        BackwardPlanes(ref output, outputPitch, ref gradient, gradientPitch, channels, pixels, Vector256.IsHardwareAccelerated);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Forward(ref float source, ref float target, int length, bool wide)
    {
        if (length <= 0)
            return;
        var largest = Softmax.Largest(ref source, length, wide);
        var sum = RunSum.Of<ExponentialTerm>(ref source, ref source, largest, length, wide, out _);
        ChannelMap.Run<NormalizeFunction>(ref source, ref target, largest, 1f, -(float)Math.Log(sum), 0f, length, wide);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Backward(ref float output, ref float gradient, int length, bool wide)
    {
        var sum = (float)RunSum.Of<ValueTerm>(ref gradient, ref gradient, 0f, length, wide, out _);
        ChannelMap.Run<LogSoftmaxGradient>(ref output, ref gradient, sum, 0f, 0f, 0f, length, wide);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void ForwardPlanes(
        ref float source, int sourcePitch, ref float target, int targetPitch, int channels, int pixels, bool wide)
    {
        nint i = 0;
        for (; wide && Vector512.IsHardwareAccelerated && i <= pixels - 16; i += 16)
            ForwardPixels512(ref Unsafe.Add(ref source, i), sourcePitch, ref Unsafe.Add(ref target, i), targetPitch, channels, 16);
        for (; wide && i <= pixels - 8; i += 8)
            ForwardPixels256(ref Unsafe.Add(ref source, i), sourcePitch, ref Unsafe.Add(ref target, i), targetPitch, channels, 8);
        for (; i < pixels; i += 4)
        {
            ForwardPixels128(
                ref Unsafe.Add(ref source, i), sourcePitch, ref Unsafe.Add(ref target, i), targetPitch, channels, pixels - (int)i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void BackwardPlanes(
        ref float output, int outputPitch, ref float gradient, int gradientPitch, int channels, int pixels, bool wide)
    {
        nint i = 0;
        for (; wide && Vector512.IsHardwareAccelerated && i <= pixels - 16; i += 16)
            BackwardPixels512(ref Unsafe.Add(ref output, i), outputPitch, ref Unsafe.Add(ref gradient, i), gradientPitch, channels, 16);
        for (; wide && i <= pixels - 8; i += 8)
            BackwardPixels256(ref Unsafe.Add(ref output, i), outputPitch, ref Unsafe.Add(ref gradient, i), gradientPitch, channels, 8);
        for (; i < pixels; i += 4)
        {
            BackwardPixels128(
                ref Unsafe.Add(ref output, i), outputPitch, ref Unsafe.Add(ref gradient, i), gradientPitch, channels, pixels - (int)i);
        }
    }
}
