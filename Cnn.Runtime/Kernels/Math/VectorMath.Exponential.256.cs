using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>
/// exp follows Cephes <c>expf</c> (Moshier): x = n ln 2 + r with |r| at most ln 2 / 2, a polynomial of degree 7 in r, and 2^n in two
/// factors, so that results fade out through the subnormal numbers and overflow to infinity. tanh follows Cephes <c>tanhf</c>: an odd
/// polynomial below 0.625 and 1 - 2 / (exp(2x) + 1) above.
/// </content>
public static partial class VectorMath
{
    /// <summary>exp(x), within 2 units in the last place where the result is a normal number; 0 below -104, infinity above 88.73.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        // The bound first: the native forms return their second argument when one of the two is NaN.
        x = Vector256.MaxNative(Vector256.Create(ExpLow), Vector256.MinNative(Vector256.Create(ExpHigh), x));
        var rounded = Vector256.MultiplyAddEstimate(x, Vector256.Create(Log2E), Vector256.Create(Rounder));
        var n = rounded - Vector256.Create(Rounder);
        var r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2High), x);
        r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2Low), r);
        return TwoToThe(rounded, ExpOfRest(r));
    }

    /// <summary>1 / (1 + exp(-x)), within 1e-7 absolutely; 0 and 1 far out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x) => Vector256<float>.One / (Vector256<float>.One + Exp(-x));

    /// <summary>tanh(x), within 2 units in the last place, near zero too; the sign of zero is kept; -1 and 1 far out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x)
    {
        const float TanhSplit = 0.625f;
        const float Tanh11 = -5.70498872745e-3f;
        const float Tanh9 = 2.06390887954e-2f;
        const float Tanh7 = -5.37397155531e-2f;
        const float Tanh5 = 1.33314422036e-1f;
        const float Tanh3 = -3.33332819422e-1f;

        var sign = x & Vector256.Create(-0f);
        var a = x ^ sign;
        var square = a * a;
        var p = Vector256.MultiplyAddEstimate(Vector256.Create(Tanh11), square, Vector256.Create(Tanh9));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(Tanh7));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(Tanh5));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(Tanh3));
        var near = Vector256.MultiplyAddEstimate(p * square, a, a);
        var far = Vector256<float>.One - (Vector256.Create(2f) / (Exp(a + a) + Vector256<float>.One));
        return Vector256.ConditionalSelect(Vector256.LessThan(a, Vector256.Create(TanhSplit)), near, far) | sign;
    }

    /// <summary>x where x > 0, otherwise <paramref name="slope"/> * x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LeakyRelu(Vector256<float> x, float slope) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), x, x * Vector256.Create(slope));

    /// <summary>exp(r) for |r| up to 0.4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpOfRest(Vector256<float> r) => ExpOfRestMinusOne(r) + Vector256<float>.One;

    /// <summary>exp(r) - 1 for |r| up to 0.4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpOfRestMinusOne(Vector256<float> r)
    {
        const float Exp7 = 1.9875691500e-4f;
        const float Exp6 = 1.3981999507e-3f;
        const float Exp5 = 8.3334519073e-3f;
        const float Exp4 = 4.1665795894e-2f;
        const float Exp3 = 1.6666665459e-1f;
        const float Exp2 = 5.0000001201e-1f;

        var p = Vector256.MultiplyAddEstimate(Vector256.Create(Exp7), r, Vector256.Create(Exp6));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(Exp5));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(Exp4));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(Exp3));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(Exp2));
        return Vector256.MultiplyAddEstimate(p, r * r, r);
    }

    /// <summary>p * 2^n, n the integer in the low bits of <paramref name="rounded"/>; two factors reach where one would overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> TwoToThe(Vector256<float> rounded, Vector256<float> p)
    {
        var exponent = rounded.AsInt32() - Vector256.Create(RounderBits);
        var half = exponent >> 1;
        var bias = Vector256.Create(127);
        var first = ((half + bias) << 23).AsSingle();
        var second = ((exponent - half + bias) << 23).AsSingle();
        return p * first * second;
    }
}
