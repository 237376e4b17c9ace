using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>a + b.</summary>
internal readonly struct SumOfTwo : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> a, Vector256<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> a, Vector128<float> b) => a + b;
}

/// <summary>a * b.</summary>
internal readonly struct ProductOfTwo : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> a, Vector256<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> a, Vector128<float> b) => a * b;
}

/// <summary>a * p + b * q.</summary>
internal readonly struct BlendOfTwo(float p, float q) : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> a, Vector256<float> b) =>
        Vector256.MultiplyAddEstimate(b, Vector256.Create(q), a * Vector256.Create(p));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> a, Vector128<float> b) =>
        VectorMath.MultiplyAdd(b, Vector128.Create(q), a * Vector128.Create(p));
}
