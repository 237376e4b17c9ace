using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// Sums and joins of contiguous runs, for generated code. Nothing outside [0, length) is read or written; the caller answers for the
/// lengths. A target may be one of its sources. Sums are added in double precision from partial sums of at most sixteen floats, so their
/// error is below 1e-6 of the sum of the magnitudes at any length.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Runs
{
    /// <summary>target[i] = a[i] + b[i].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Add(ref float a, ref float b, ref float target, int length) =>
        ElementMap.Join(default(SumOfTwo), ref a, ref b, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>target[i] += source[i].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void AddTo(ref float target, ref float source, int length) =>
        ElementMap.Update(default(SumOfTwo), ref source, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>target[i] = a[i] * b[i].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ref float a, ref float b, ref float target, int length) =>
        ElementMap.Join(default(ProductOfTwo), ref a, ref b, ref target, length, Vector256.IsHardwareAccelerated);

    /// <summary>target[i] = source[i] * scale.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Scale(ref float source, ref float target, int length, float scale) =>
        ChannelMap.Run<ScaleFunction>(ref source, ref target, scale, 0f, 0f, 0f, length, Vector256.IsHardwareAccelerated);

    /// <summary>target[i] += source[i] * scale.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ScaleAddTo(ref float source, ref float target, int length, float scale) =>
        ChannelMap.Run<ScaleAddFunction>(ref source, ref target, scale, 0f, 0f, 0f, length, Vector256.IsHardwareAccelerated);

    /// <summary>target[i] = (source[i] - center) * scale + shift.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Normalize(ref float source, ref float target, int length, float center, float scale, float shift) =>
        ChannelMap.Run<NormalizeFunction>(ref source, ref target, center, scale, shift, 0f, length, Vector256.IsHardwareAccelerated);

    /// <summary>The sum of source[i].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static float Sum(ref float source, int length) =>
        (float)RunSum.Of<ValueTerm>(ref source, ref source, 0f, length, Vector256.IsHardwareAccelerated, out _);

    /// <summary>The sum of a[i] * b[i].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static float Dot(ref float a, ref float b, int length) =>
        (float)RunSum.Of<ProductTerm>(ref a, ref b, 0f, length, Vector256.IsHardwareAccelerated, out _);

    /// <summary>The sum of (source[i] - mean)^2.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static float SumOfSquaredDifferences(ref float source, int length, float mean) =>
        (float)RunSum.Of<SquaredDifferenceTerm>(ref source, ref source, mean, length, Vector256.IsHardwareAccelerated, out _);
}
