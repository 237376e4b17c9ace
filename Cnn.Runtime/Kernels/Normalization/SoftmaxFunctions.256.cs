using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

internal readonly partial struct ExponentialTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First(Vector256<float> x, Vector256<float> y, Vector256<float> p) => VectorMath.Exp(x - p);
}

internal readonly partial struct SoftmaxGradient
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s) =>
        x * (t - p);
}

internal readonly partial struct LogSoftmaxGradient
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s) =>
        t - (VectorMath.Exp(x) * p);
}
