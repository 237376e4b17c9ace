using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

internal readonly struct EluFunction(float alpha) : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.Elu(x, alpha);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> x) => VectorMath.Elu(x, alpha);
}

/// <summary>g where y > 0, otherwise g * (y + alpha).</summary>
internal readonly struct EluGradient(float alpha) : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> y, Vector256<float> g) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(y, Vector256<float>.Zero), g, g * (y + Vector256.Create(alpha)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> y, Vector128<float> g) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(y, Vector128<float>.Zero), g, g * (y + Vector128.Create(alpha)));
}

internal readonly struct SeluFunction : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.Selu(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> x) => VectorMath.Selu(x);
}

/// <summary>g * scale where y > 0, otherwise g * (y + scale * alpha).</summary>
internal readonly struct SeluGradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> y, Vector256<float> g) =>
        g * Vector256.ConditionalSelect(
            Vector256.GreaterThan(y, Vector256<float>.Zero),
            Vector256.Create(VectorMath.SeluScale),
            y + Vector256.Create(VectorMath.SeluScaleAlpha));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> y, Vector128<float> g) =>
        g * Vector128.ConditionalSelect(
            Vector128.GreaterThan(y, Vector128<float>.Zero),
            Vector128.Create(VectorMath.SeluScale),
            y + Vector128.Create(VectorMath.SeluScaleAlpha));
}

internal readonly struct GeluFunction : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.Gelu(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> x) => VectorMath.Gelu(x);
}

/// <summary>g times the derivative at x.</summary>
internal readonly struct GeluGradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x, Vector256<float> g) => g * VectorMath.GeluSlope(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> x, Vector128<float> g) => g * VectorMath.GeluSlope(x);
}

internal readonly struct GeluTanhFunction : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.GeluTanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> x) => VectorMath.GeluTanh(x);
}

/// <summary>g times the derivative at x.</summary>
internal readonly struct GeluTanhGradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x, Vector256<float> g) => g * VectorMath.GeluTanhSlope(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> x, Vector128<float> g) => g * VectorMath.GeluTanhSlope(x);
}

internal readonly struct SiluFunction : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.Silu(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> x) => VectorMath.Silu(x);
}

/// <summary>g times the derivative at x.</summary>
internal readonly struct SiluGradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x, Vector256<float> g) => g * VectorMath.SiluSlope(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> x, Vector128<float> g) => g * VectorMath.SiluSlope(x);
}

internal readonly struct MishFunction : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.Mish(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> x) => VectorMath.Mish(x);
}

/// <summary>g times the derivative at x.</summary>
internal readonly struct MishGradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x, Vector256<float> g) => g * VectorMath.MishSlope(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> x, Vector128<float> g) => g * VectorMath.MishSlope(x);
}

internal readonly struct SoftplusFunction(float beta, float threshold) : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.Softplus(x, beta, threshold);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> x) => VectorMath.Softplus(x, beta, threshold);
}

/// <summary>g times the derivative at x.</summary>
internal readonly struct SoftplusGradient(float beta, float threshold) : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x, Vector256<float> g) => g * VectorMath.SoftplusSlope(x, beta, threshold);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> x, Vector128<float> g) => g * VectorMath.SoftplusSlope(x, beta, threshold);
}
