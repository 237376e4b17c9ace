using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>exp(x - p).</summary>
internal readonly struct ExponentialTerm : ITerm
{
    public static bool UsesParameter => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> First(Vector256<float> x, Vector256<float> y, Vector256<float> p) => VectorMath.Exp(x - p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> First(Vector128<float> x, Vector128<float> y, Vector128<float> p) => VectorMath.Exp(x - p);
}

/// <summary>x * (t - p): the gradient t of softmax's output x, p the sum of their products.</summary>
internal readonly struct SoftmaxGradient : IChannelFunction
{
    public static int Parameters => 1;

    public static bool ReadsTarget => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s) =>
        x * (t - p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(
        Vector128<float> x, Vector128<float> t, Vector128<float> p, Vector128<float> q, Vector128<float> r, Vector128<float> s) =>
        x * (t - p);
}

/// <summary>t - exp(x) * p: the gradient t of the output x of the logarithm of softmax, p the sum of the gradient.</summary>
internal readonly struct LogSoftmaxGradient : IChannelFunction
{
    public static int Parameters => 1;

    public static bool ReadsTarget => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s) =>
        t - (VectorMath.Exp(x) * p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(
        Vector128<float> x, Vector128<float> t, Vector128<float> p, Vector128<float> q, Vector128<float> r, Vector128<float> s) =>
        t - (VectorMath.Exp(x) * p);
}
