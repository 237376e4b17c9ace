using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>The leaky rectifier with trained slopes (He et al. 2015).</content>
public static partial class Elementwise
{
    /// <summary>target[i] = source[i] where it is positive, otherwise slope * source[i]. Source and target may be the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void PRelu(ref float source, ref float target, int length, ref float slope) =>
        ElementMap.Apply(new LeakyReluFunction(slope), ref source, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// slopeGradient += the sum of input[i] * gradient[i] where input[i] is not positive; then gradient[i] *= input[i] > 0 ? 1 : slope,
    /// with the input of <see cref="PRelu"/>: at 0 the derivative is the slope, as in PyTorch.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void PReluBackward(ref float input, ref float gradient, int length, ref float slope, ref float slopeGradient) =>
        PReluBackward(ref input, ref gradient, length, ref slope, ref slopeGradient, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// target[i * targetPitch + c] = x where it is positive, otherwise slopes[c] * x, x = source[i * sourcePitch + c]. Source and target
    /// may be the same.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void PReluChannels(
        ref float source, int sourcePitch, ref float target, int targetPitch, ref float slopes, int channels, int pixels) =>
        ChannelMap.Apply<PReluFunction>(
            ref source,
            sourcePitch,
            ref target,
            targetPitch,
            ref slopes,
            ref slopes,
            ref slopes,
            ref slopes,
            channels,
            pixels,
            Vector256.IsHardwareAccelerated);

    /// <summary>
    /// <see cref="PReluChannels(ref float, int, ref float, int, ref float, int, int)"/> of pixels that follow one another.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void PReluChannels(ref float source, ref float target, ref float slopes, int channels, int pixels) =>
        PReluChannels(ref source, channels, ref target, channels, ref slopes, channels, pixels);

    /// <summary>
    /// slopeGradients[c] += the sum over pixels of x * g where x is not positive, x = input[i * inputPitch + c], g = gradient[i *
    /// gradientPitch + c]; then g *= x > 0 ? 1 : slopes[c].
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void PReluChannelsBackward(
        ref float input,
        int inputPitch,
        ref float gradient,
        int gradientPitch,
        ref float slopes,
        ref float slopeGradients,
        int channels,
        int pixels) =>
        PReluChannelsBackward(
            ref input,
            inputPitch,
            ref gradient,
            gradientPitch,
            ref slopes,
            ref slopeGradients,
            channels,
            pixels,
            Vector256.IsHardwareAccelerated);

    /// <summary>The same of pixels that follow one another.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void PReluChannelsBackward(
        ref float input, ref float gradient, ref float slopes, ref float slopeGradients, int channels, int pixels) =>
        PReluChannelsBackward(ref input, channels, ref gradient, channels, ref slopes, ref slopeGradients, channels, pixels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void PReluBackward(
        ref float input, ref float gradient, int length, ref float slope, ref float slopeGradient, bool wide)
    {
        slopeGradient += (float)RunSum.Of<SlopeTerm>(ref input, ref gradient, 0f, length, wide, out _);
        ChannelMap.Run<PReluGradient>(ref input, ref gradient, slope, 0f, 0f, 0f, length, wide);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void PReluChannelsBackward(
        ref float input,
        int inputPitch,
        ref float gradient,
        int gradientPitch,
        ref float slopes,
        ref float slopeGradients,
        int channels,
        int pixels,
        bool wide)
    {
        ChannelSum.Add<SlopeTerm>(
            ref input, inputPitch, ref gradient, gradientPitch, ref slopes, ref slopeGradients, ref slopeGradients, channels, pixels, wide);
        ChannelMap.Apply<PReluGradient>(
            ref input, inputPitch, ref gradient, gradientPitch, ref slopes, ref slopes, ref slopes, ref slopes, channels, pixels, wide);
    }
}
