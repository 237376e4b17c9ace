using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>The backward pass, and the channels of every pixel in both memory orders.</content>
public static partial class Softmax
{
    /// <summary>gradient[i] = y[i] * (gradient[i] - sum over j of gradient[j] * y[j]), y the output, in place.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Backward(ref float output, ref float gradient, int length) =>
        Backward(ref output, ref gradient, length, Vector256.IsHardwareAccelerated);

    /// <summary>The softmax of the channels of every pixel, channels innermost. Source and target may be the same.</summary>
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

    /// <summary>
    /// The softmax of the channels of every pixel, planar: channel c is the run of pixels at c * pitch. Source and target may be the same.
    /// </summary>
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
    internal static void Backward(ref float output, ref float gradient, int length, bool wide)
    {
        var sum = (float)RunSum.Of<ProductTerm>(ref output, ref gradient, 0f, length, wide, out _);
        ChannelMap.Run<SoftmaxGradient>(ref output, ref gradient, sum, 0f, 0f, 0f, length, wide);
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
