using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.Kernels;

/// <content>
/// log follows Cephes <c>logf</c> (Moshier): x = 2^n * m with m from sqrt(1/2) to sqrt(2), a polynomial of degree 11 in m - 1, and n ln 2
/// in two parts.
/// </content>
public static partial class VectorMath
{
    /// <summary>
    /// log(x), the natural logarithm, within 2 units in the last place, near 1 too and for subnormal x; minus infinity at 0, NaN below.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x)
    {
        const int SquareRootOfHalfBits = 0x3F3504F3;
        const int OneBits = 0x3F800000;
        const int MantissaBits = 0x007FFFFF;
        const float SmallestNormal = 1.17549435e-38f;
        const float TwoToThe23 = 8388608f;
        const float Log8 = 7.0376836292e-2f;
        const float Log7 = -1.1514610310e-1f;
        const float Log6 = 1.1676998740e-1f;
        const float Log5 = -1.2420140846e-1f;
        const float Log4 = 1.4249322787e-1f;
        const float Log3 = -1.6668057665e-1f;
        const float Log2 = 2.0000714765e-1f;
        const float Log1 = -2.4999993993e-1f;
        const float Log0 = 3.3333331174e-1f;

        var tiny = Vector256.LessThan(x, Vector256.Create(SmallestNormal));
        var scaled = Vector256.ConditionalSelect(tiny, x * Vector256.Create(TwoToThe23), x);
        var bits = scaled.AsInt32() + Vector256.Create(OneBits - SquareRootOfHalfBits);
        var exponent = (bits >> 23) - Vector256.Create(127) - (tiny.AsInt32() & Vector256.Create(23));
        var n = Vector256.ConvertToSingle(exponent);
        var f = ((bits & Vector256.Create(MantissaBits)) + Vector256.Create(SquareRootOfHalfBits)).AsSingle() - Vector256<float>.One;

        var square = f * f;
        var p = Vector256.MultiplyAddEstimate(Vector256.Create(Log8), f, Vector256.Create(Log7));
        p = Vector256.MultiplyAddEstimate(p, f, Vector256.Create(Log6));
        p = Vector256.MultiplyAddEstimate(p, f, Vector256.Create(Log5));
        p = Vector256.MultiplyAddEstimate(p, f, Vector256.Create(Log4));
        p = Vector256.MultiplyAddEstimate(p, f, Vector256.Create(Log3));
        p = Vector256.MultiplyAddEstimate(p, f, Vector256.Create(Log2));
        p = Vector256.MultiplyAddEstimate(p, f, Vector256.Create(Log1));
        p = Vector256.MultiplyAddEstimate(p, f, Vector256.Create(Log0)) * f * square;
        p = Vector256.MultiplyAddEstimate(n, Vector256.Create(Ln2Low), p);
        p = Vector256.MultiplyAddEstimate(square, Vector256.Create(-0.5f), p);
        var log = Vector256.MultiplyAddEstimate(n, Vector256.Create(Ln2High), f + p);

        // Infinity is its own logarithm; what is neither positive nor 0 has none.
        log = Vector256.ConditionalSelect(Vector256.Equals(x, Vector256.Create(float.PositiveInfinity)), x, log);
        var atZero = Vector256.ConditionalSelect(
            Vector256.Equals(x, Vector256<float>.Zero), Vector256.Create(float.NegativeInfinity), Vector256.Create(float.NaN));
        return Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), log, atZero);
    }

    /// <summary>
    /// log(1 + x), within 3 units in the last place, near 0 too; minus infinity at -1, NaN below. The rounding c of u = 1 + x comes back as
    /// c / u.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LogPlusOne(Vector256<float> x)
    {
        var u = Vector256<float>.One + x;
        var correction = (x - (u - Vector256<float>.One)) / u;

        // At -1 and infinity the correction is NaN.
        correction &= Vector256.Equals(correction, correction);
        return Log(u) + correction;
    }

    /// <summary>
    /// log(1 + exp(beta * x)) / beta, and x where beta * x > threshold, as (max(z, 0) + log(1 + exp(-|z|))) / beta with z = beta * x; beta
    /// above 0. Within 1e-6 relatively for beta = 1 and x from -80; the rounding of z adds |z| * 6e-8 to that for other betas.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Softplus(Vector256<float> x, float beta, float threshold)
    {
        // log(1 + e) = s * (2 + s^2 * p(s^2)), s = e / (2 + e) up to 1/3: the series of 2 atanh(s), its rest fitted by the Remez algorithm.
        const float Artanh3 = 0.2801198660773877f;
        const float Artanh2 = 0.28001805327581064f;
        const float Artanh1 = 0.40021527234284693f;
        const float Artanh0 = 0.6666641628580819f;

        var z = x * Vector256.Create(beta);
        var e = Exp(z | Vector256.Create(-0f));
        var s = e / (e + Vector256.Create(2f));
        var square = s * s;
        var p = Vector256.MultiplyAddEstimate(Vector256.Create(Artanh3), square, Vector256.Create(Artanh2));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(Artanh1));
        p = Vector256.MultiplyAddEstimate(p, square, Vector256.Create(Artanh0));
        p = Vector256.MultiplyAddEstimate(p * square, s, s + s);
        var bent = (Vector256.MaxNative(Vector256<float>.Zero, z) + p) * Vector256.Create(1f / beta);
        return Vector256.ConditionalSelect(Vector256.GreaterThan(z, Vector256.Create(threshold)), x, bent);
    }

    /// <summary>
    /// The derivative of <see cref="Softplus(Vector256{float}, float, float)"/>: 1 / (1 + exp(-beta * x)), and 1 where beta * x >
    /// threshold, within 1e-7.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> SoftplusSlope(Vector256<float> x, float beta, float threshold)
    {
        var z = x * Vector256.Create(beta);
        return Vector256.ConditionalSelect(Vector256.GreaterThan(z, Vector256.Create(threshold)), Vector256<float>.One, Sigmoid(z));
    }
}
