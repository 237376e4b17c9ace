using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

internal readonly partial struct Relu6Function : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.Relu6(x);
}

/// <summary>g where 0 &lt; y &lt; 6, otherwise 0.</summary>
internal readonly partial struct Relu6Gradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> y, Vector256<float> g) =>
        g & Vector256.GreaterThan(y, Vector256<float>.Zero) & Vector256.LessThan(y, Vector256.Create(6f));
}

internal readonly partial struct ClipFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.Clip(x, minimum, maximum);
}

/// <summary>g where minimum &lt;= x &lt;= maximum, otherwise 0.</summary>
internal readonly partial struct ClipGradient
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x, Vector256<float> g) =>
        g & Vector256.GreaterThanOrEqual(x, Vector256.Create(minimum)) & Vector256.LessThanOrEqual(x, Vector256.Create(maximum));
}

internal readonly partial struct HardSigmoidFunction : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.HardSigmoid(x);
}

/// <summary>g / 6 where 0 &lt; y &lt; 1, otherwise 0.</summary>
internal readonly partial struct HardSigmoidGradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> y, Vector256<float> g) =>
        g
        * Vector256.Create(1f / 6f)
        & Vector256.GreaterThan(y, Vector256<float>.Zero)
        & Vector256.LessThan(y, Vector256<float>.One);
}

internal readonly partial struct HardSwishFunction : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => VectorMath.HardSwish(x);
}

/// <summary>g * (x / 3 + 1 / 2) where -3 &lt;= x &lt; 3, g from 3 on, 0 below -3.</summary>
internal readonly partial struct HardSwishGradient : IElementUpdate
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x, Vector256<float> g) =>
        Vector256.ConditionalSelect(
            Vector256.GreaterThanOrEqual(x, Vector256.Create(3f)),
            g,
            Vector256.GreaterThanOrEqual(x, Vector256.Create(-3f))
                & (g * Vector256.MultiplyAddEstimate(x, Vector256.Create(1f / 3f), Vector256.Create(0.5f))));
}
