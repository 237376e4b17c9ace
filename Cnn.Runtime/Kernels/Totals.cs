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

    /// <summary>Adds to eight floats or doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo<TSum>(ref TSum target, nint offset)
        where TSum : unmanaged
    {
        if (typeof(TSum) == typeof(double))
        {
            ref var sums = ref Unsafe.As<TSum, double>(ref Unsafe.Add(ref target, offset));
            (Vector256.LoadUnsafe(ref sums) + lower).StoreUnsafe(ref sums);
            (Vector256.LoadUnsafe(ref sums, 4) + upper).StoreUnsafe(ref sums, 4);
        }
        else
        {
            ref var sums = ref Unsafe.As<TSum, float>(ref Unsafe.Add(ref target, offset));
            (Vector256.LoadUnsafe(ref sums) + Rounded).StoreUnsafe(ref sums);
        }
    }
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

    /// <summary>Adds to <paramref name="count"/> floats or doubles, 1 to 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo<TSum>(ref TSum target, nint offset, int count)
        where TSum : unmanaged
    {
        if (typeof(TSum) == typeof(double))
        {
            ref var sums = ref Unsafe.As<TSum, double>(ref Unsafe.Add(ref target, offset));
            for (var lane = 0; lane < count; lane++)
                Unsafe.Add(ref sums, lane) += lane < 2 ? lower[lane] : upper[lane - 2];
        }
        else
        {
            ref var sums = ref Unsafe.As<TSum, float>(ref Unsafe.Add(ref target, offset));
            VectorTail.StoreUpToFour(VectorTail.LoadUpToFour(ref sums, count) + Rounded, ref sums, count);
        }
    }
}
