using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// Linear interpolation, for generated code: two rows with one weight, or the channels of two pixels; and in planar order the columns of a
/// row.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Interpolation
{
    /// <summary>target[i] = (1 - weight) * a[i] + weight * b[i]; the target may be a or b, and these the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Blend(ref float a, ref float b, ref float target, int length, float weight) =>
        ElementMap.Join(new BlendOfTwo(1f - weight, weight), ref a, ref b, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// aGradient[i] += (1 - weight) * gradient[i], bGradient[i] += weight * gradient[i]; the two may be the same, as at an edge.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BlendBackward(ref float gradient, ref float aGradient, ref float bGradient, int length, float weight)
    {
        ChannelMap.Run<ScaleAddFunction>(
            ref gradient, ref aGradient, 1f - weight, 0f, 0f, 0f, length, Vector256.IsHardwareAccelerated);
        ChannelMap.Run<ScaleAddFunction>(
            ref gradient, ref bGradient, weight, 0f, 0f, 0f, length, Vector256.IsHardwareAccelerated);
    }

    /// <summary>
    /// Stretches a row of one channel: target[i] interpolates the source at x = max(0, scale * (i + half) - half), the last element
    /// continued to the right. With corners apart scale = sourceLength / targetLength and half = 0.5; with corners aligned scale =
    /// (sourceLength - 1) / (targetLength - 1) and half = 0 (PyTorch's upsampling). One by one: every column reads its own place.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StretchRow(ref float source, int sourceLength, ref float target, int targetLength, float scale, float half)
    {
        for (nint i = 0; i < targetLength; i++)
        {
            var (left, right, weight) = Place(i, sourceLength, scale, half);
            Unsafe.Add(ref target, i) = ((1f - weight) * Unsafe.Add(ref source, left)) + (weight * Unsafe.Add(ref source, right));
        }
    }

    /// <summary>Adds the gradient of <see cref="StretchRow"/>'s target to that of its source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StretchRowBackward(
        ref float targetGradient, int targetLength, ref float sourceGradient, int sourceLength, float scale, float half)
    {
        for (nint i = 0; i < targetLength; i++)
        {
            var (left, right, weight) = Place(i, sourceLength, scale, half);
            var g = Unsafe.Add(ref targetGradient, i);
            Unsafe.Add(ref sourceGradient, left) += (1f - weight) * g;
            Unsafe.Add(ref sourceGradient, right) += weight * g;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (nint Left, nint Right, float Weight) Place(nint i, int sourceLength, float scale, float half)
    {
        var x = Math.Max(0f, (scale * (i + half)) - half);
        var left = Math.Min((int)x, sourceLength - 1);
        return (left, Math.Min(left + 1, sourceLength - 1), x - left);
    }
}
