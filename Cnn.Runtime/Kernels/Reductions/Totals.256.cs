using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>As many sums in double precision as a vector has floats.</summary>
internal readonly struct Totals256(Vector256<double> lower, Vector256<double> upper)
{
    public static Totals256 Zero => default;

    /// <summary>The sum of all.</summary>
    public double Sum => Vector256.Sum(lower + upper);

    /// <summary>The sums rounded to floats.</summary>
    public Vector256<float> Rounded => Vector256.Narrow(lower, upper);

    /// <summary>The sums divided by <paramref name="divisor"/> and rounded to floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Over(double divisor) =>
        Vector256.Narrow(lower / Vector256.Create(divisor), upper / Vector256.Create(divisor));

    /// <summary>What the sums divided by <paramref name="divisor"/> are above what they were rounded to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Above(Vector256<float> rounded, double divisor)
    {
        var (low, high) = Vector256.Widen(rounded);
        return Vector256.Narrow((lower / Vector256.Create(divisor)) - low, (upper / Vector256.Create(divisor)) - high);
    }

    /// <summary>
    /// 1 / sqrt(variance + epsilon), where the sums are of squared differences from means that lack <paramref name="remainder"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> InverseDeviations(Vector256<float> remainder, double divisor, double epsilon)
    {
        var (low, high) = Vector256.Widen(remainder);
        low = Vector256.Max((lower / Vector256.Create(divisor)) - (low * low), Vector256<double>.Zero);
        high = Vector256.Max((upper / Vector256.Create(divisor)) - (high * high), Vector256<double>.Zero);
        return Vector256.Narrow(
            Vector256<double>.One / Vector256.Sqrt(low + Vector256.Create(epsilon)),
            Vector256<double>.One / Vector256.Sqrt(high + Vector256.Create(epsilon)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Totals256 Plus(Vector256<float> sums) => new(lower + Vector256.WidenLower(sums), upper + Vector256.WidenUpper(sums));

    /// <summary>The squares added, each in double precision: no float is too large for that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Totals256 PlusSquares(Vector256<float> differences)
    {
        var (a, b) = Vector256.Widen(differences);
        return new(lower + (a * a), upper + (b * b));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref float target, int count) =>
        VectorTail.StoreUpTo256(VectorTail.LoadUpTo256(ref target, count) + Rounded, ref target, count);
}
