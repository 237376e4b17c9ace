using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>max(x, 0). Where one is not a number, the native maximum is the second: NaN stays NaN.</summary>
internal readonly partial struct ReluFunction : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => Vector256.MaxNative(Vector256<float>.Zero, x);
}

internal readonly partial struct LeakyReluFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.LeakyRelu(x, slope);
}

internal readonly partial struct SigmoidFunction : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.Sigmoid(x);
}

internal readonly partial struct TanhFunction : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.Tanh(x);
}

/// <summary>g where y > 0, otherwise 0.</summary>
internal readonly partial struct ReluGradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> y, Vector256<float> g) => g & Vector256.GreaterThan(y, Vector256<float>.Zero);
}

/// <summary>g where y > 0, otherwise slope * g.</summary>
internal readonly partial struct LeakyReluGradient
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> y, Vector256<float> g) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(y, Vector256<float>.Zero), g, g * Vector256.Create(slope));
}

/// <summary>g * y * (1 - y).</summary>
internal readonly partial struct SigmoidGradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> y, Vector256<float> g) => g * (y * (Vector256<float>.One - y));
}

/// <summary>g * (1 - y^2), the difference as (1 - y)(1 + y), which keeps its digits near +-1.</summary>
internal readonly partial struct TanhGradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> y, Vector256<float> g) => g * ((Vector256<float>.One - y) * (Vector256<float>.One + y));
}

/// <summary>x / divisor.</summary>
internal readonly partial struct QuotientFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => x / Vector256.Create(divisor);
}
