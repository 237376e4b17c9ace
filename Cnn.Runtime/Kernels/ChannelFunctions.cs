using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>x * p.</summary>
internal readonly struct ScaleFunction : IChannelFunction
{
    public static int Parameters => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s) =>
        x * p;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(
        Vector128<float> x, Vector128<float> t, Vector128<float> p, Vector128<float> q, Vector128<float> r, Vector128<float> s) =>
        x * p;
}

/// <summary>t + x * p.</summary>
internal readonly struct ScaleAddFunction : IChannelFunction
{
    public static int Parameters => 1;

    public static bool ReadsTarget => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s) =>
        Vector256.MultiplyAddEstimate(x, p, t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(
        Vector128<float> x, Vector128<float> t, Vector128<float> p, Vector128<float> q, Vector128<float> r, Vector128<float> s) =>
        VectorMath.MultiplyAdd(x, p, t);
}

/// <summary>x * p + q.</summary>
internal readonly struct ScaleShiftFunction : IChannelFunction
{
    public static int Parameters => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s) =>
        Vector256.MultiplyAddEstimate(x, p, q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(
        Vector128<float> x, Vector128<float> t, Vector128<float> p, Vector128<float> q, Vector128<float> r, Vector128<float> s) =>
        VectorMath.MultiplyAdd(x, p, q);
}

/// <summary>(x - p) * q + r: the difference first, so that a mean far from zero costs no digits.</summary>
internal readonly struct NormalizeFunction : IChannelFunction
{
    public static int Parameters => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s) =>
        Vector256.MultiplyAddEstimate(x - p, q, r);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(
        Vector128<float> x, Vector128<float> t, Vector128<float> p, Vector128<float> q, Vector128<float> r, Vector128<float> s) =>
        VectorMath.MultiplyAdd(x - p, q, r);
}

/// <summary>(t + (x - p) * r + s) * q: the small factor last, since its square may be less than a float holds.</summary>
internal readonly struct NormalizeGradient : IChannelFunction
{
    public static int Parameters => 4;

    public static bool ReadsTarget => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s) =>
        Vector256.MultiplyAddEstimate(x - p, r, t + s) * q;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(
        Vector128<float> x, Vector128<float> t, Vector128<float> p, Vector128<float> q, Vector128<float> r, Vector128<float> s) =>
        VectorMath.MultiplyAdd(x - p, r, t + s) * q;
}

/// <summary>x where it is positive, otherwise p * x.</summary>
internal readonly struct PReluFunction : IChannelFunction
{
    public static int Parameters => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), x, x * p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(
        Vector128<float> x, Vector128<float> t, Vector128<float> p, Vector128<float> q, Vector128<float> r, Vector128<float> s) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(x, Vector128<float>.Zero), x, x * p);
}

/// <summary>t where x is positive, otherwise p * t.</summary>
internal readonly struct PReluGradient : IChannelFunction
{
    public static int Parameters => 1;

    public static bool ReadsTarget => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(
        Vector256<float> x, Vector256<float> t, Vector256<float> p, Vector256<float> q, Vector256<float> r, Vector256<float> s) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), t, t * p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(
        Vector128<float> x, Vector128<float> t, Vector128<float> p, Vector128<float> q, Vector128<float> r, Vector128<float> s) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(x, Vector128<float>.Zero), t, t * p);
}
