using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

internal readonly partial struct ScaleFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s) =>
        x * p;
}

internal readonly partial struct ScaleAddFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s) =>
        Vector256.MultiplyAddEstimate(x, p, t);
}

internal readonly partial struct ScaleShiftFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s) =>
        Vector256.MultiplyAddEstimate(x, p, q);
}

internal readonly partial struct NormalizeFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s) =>
        Vector256.MultiplyAddEstimate(x - p, q, r);
}

internal readonly partial struct NormalizeGradient
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s) =>
        Vector256.MultiplyAddEstimate(x - p, r, t + s) * q;
}

internal readonly partial struct PReluFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), x, x * p);
}

internal readonly partial struct PReluGradient
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), t, t * p);
}
