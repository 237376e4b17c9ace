using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// Linear interpolation of two rows, or of the channels of two pixels, with one weight.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Interpolation
{
    /// <summary>target[i] = (1 - weight) * a[i] + weight * b[i]; the target may be a or b, and these the same.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Blend(ref float a, ref float b, ref float target, int length, float weight) =>
        ElementMap.Join(new BlendOfTwo(1f - weight, weight), ref a, ref b, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>
    /// aGradient[i] += (1 - weight) * gradient[i], bGradient[i] += weight * gradient[i]; the two may be the same, as at an edge.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void BlendBackward(ref float gradient, ref float aGradient, ref float bGradient, int length, float weight)
    {
        ChannelMap.Run<ScaleAddFunction>(
            ref gradient, ref aGradient, 1f - weight, 0f, 0f, 0f, length, Vector256.IsHardwareAccelerated);
        ChannelMap.Run<ScaleAddFunction>(
            ref gradient, ref bGradient, weight, 0f, 0f, 0f, length, Vector256.IsHardwareAccelerated);
    }
}
