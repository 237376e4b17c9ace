using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>
/// The sums of a normalisation over a run, of differences from a number that is near to all of them: so that a mean far from zero costs no
/// digits. Where a partial sum leaves the range of floats, it is taken again in double precision.
/// </summary>
internal static class NormalizationSums
{
    /// <summary>The sum of x[i] - center.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double OfDifferences(ref float x, int length, float center, bool wide)
    {
        var sum = RunSum.Of<DifferenceTerm>(ref x, ref x, center, length, wide, out _);
        return double.IsFinite(sum) ? sum : OfDifferencesInDouble(ref x, 1, length, center);
    }

    /// <summary>The sum of (x[i] - center)^2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double OfSquares(ref float x, int length, float center, bool wide)
    {
        var sum = RunSum.Of<SquaredDifferenceTerm>(ref x, ref x, center, length, wide, out _);
        return double.IsFinite(sum) ? sum : OfSquaresInDouble(ref x, 1, length, center);
    }

    /// <summary>The sum of g[i], and that of g[i] (x[i] - center).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double OfGradients(ref float x, ref float g, int length, float center, bool wide, out double product)
    {
        var sum = RunSum.Of<GradientTerm>(ref x, ref g, center, length, wide, out product);
        if (!double.IsFinite(product))
            product = OfProductsInDouble(ref x, 1, ref g, 1, length, center);
        return sum;
    }

    /// <summary>The sum of x[i] - center over the rows of a plane.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static double OfDifferences(ref float x, int rows, int stride, int pixels, float center)
    {
        var sum = RunSum.OfRows<DifferenceTerm>(ref x, stride, ref x, stride, center, rows, pixels, Vector256.IsHardwareAccelerated, out _);
        if (double.IsFinite(sum))
            return sum;
        sum = 0;
        for (nint y = 0; y < rows; y++)
            sum += OfDifferencesInDouble(ref Unsafe.Add(ref x, y * stride), 1, pixels, center);
        return sum;
    }

    /// <summary>The sum of (x[i] - center)^2 over the rows of a plane.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static double OfSquares(ref float x, int rows, int stride, int pixels, float center)
    {
        var sum = RunSum.OfRows<SquaredDifferenceTerm>(ref x, stride, ref x, stride, center, rows, pixels, Vector256.IsHardwareAccelerated, out _);
        if (double.IsFinite(sum))
            return sum;
        sum = 0;
        for (nint y = 0; y < rows; y++)
            sum += OfSquaresInDouble(ref Unsafe.Add(ref x, y * stride), 1, pixels, center);
        return sum;
    }

    /// <summary>The sum of g[i], and that of g[i] (x[i] - center), over the rows of a plane.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static double OfGradients(
        ref float x, int stride, ref float g, int gradientStride, int rows, int pixels, float center, out double product)
    {
        var sum = RunSum.OfRows<GradientTerm>(
            ref x, stride, ref g, gradientStride, center, rows, pixels, Vector256.IsHardwareAccelerated, out product);
        if (double.IsFinite(product))
            return sum;
        product = 0;
        for (nint y = 0; y < rows; y++)
        {
            product += OfProductsInDouble(
                ref Unsafe.Add(ref x, y * stride), 1, ref Unsafe.Add(ref g, y * gradientStride), 1, pixels, center);
        }

        return sum;
    }

    /// <summary>The sum of x[i * stride] - center, in double precision from the first difference on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double OfDifferencesInDouble(ref float x, nint stride, int length, float center)
    {
        var sum = 0.0;
        for (nint i = 0; i < length; i++)
            sum += (double)Unsafe.Add(ref x, i * stride) - center;
        return sum;
    }

    /// <summary>The sum of (x[i * stride] - center)^2, likewise.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double OfSquaresInDouble(ref float x, nint stride, int length, float center)
    {
        var sum = 0.0;
        for (nint i = 0; i < length; i++)
        {
            var difference = (double)Unsafe.Add(ref x, i * stride) - center;
            sum += difference * difference;
        }

        return sum;
    }

    /// <summary>The sum of g[i * gradientStride] (x[i * stride] - center), likewise.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double OfProductsInDouble(ref float x, nint stride, ref float g, nint gradientStride, int length, float center)
    {
        var sum = 0.0;
        for (nint i = 0; i < length; i++)
            sum += Unsafe.Add(ref g, i * gradientStride) * ((double)Unsafe.Add(ref x, i * stride) - center);
        return sum;
    }
}
