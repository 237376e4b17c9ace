using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Benchmarks.Quick;

/// <summary>The peak of one core of this machine in multiply-adds per second: twelve independent chains of the widest vectors keep its units full.</summary>
internal static class FmaPeak
{
    private const int Chains = 12;
    private const int Turns = 20_000;

    /// <summary>Runs the chains once and returns billions of multiply-adds per second.</summary>
    public static double Sample()
    {
        var start = Stopwatch.GetTimestamp();
        var (sum, lanes) = Vector512.IsHardwareAccelerated ? (Widest(Turns), Vector512<float>.Count)
            : Vector256.IsHardwareAccelerated ? (Wide(Turns), Vector256<float>.Count)
            : (Narrow(Turns), Vector128<float>.Count);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return float.IsNaN(sum) ? double.NaN : (double)Turns * Chains * lanes / seconds / 1e9;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Widest(int turns)
    {
        Vector512<float> factor = Vector512.Create(0.999f), a = factor, b = factor, c = factor, d = factor, e = factor, f = factor;
        Vector512<float> g = factor, h = factor, i = factor, j = factor, k = factor, l = factor;
        for (var turn = 0; turn < turns; turn++)
        {
            a = Vector512.MultiplyAddEstimate(a, factor, factor);
            b = Vector512.MultiplyAddEstimate(b, factor, factor);
            c = Vector512.MultiplyAddEstimate(c, factor, factor);
            d = Vector512.MultiplyAddEstimate(d, factor, factor);
            e = Vector512.MultiplyAddEstimate(e, factor, factor);
            f = Vector512.MultiplyAddEstimate(f, factor, factor);
            g = Vector512.MultiplyAddEstimate(g, factor, factor);
            h = Vector512.MultiplyAddEstimate(h, factor, factor);
            i = Vector512.MultiplyAddEstimate(i, factor, factor);
            j = Vector512.MultiplyAddEstimate(j, factor, factor);
            k = Vector512.MultiplyAddEstimate(k, factor, factor);
            l = Vector512.MultiplyAddEstimate(l, factor, factor);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Wide(int turns)
    {
        Vector256<float> factor = Vector256.Create(0.999f), a = factor, b = factor, c = factor, d = factor, e = factor, f = factor;
        Vector256<float> g = factor, h = factor, i = factor, j = factor, k = factor, l = factor;
        for (var turn = 0; turn < turns; turn++)
        {
            a = Vector256.MultiplyAddEstimate(a, factor, factor);
            b = Vector256.MultiplyAddEstimate(b, factor, factor);
            c = Vector256.MultiplyAddEstimate(c, factor, factor);
            d = Vector256.MultiplyAddEstimate(d, factor, factor);
            e = Vector256.MultiplyAddEstimate(e, factor, factor);
            f = Vector256.MultiplyAddEstimate(f, factor, factor);
            g = Vector256.MultiplyAddEstimate(g, factor, factor);
            h = Vector256.MultiplyAddEstimate(h, factor, factor);
            i = Vector256.MultiplyAddEstimate(i, factor, factor);
            j = Vector256.MultiplyAddEstimate(j, factor, factor);
            k = Vector256.MultiplyAddEstimate(k, factor, factor);
            l = Vector256.MultiplyAddEstimate(l, factor, factor);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Narrow(int turns)
    {
        Vector128<float> factor = Vector128.Create(0.999f), a = factor, b = factor, c = factor, d = factor, e = factor, f = factor;
        Vector128<float> g = factor, h = factor, i = factor, j = factor, k = factor, l = factor;
        for (var turn = 0; turn < turns; turn++)
        {
            a = Vector128.MultiplyAddEstimate(a, factor, factor);
            b = Vector128.MultiplyAddEstimate(b, factor, factor);
            c = Vector128.MultiplyAddEstimate(c, factor, factor);
            d = Vector128.MultiplyAddEstimate(d, factor, factor);
            e = Vector128.MultiplyAddEstimate(e, factor, factor);
            f = Vector128.MultiplyAddEstimate(f, factor, factor);
            g = Vector128.MultiplyAddEstimate(g, factor, factor);
            h = Vector128.MultiplyAddEstimate(h, factor, factor);
            i = Vector128.MultiplyAddEstimate(i, factor, factor);
            j = Vector128.MultiplyAddEstimate(j, factor, factor);
            k = Vector128.MultiplyAddEstimate(k, factor, factor);
            l = Vector128.MultiplyAddEstimate(l, factor, factor);
        }

        return Vector128.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
