using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>Eight sums in double precision.</summary>
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Totals256 Plus(Vector256<float> sums) => new(lower + Vector256.WidenLower(sums), upper + Vector256.WidenUpper(sums));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref float target, nint offset) =>
        (Vector256.LoadUnsafe(ref target, (nuint)offset) + Rounded).StoreUnsafe(ref target, (nuint)offset);
}

/// <summary>Four sums in double precision.</summary>
internal readonly struct Totals128(Vector128<double> lower, Vector128<double> upper)
{
    public static Totals128 Zero => default;

    /// <summary>The sum of all.</summary>
    public double Sum => Vector128.Sum(lower + upper);

    /// <summary>The sums rounded to floats.</summary>
    public Vector128<float> Rounded => Vector128.Narrow(lower, upper);

    /// <summary>The sums divided by <paramref name="divisor"/> and rounded to floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Over(double divisor) =>
        Vector128.Narrow(lower / Vector128.Create(divisor), upper / Vector128.Create(divisor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Totals128 Plus(Vector128<float> sums) => new(lower + Vector128.WidenLower(sums), upper + Vector128.WidenUpper(sums));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref float target, int count) =>
        VectorTail.StoreUpToFour(VectorTail.LoadUpToFour(ref target, count) + Rounded, ref target, count);
}
