using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>max(x, 0). Where one is not a number, the native maximum is the second: NaN stays NaN.</summary>
internal readonly struct ReluFunction : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => Vector256.MaxNative(Vector256<float>.Zero, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> x) => VectorMath.MaxNative(Vector128<float>.Zero, x);
}

internal readonly struct LeakyReluFunction(float slope) : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.LeakyRelu(x, slope);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> x) => VectorMath.LeakyRelu(x, slope);
}

internal readonly struct SigmoidFunction : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> x) => VectorMath.Sigmoid(x);
}

internal readonly struct TanhFunction : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> x) => VectorMath.Tanh(x);
}

/// <summary>g where y > 0, otherwise 0.</summary>
internal readonly struct ReluGradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> y, Vector256<float> g) => g & Vector256.GreaterThan(y, Vector256<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> y, Vector128<float> g) => g & Vector128.GreaterThan(y, Vector128<float>.Zero);
}

/// <summary>g where y > 0, otherwise slope * g.</summary>
internal readonly struct LeakyReluGradient(float slope) : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> y, Vector256<float> g) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(y, Vector256<float>.Zero), g, g * Vector256.Create(slope));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> y, Vector128<float> g) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(y, Vector128<float>.Zero), g, g * Vector128.Create(slope));
}

/// <summary>g * y * (1 - y).</summary>
internal readonly struct SigmoidGradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> y, Vector256<float> g) => g * (y * (Vector256<float>.One - y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> y, Vector128<float> g) => g * (y * (Vector128<float>.One - y));
}

/// <summary>g * (1 - y^2), the difference as (1 - y)(1 + y), which keeps its digits near +-1.</summary>
internal readonly struct TanhGradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> y, Vector256<float> g) => g * ((Vector256<float>.One - y) * (Vector256<float>.One + y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> y, Vector128<float> g) => g * ((Vector128<float>.One - y) * (Vector128<float>.One + y));
}
