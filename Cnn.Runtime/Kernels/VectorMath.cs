using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Wasm;

namespace Cnn.Kernels;

/// <summary>
/// The activation functions of one vector of floats, for generated code. Each lane depends on its own argument alone, and all widths
/// compute the same steps, so a lane gives the same bits wherever it stands. NaN gives NaN.
/// </summary>
/// <remarks>
/// exp follows Cephes <c>expf</c> (Moshier): x = n ln 2 + r with |r| at most ln 2 / 2, a polynomial of degree 7 in r, and 2^n in two
/// factors, so that results fade out through the subnormal numbers and overflow to infinity. tanh follows Cephes <c>tanhf</c>: an odd
/// polynomial below 0.625 and 1 - 2 / (exp(2x) + 1) above.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class VectorMath
{
    // Beyond these exp is 0 and infinity; within them n stays inside the exponents that two factors can hold.
    private const float ExpLow = -105f;
    private const float ExpHigh = 89f;

    // Adding 1.5 * 2^23 rounds a float to the nearest integer, which then stands in the low bits.
    private const float Rounder = 12582912f;
    private const int RounderBits = 0x4B400000;
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts; n times the first is exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    private const float Exp7 = 1.9875691500e-4f;
    private const float Exp6 = 1.3981999507e-3f;
    private const float Exp5 = 8.3334519073e-3f;
    private const float Exp4 = 4.1665795894e-2f;
    private const float Exp3 = 1.6666665459e-1f;
    private const float Exp2 = 5.0000001201e-1f;

    private const float TanhSplit = 0.625f;
    private const float Tanh11 = -5.70498872745e-3f;
    private const float Tanh9 = 2.06390887954e-2f;
    private const float Tanh7 = -5.37397155531e-2f;
    private const float Tanh5 = 1.33314422036e-1f;
    private const float Tanh3 = -3.33332819422e-1f;

    /// <summary>a * b + c, fused where the processor can.</summary>
    /// <remarks>
    /// WebAssembly's interpreter computes MultiplyAddEstimate element by element, fifteen times slower than these two instructions. The
    /// condition is a constant to every compiler, so that other processors keep their one instruction.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        PackedSimd.IsSupported ? (a * b) + c : Vector128.MultiplyAddEstimate(a, b, c);

    /// <summary>The larger of each two lanes, the second where one is NaN; quick in a browser, as <see cref="MultiplyAdd"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> MaxNative(Vector128<float> a, Vector128<float> b) =>
        PackedSimd.IsSupported ? PackedSimd.PseudoMax(b, a) : Vector128.MaxNative(a, b);

    /// <summary>The smaller of each two lanes, likewise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> MinNative(Vector128<float> a, Vector128<float> b) =>
        PackedSimd.IsSupported ? PackedSimd.PseudoMin(b, a) : Vector128.MinNative(a, b);

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

    /// <inheritdoc cref="Exp(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exp(Vector128<float> x)
    {
        x = VectorMath.MaxNative(Vector128.Create(ExpLow), VectorMath.MinNative(Vector128.Create(ExpHigh), x));
        var rounded = VectorMath.MultiplyAdd(x, Vector128.Create(Log2E), Vector128.Create(Rounder));
        var n = rounded - Vector128.Create(Rounder);
        var r = VectorMath.MultiplyAdd(n, Vector128.Create(-Ln2High), x);
        r = VectorMath.MultiplyAdd(n, Vector128.Create(-Ln2Low), r);
        return TwoToThe(rounded, ExpOfRest(r));
    }

    /// <summary>1 / (1 + exp(-x)), within 1e-7 absolutely; 0 and 1 far out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x) => Vector256<float>.One / (Vector256<float>.One + Exp(-x));

    /// <inheritdoc cref="Sigmoid(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sigmoid(Vector128<float> x) => Vector128<float>.One / (Vector128<float>.One + Exp(-x));

    /// <summary>tanh(x), within 2 units in the last place, near zero too; the sign of zero is kept; -1 and 1 far out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x)
    {
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

    /// <inheritdoc cref="Tanh(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Tanh(Vector128<float> x)
    {
        var sign = x & Vector128.Create(-0f);
        var a = x ^ sign;
        var square = a * a;
        var p = VectorMath.MultiplyAdd(Vector128.Create(Tanh11), square, Vector128.Create(Tanh9));
        p = VectorMath.MultiplyAdd(p, square, Vector128.Create(Tanh7));
        p = VectorMath.MultiplyAdd(p, square, Vector128.Create(Tanh5));
        p = VectorMath.MultiplyAdd(p, square, Vector128.Create(Tanh3));
        var near = VectorMath.MultiplyAdd(p * square, a, a);
        var far = Vector128<float>.One - (Vector128.Create(2f) / (Exp(a + a) + Vector128<float>.One));
        return Vector128.ConditionalSelect(Vector128.LessThan(a, Vector128.Create(TanhSplit)), near, far) | sign;
    }

    /// <summary>x where x > 0, otherwise <paramref name="slope"/> * x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LeakyRelu(Vector256<float> x, float slope) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), x, x * Vector256.Create(slope));

    /// <inheritdoc cref="LeakyRelu(Vector256{float}, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LeakyRelu(Vector128<float> x, float slope) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(x, Vector128<float>.Zero), x, x * Vector128.Create(slope));

    /// <summary>exp(r) for |r| up to 0.4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpOfRest(Vector256<float> r) => ExpOfRestMinusOne(r) + Vector256<float>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ExpOfRest(Vector128<float> r) => ExpOfRestMinusOne(r) + Vector128<float>.One;

    /// <summary>exp(r) - 1 for |r| up to 0.4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpOfRestMinusOne(Vector256<float> r)
    {
        var p = Vector256.MultiplyAddEstimate(Vector256.Create(Exp7), r, Vector256.Create(Exp6));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(Exp5));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(Exp4));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(Exp3));
        p = Vector256.MultiplyAddEstimate(p, r, Vector256.Create(Exp2));
        return Vector256.MultiplyAddEstimate(p, r * r, r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ExpOfRestMinusOne(Vector128<float> r)
    {
        var p = VectorMath.MultiplyAdd(Vector128.Create(Exp7), r, Vector128.Create(Exp6));
        p = VectorMath.MultiplyAdd(p, r, Vector128.Create(Exp5));
        p = VectorMath.MultiplyAdd(p, r, Vector128.Create(Exp4));
        p = VectorMath.MultiplyAdd(p, r, Vector128.Create(Exp3));
        p = VectorMath.MultiplyAdd(p, r, Vector128.Create(Exp2));
        return VectorMath.MultiplyAdd(p, r * r, r);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> TwoToThe(Vector128<float> rounded, Vector128<float> p)
    {
        var exponent = rounded.AsInt32() - Vector128.Create(RounderBits);
        var half = exponent >> 1;
        var bias = Vector128.Create(127);
        var first = ((half + bias) << 23).AsSingle();
        var second = ((exponent - half + bias) << 23).AsSingle();
        return p * first * second;
    }
}
