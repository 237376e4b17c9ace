using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

internal readonly partial struct EluFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.Elu(x, alpha);
}

/// <summary>g where y > 0, otherwise g * (y + alpha).</summary>
internal readonly partial struct EluGradient
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> y, Vector256<float> g) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(y, Vector256<float>.Zero), g, g * (y + Vector256.Create(alpha)));
}

internal readonly partial struct SeluFunction : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.Selu(x);
}

/// <summary>g * scale where y > 0, otherwise g * (y + scale * alpha).</summary>
internal readonly partial struct SeluGradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> y, Vector256<float> g) =>
        g * Vector256.ConditionalSelect(
            Vector256.GreaterThan(y, Vector256<float>.Zero),
            Vector256.Create(VectorMath.SeluScale),
            y + Vector256.Create(VectorMath.SeluScaleAlpha));
}

internal readonly partial struct GeluFunction : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.Gelu(x);
}

/// <summary>g times the derivative at x.</summary>
internal readonly partial struct GeluGradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x, Vector256<float> g) => g * VectorMath.GeluSlope(x);
}

internal readonly partial struct GeluTanhFunction : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.GeluTanh(x);
}

/// <summary>g times the derivative at x.</summary>
internal readonly partial struct GeluTanhGradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x, Vector256<float> g) => g * VectorMath.GeluTanhSlope(x);
}

internal readonly partial struct SiluFunction : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.Silu(x);
}

/// <summary>g times the derivative at x.</summary>
internal readonly partial struct SiluGradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x, Vector256<float> g) => g * VectorMath.SiluSlope(x);
}

internal readonly partial struct MishFunction : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.Mish(x);
}

/// <summary>g times the derivative at x.</summary>
internal readonly partial struct MishGradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x, Vector256<float> g) => g * VectorMath.MishSlope(x);
}

internal readonly partial struct SoftplusFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.Softplus(x, beta, threshold);
}

/// <summary>g times the derivative at x.</summary>
internal readonly partial struct SoftplusGradient
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x, Vector256<float> g) => g * VectorMath.SoftplusSlope(x, beta, threshold);
}
