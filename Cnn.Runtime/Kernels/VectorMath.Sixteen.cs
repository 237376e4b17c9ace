using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>
/// The functions of sixteen lanes: the steps of eight where they are few, elsewhere the two halves, which spares a third copy of a long
/// polynomial. Either way a lane has the bits that the narrower widths give it.
/// </content>
public static partial class VectorMath
{
    /// <inheritdoc cref="Exp(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        x = Vector512.MaxNative(Vector512.Create(ExpLow), Vector512.MinNative(Vector512.Create(ExpHigh), x));
        var rounded = Vector512.MultiplyAddEstimate(x, Vector512.Create(Log2E), Vector512.Create(Rounder));
        var n = rounded - Vector512.Create(Rounder);
        var r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2High), x);
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-Ln2Low), r);
        return TwoToThe(rounded, ExpOfRest(r));
    }

    /// <inheritdoc cref="Sigmoid(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Vector512<float>.One / (Vector512<float>.One + Exp(-x));

    /// <inheritdoc cref="Tanh(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        var sign = x & Vector512.Create(-0f);
        var a = x ^ sign;
        var square = a * a;
        var p = Vector512.MultiplyAddEstimate(Vector512.Create(Tanh11), square, Vector512.Create(Tanh9));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(Tanh7));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(Tanh5));
        p = Vector512.MultiplyAddEstimate(p, square, Vector512.Create(Tanh3));
        var near = Vector512.MultiplyAddEstimate(p * square, a, a);
        var far = Vector512<float>.One - (Vector512.Create(2f) / (Exp(a + a) + Vector512<float>.One));
        return Vector512.ConditionalSelect(Vector512.LessThan(a, Vector512.Create(TanhSplit)), near, far) | sign;
    }

    /// <inheritdoc cref="LeakyRelu(Vector256{float}, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LeakyRelu(Vector512<float> x, float slope) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), x, x * Vector512.Create(slope));

    /// <inheritdoc cref="Clip(Vector256{float}, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Clip(Vector512<float> x, float minimum, float maximum) =>
        Vector512.MinNative(Vector512.Create(maximum), Vector512.MaxNative(Vector512.Create(minimum), x));

    /// <inheritdoc cref="Relu6(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Relu6(Vector512<float> x) => Clip(x, 0f, 6f);

    /// <inheritdoc cref="HardSigmoid(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> HardSigmoid(Vector512<float> x) => Clip(x + Vector512.Create(3f), 0f, 6f) * Vector512.Create(Sixth);

    /// <inheritdoc cref="HardSwish(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> HardSwish(Vector512<float> x)
    {
        var bounded = Vector512.MaxNative(Vector512.Create(-3f), x);
        return bounded * (Vector512.MinNative(Vector512.Create(6f), bounded + Vector512.Create(3f)) * Vector512.Create(Sixth));
    }

    /// <inheritdoc cref="Silu(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Silu(Vector512<float> x)
    {
        var e = Exp(x | Vector512.Create(-0f));
        var r = Vector512<float>.One / (Vector512<float>.One + e);
        var s = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), e * r, r);
        return Vector512.MaxNative(Vector512.Create(Far), x) * s;
    }

    /// <inheritdoc cref="Mish(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Mish(Vector512<float> x)
    {
        var e = Exp(Vector512.MinNative(Vector512.Create(MishHigh), x));
        var n = e * (e + Vector512.Create(2f));
        return Vector512.MaxNative(Vector512.Create(Far), x) * (n / (n + Vector512.Create(2f)));
    }

    /// <inheritdoc cref="GeluTanh(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GeluTanh(Vector512<float> x)
    {
        var u = Vector512.MultiplyAddEstimate(x * x, Vector512.Create(GeluTanh3), Vector512.Create(GeluTanh1)) * x;
        var e = Exp(u | Vector512.Create(-0f));
        var r = Vector512<float>.One / (Vector512<float>.One + e);
        var s = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), e * r, r);
        return Vector512.MaxNative(Vector512.Create(-GeluTanhHigh), x) * s;
    }

    /// <inheritdoc cref="Elu(Vector256{float}, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Elu(Vector512<float> x, float alpha) =>
        Join(Elu(x.GetLower(), alpha), Elu(x.GetUpper(), alpha));

    /// <inheritdoc cref="Selu(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Selu(Vector512<float> x) => Join(Selu(x.GetLower()), Selu(x.GetUpper()));

    /// <inheritdoc cref="Gelu(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Gelu(Vector512<float> x) => Join(Gelu(x.GetLower()), Gelu(x.GetUpper()));

    /// <inheritdoc cref="Erf(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x) => Join(Erf(x.GetLower()), Erf(x.GetUpper()));

    /// <inheritdoc cref="Log(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x) => Join(Log(x.GetLower()), Log(x.GetUpper()));

    /// <inheritdoc cref="LogPlusOne(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LogPlusOne(Vector512<float> x) =>
        Join(LogPlusOne(x.GetLower()), LogPlusOne(x.GetUpper()));

    /// <inheritdoc cref="Softplus(Vector256{float}, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x, float beta, float threshold) =>
        Join(Softplus(x.GetLower(), beta, threshold), Softplus(x.GetUpper(), beta, threshold));

    /// <summary>Two halves in one insertion, where <c>Vector512.Create</c> takes two into what stands on the stack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Join(Vector256<float> lower, Vector256<float> upper) => lower.ToVector512Unsafe().WithUpper(upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ExpOfRest(Vector512<float> r)
    {
        var p = Vector512.MultiplyAddEstimate(Vector512.Create(Exp7), r, Vector512.Create(Exp6));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(Exp5));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(Exp4));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(Exp3));
        p = Vector512.MultiplyAddEstimate(p, r, Vector512.Create(Exp2));
        return Vector512.MultiplyAddEstimate(p, r * r, r) + Vector512<float>.One;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> TwoToThe(Vector512<float> rounded, Vector512<float> p)
    {
        var exponent = rounded.AsInt32() - Vector512.Create(RounderBits);
        var half = exponent >> 1;
        var bias = Vector512.Create(127);
        var first = ((half + bias) << 23).AsSingle();
        var second = ((exponent - half + bias) << 23).AsSingle();
        return p * first * second;
    }
}
