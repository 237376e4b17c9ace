using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>Sums over runs, in double where a run is long, for generated code. Nothing outside [0, length) is read.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Reductions
{
    private const int LongestRun = 256;

    /// <summary>The sum of source[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum(ref float source, int length)
    {
        var total = 0.0;
        for (nint start = 0; start < length; start += LongestRun)
        {
            var end = System.Math.Min(start + LongestRun, length);
            var sums = Vector128<float>.Zero;
            var i = start;
            for (; i <= end - 4; i += 4)
                sums += Vector128.LoadUnsafe(ref source, (nuint)i);
            total += Vector128.Sum(sums);
            for (; i < end; i++)
                total += Unsafe.Add(ref source, i);
        }

        return total;
    }

    /// <summary>The sum of (source[i] - center)^2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfSquaredDifferences(ref float source, int length, float center)
    {
        var total = 0.0;
        for (nint start = 0; start < length; start += LongestRun)
        {
            var end = System.Math.Min(start + LongestRun, length);
            var sums = Vector128<float>.Zero;
            var i = start;
            for (; i <= end - 4; i += 4)
            {
                var d = Vector128.LoadUnsafe(ref source, (nuint)i) - Vector128.Create(center);
                sums += d * d;
            }

            total += Vector128.Sum(sums);
            for (; i < end; i++)
                total += (double)(Unsafe.Add(ref source, i) - center) * (Unsafe.Add(ref source, i) - center);
        }

        return total;
    }

    /// <summary>The sum of factor[i] (source[i] - center).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfProducts(ref float source, ref float factor, int length, float center)
    {
        var total = 0.0;
        for (nint start = 0; start < length; start += LongestRun)
        {
            var end = System.Math.Min(start + LongestRun, length);
            var sums = Vector128<float>.Zero;
            var i = start;
            for (; i <= end - 4; i += 4)
                sums += (Vector128.LoadUnsafe(ref source, (nuint)i) - Vector128.Create(center)) * Vector128.LoadUnsafe(ref factor, (nuint)i);
            total += Vector128.Sum(sums);
            for (; i < end; i++)
                total += (double)(Unsafe.Add(ref source, i) - center) * Unsafe.Add(ref factor, i);
        }

        return total;
    }
}
