using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>
/// The normal distribution. Its tail Q(a) = P(X > a) = exp(-a^2 / 2) * S(a), a from 0, with S a polynomial of degree 9 in t = 1 / (1 + 0.35
/// a), the form of Abramowitz and Stegun 7.1.26, fitted by the Remez algorithm for the smallest relative error, 4e-8.
/// </content>
public static partial class VectorMath
{
    /// <summary>
    /// erf(x) = 2 / sqrt(pi) * the integral of exp(-t^2) from 0 to x, within 3 units in the last place; -1 and 1 far out.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Erf(Vector256<float> x)
    {
        const float SquareRootOfTwo = 1.41421356f;

        // Below 1 the odd polynomial of Cephes ndtr.
        const float Erf13 = 7.853861353153693e-5f;
        const float Erf11 = -8.010193625184903e-4f;
        const float Erf9 = 5.188327685732524e-3f;
        const float Erf7 = -2.685381193529856e-2f;
        const float Erf5 = 1.128358514861418e-1f;
        const float Erf3 = -3.761262582423300e-1f;
        const float Erf1 = 1.128379165726710f;

        var sign = x & Vector256.Create(-0f);
        var a = x ^ sign;
        var square = a * a;
        var p = Vector256.MultiplyAddEstimate(Vector256.Create(Erf13), square, Vector256.Create(Erf11));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(Erf9));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(Erf7));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(Erf5));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(Erf3));
        var near = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(Erf1)) * a;
        var tail = NormalTail(Vector256.MinNative(Vector256.Create(TailHigh), a * Vector256.Create(SquareRootOfTwo)), out _);
        var far = Vector256<float>.One - (tail + tail);
        return Vector256.ConditionalSelect(Vector256.LessThan(a, Vector256<float>.One), near, far) | sign;
    }

    /// <summary>
    /// x * (1 + erf(x / sqrt(2))) / 2 (Hendrycks and Gimpel 2016), as max(x, 0) - |x| * Q(|x|); within 1e-6 relatively where the result is
    /// a normal number; 0 at minus infinity, its limit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Gelu(Vector256<float> x)
    {
        var a = Vector256.MinNative(Vector256.Create(TailHigh), Vector256.AndNot(x, Vector256.Create(-0f)));
        var tail = NormalTail(a, out _);
        return Vector256.MaxNative(Vector256<float>.Zero, x) - (a * tail);
    }

    /// <summary>
    /// x * (1 + tanh(u)) / 2, u = sqrt(2 / pi) * (x + 0.044715 x^3) (Hendrycks and Gimpel 2016), as x / (1 + exp(-2u)); within 1e-6
    /// relatively from -3 and 2e-5 down to -10; below, where the result is less than 1e-34, within 1e-38 absolutely; 0 at minus infinity,
    /// its limit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GeluTanh(Vector256<float> x)
    {
        var u = Vector256.MultiplyAddEstimate(x * x, Vector256.Create(GeluTanh3), Vector256.Create(GeluTanh1)) * x;
        var e = Exp(u | Vector256.Create(-0f));
        var r = Vector256<float>.One / (Vector256<float>.One + e);
        var s = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), e * r, r);
        return Vector256.MaxNative(Vector256.Create(-GeluTanhHigh), x) * s;
    }

    /// <summary>
    /// The derivative of <see cref="Gelu(Vector256{float})"/>: P(X &lt;= x) + x * exp(-x^2 / 2) / sqrt(2 pi), within 3e-7.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> GeluSlope(Vector256<float> x)
    {
        const float InverseSquareRootOfTwoPi = 0.398942280f;

        x = Clip(x, -TailHigh, TailHigh);
        var tail = NormalTail(Vector256.AndNot(x, Vector256.Create(-0f)), out var density);
        var below = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), tail, Vector256<float>.One - tail);
        return Vector256.MultiplyAddEstimate(x * Vector256.Create(InverseSquareRootOfTwoPi), density, below);
    }

    /// <summary>
    /// The derivative of <see cref="GeluTanh(Vector256{float})"/>, within 5e-7: s + x * s * (1 - s) * 2u'(x), s = 1 / (1 + exp(-2u)).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> GeluTanhSlope(Vector256<float> x)
    {
        x = Clip(x, -GeluTanhHigh, GeluTanhHigh);
        var square = x * x;
        var u = Vector256.MultiplyAddEstimate(square, Vector256.Create(GeluTanh3), Vector256.Create(GeluTanh1)) * x;
        var e = Exp(u | Vector256.Create(-0f));
        var r = Vector256<float>.One / (Vector256<float>.One + e);
        var er = e * r;
        var s = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), er, r);
        var slope = Vector256.MultiplyAddEstimate(square, Vector256.Create(3f * GeluTanh3), Vector256.Create(GeluTanh1));
        return Vector256.MultiplyAddEstimate(x * slope, er * r, s);
    }

    /// <summary>Q(a), a from 0 to 14.5; <paramref name="exponential"/> is exp(-a^2 / 2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> NormalTail(Vector256<float> a, out Vector256<float> exponential)
    {
        // Leaves 12 bits of a float, whose square is exact.
        const int UpperBits = unchecked((int)0xFFFFF000);
        const float TailScale = 0.35f;
        const float Tail9 = -0.02915787086632076f;
        const float Tail8 = 0.14403084846055852f;
        const float Tail7 = -0.2558388603619038f;
        const float Tail6 = 0.1593195358399567f;
        const float Tail5 = -0.02321224711450176f;
        const float Tail4 = 0.10555245887681806f;
        const float Tail3 = 0.11982129819807509f;
        const float Tail2 = 0.13986351406593145f;
        const float Tail1 = 0.13962130691554003f;

        // exp would turn the rounding of a^2 into a relative error a hundred times as large.
        var high = a & Vector256.Create(UpperBits).AsSingle();
        var low = a - high;
        var x = high * high * Vector256.Create(-0.5f);
        var rounded = Vector256.MultiplyAddEstimate(x, Vector256.Create(Log2E), Vector256.Create(Rounder));
        var n = rounded - Vector256.Create(Rounder);
        var r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2High), x);
        r = Vector256.MultiplyAddEstimate(n, Vector256.Create(-Ln2Low), r);
        r = Vector256.MultiplyAddEstimate((a + high) * Vector256.Create(-0.5f), low, r);
        exponential = TwoToThe(rounded, ExpOfRest(r));

        var t = Vector256<float>.One / Vector256.MultiplyAddEstimate(a, Vector256.Create(TailScale), Vector256<float>.One);
        var p = Vector256.MultiplyAddEstimate(Vector256.Create(Tail9), t, Vector256.Create(Tail8));
        p = Vector256.MultiplyAddEstimate(p, t, Vector256.Create(Tail7));
        p = Vector256.MultiplyAddEstimate(p, t, Vector256.Create(Tail6));
        p = Vector256.MultiplyAddEstimate(p, t, Vector256.Create(Tail5));
        p = Vector256.MultiplyAddEstimate(p, t, Vector256.Create(Tail4));
        p = Vector256.MultiplyAddEstimate(p, t, Vector256.Create(Tail3));
        p = Vector256.MultiplyAddEstimate(p, t, Vector256.Create(Tail2));
        p = Vector256.MultiplyAddEstimate(p, t, Vector256.Create(Tail1));
        return exponential * (p * t);
    }
}
