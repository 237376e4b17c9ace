using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>Functions made of an exponential.</content>
public static partial class VectorMath
{
    /// <summary>x where x > 0, otherwise alpha * (exp(x) - 1) (Clevert et al. 2016), within 3 units in the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Elu(Vector256<float> x, float alpha) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), x, Vector256.Create(alpha) * ExpMinusOne(x));

    /// <summary>
    /// scale * (x where x > 0, otherwise alpha * (exp(x) - 1)), scale = 1.0507..., alpha = 1.6732... (Klambauer et al. 2017), within 3
    /// units in the last place.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Selu(Vector256<float> x) => Vector256.ConditionalSelect(
        Vector256.GreaterThan(x, Vector256<float>.Zero),
        Vector256.Create(SeluScale) * x,
        Vector256.Create(SeluScaleAlpha) * ExpMinusOne(x));

    /// <summary>
    /// x / (1 + exp(-x)) (Elfwing et al. 2018), within 1e-6 relatively down to -87; below, where exp(x) loses digits, within 5e-43
    /// absolutely; 0 at minus infinity, its limit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Silu(Vector256<float> x)
    {
        var e = Exp(x | Vector256.Create(-0f));
        var r = Vector256<float>.One / (Vector256<float>.One + e);
        var s = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), e * r, r);
        return Vector256.MaxNative(Vector256.Create(Far), x) * s;
    }

    /// <summary>
    /// x * tanh(log(1 + exp(x))) (Misra 2019), as x * n / (n + 2) with n = exp(x) * (exp(x) + 2); within 1e-6 relatively down to -87;
    /// below, where exp(x) loses digits, within 5e-43 absolutely; 0 at minus infinity, its limit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Mish(Vector256<float> x)
    {
        var e = Exp(Vector256.MinNative(Vector256.Create(MishHigh), x));
        var n = e * (e + Vector256.Create(2f));
        return Vector256.MaxNative(Vector256.Create(Far), x) * (n / (n + Vector256.Create(2f)));
    }

    /// <summary>
    /// The derivative of <see cref="Silu(Vector256{float})"/>: s * (1 + x * (1 - s)), s = 1 / (1 + exp(-x)), within 3e-7.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> SiluSlope(Vector256<float> x)
    {
        x = Clip(x, Far, -Far);
        var e = Exp(x | Vector256.Create(-0f));
        var r = Vector256<float>.One / (Vector256<float>.One + e);
        var er = e * r;
        var negative = Vector256.LessThan(x, Vector256<float>.Zero);
        var s = Vector256.ConditionalSelect(negative, er, r);
        var complement = Vector256.ConditionalSelect(negative, r, er);
        return Vector256.MultiplyAddEstimate(s * x, complement, s);
    }

    /// <summary>
    /// The derivative of <see cref="Mish(Vector256{float})"/>, within 3e-7: with e = exp(x) and d = e * (e + 2) + 2, (d - 2) / d + 4 * x *
    /// e * (1 + e) / d^2.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> MishSlope(Vector256<float> x)
    {
        x = Clip(x, Far, MishHigh);
        var e = Exp(x);
        var n = e * (e + Vector256.Create(2f));
        var inverse = Vector256<float>.One / (n + Vector256.Create(2f));
        var second = (Vector256.Create(4f) * x * inverse) * ((e + (e * e)) * inverse);
        return Vector256.MultiplyAddEstimate(n, inverse, second);
    }

    /// <summary>exp(x) - 1 for x up to 0, within 2 units in the last place, near zero too; 0 above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> ExpMinusOne(Vector256<float> x)
    {
        // Below this exp(x) - 1 is -1.
        const float ExpMinusOneLow = -30f;

        x = Clip(x, ExpMinusOneLow, 0f);
        var rounded = Vector256.MultiplyAddEstimate(x, Vector256.Create(Log2E), Vector256.Create(Rounder));
        var n = rounded - Vector256.Create(Rounder);
        var r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2High), x);
        r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2Low), r);
        var power = ((rounded.AsInt32() - Vector256.Create(RounderBits - 127)) << 23).AsSingle();
        return Vector256.MultiplyAddEstimate(ExpOfRestMinusOne(r), power, power - Vector256<float>.One);
    }
}
