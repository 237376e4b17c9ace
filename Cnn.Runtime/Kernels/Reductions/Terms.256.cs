using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

internal partial interface ITerm
{
    static abstract Vector256<float> First(Vector256<float> x, Vector256<float> y, Vector256<float> p);

    static virtual Vector256<float> Second(Vector256<float> x, Vector256<float> y, Vector256<float> p) => default;
}

/// <summary>x.</summary>
internal readonly partial struct ValueTerm : ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First(Vector256<float> x, Vector256<float> y, Vector256<float> p) => x;
}

internal readonly partial struct ProductTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First(Vector256<float> x, Vector256<float> y, Vector256<float> p) => x * y;
}

internal readonly partial struct DifferenceTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First(Vector256<float> x, Vector256<float> y, Vector256<float> p) => x - p;
}

internal readonly partial struct SquaredDifferenceTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First(Vector256<float> x, Vector256<float> y, Vector256<float> p) => (x - p) * (x - p);
}

internal readonly partial struct GradientTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First(Vector256<float> x, Vector256<float> y, Vector256<float> p) => y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Second(Vector256<float> x, Vector256<float> y, Vector256<float> p) => y * (x - p);
}

internal readonly partial struct SlopeTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First(Vector256<float> x, Vector256<float> y, Vector256<float> p) =>
        Vector256.AndNot(x * y, Vector256.GreaterThan(x, Vector256<float>.Zero));
}
