using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <summary>a + b.</summary>
internal readonly partial struct SumOfTwo : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> a, Vector256<float> b) => a + b;
}

/// <summary>a * b.</summary>
internal readonly partial struct ProductOfTwo : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> a, Vector256<float> b) => a * b;
}

/// <summary>a * p + b * q.</summary>
internal readonly partial struct BlendOfTwo
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> a, Vector256<float> b) =>
        Vector256.MultiplyAddEstimate(b, Vector256.Create(q), a * Vector256.Create(p));
}
