using System;
using System.Runtime.Intrinsics;
using Xunit;

namespace Cnn.Tests.Kernels;

/// <summary>Checks of a vector function over the whole range of floats.</summary>
internal static class FloatSweep
{
    public const double SmallestNormal = 1.1754944e-38;

    /// <summary>Every 997th float of either sign: every exponent is met thousands of times.</summary>
    private const int Dense = 997;

    /// <summary>NaN of both signs (the first is .NET's), infinities, zeros, and where the functions have edges.</summary>
    private static readonly float[] Special =
    [
        float.NaN, -float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, float.MaxValue, float.MinValue,
        float.Epsilon, -float.Epsilon, 1f, -1f, 3f, -3f, 6f, -2f,
    ];

    public static double Ulps(double y, double expected) => Math.Abs(y - expected) / UnitInTheLastPlace(expected);

    public static double Absolute(double y, double expected) => Math.Abs(y - expected);

    public static double Relative(double y, double expected) => y == expected ? 0 : Math.Abs(y - expected) / Math.Abs(expected);

    /// <summary>The largest error among the arguments that count; NaN if a result is NaN.</summary>
    public static double Worst(
        Func<Vector256<float>, Vector256<float>> function,
        Func<double, double> exact,
        Func<double, double, bool> counts,
        Func<double, double, double> error,
        int stride = Dense)
    {
        var worst = 0.0;
        ForArguments(x =>
        {
            var y = function(x);
            for (var lane = 0; lane < 8; lane++)
            {
                var expected = exact(x[lane]);
                if (!counts(x[lane], expected))
                    continue;
                var e = error(y[lane], expected);
                worst = e <= worst ? worst : e;
            }
        }, stride);
        return worst;
    }

    public static void AssertWidths(
        Func<Vector256<float>, Vector256<float>> wide,
        Func<Vector128<float>, Vector128<float>> narrow,
        int stride = Dense) =>
        ForArguments(x =>
        {
            var y = Vector256.Create(narrow(x.GetLower()), narrow(x.GetUpper()));
            var z = wide(x);
            if (y.AsInt32() != z.AsInt32())
                Assert.Equal((x, y), (x, z));
        }, stride);

    /// <summary>
    /// Sixteen lanes have the bits of eight: every argument of the sweep in both halves, then what a sweep of the finite numbers misses,
    /// each in every lane.
    /// </summary>
    public static void AssertSixteen(
        Func<Vector512<float>, Vector512<float>> sixteen,
        Func<Vector256<float>, Vector256<float>> eight,
        int stride = Dense)
    {
        var before = Vector256<float>.Zero;
        ForArguments(x =>
        {
            AssertHalves(sixteen, eight, Vector512.Create(before, x));
            before = x;
        }, stride);

        Span<float> lanes = stackalloc float[16];
        for (var turn = 0; turn < 16; turn++)
        {
            for (var lane = 0; lane < 16; lane++)
                lanes[lane] = Special[(lane + turn) % 16];
            AssertHalves(sixteen, eight, Vector512.Create((ReadOnlySpan<float>)lanes));
        }
    }

    public static void AssertValues(Func<Vector256<float>, Vector256<float>> function, params (float X, float Expected)[] values)
    {
        foreach (var (x, expected) in values)
        {
            var actual = function(Vector256.Create(x)).ToScalar();
            if (float.IsNaN(expected))
                Assert.True(float.IsNaN(actual), $"{actual} is not NaN");
            else
                Assert.Equal((x, BitConverter.SingleToInt32Bits(expected)), (x, BitConverter.SingleToInt32Bits(actual)));
        }
    }

    private static void AssertHalves(
        Func<Vector512<float>, Vector512<float>> sixteen, Func<Vector256<float>, Vector256<float>> eight, Vector512<float> x)
    {
        var y = Vector512.Create(eight(x.GetLower()), eight(x.GetUpper()));
        var z = sixteen(x);
        if (y.AsInt32() != z.AsInt32())
            Assert.Equal((x, y.AsInt32()), (x, z.AsInt32()));
    }

    private static double UnitInTheLastPlace(double expected) => Math.ScaleB(1, Math.ILogB(expected) - 23);

    /// <summary>Arguments eight at a time.</summary>
    private static void ForArguments(Action<Vector256<float>> visit, int stride)
    {
        var lanes = new float[8];
        var filled = 0;
        for (var bits = 0; bits < 0x7F800000; bits += stride)
        {
            lanes[filled++] = BitConverter.Int32BitsToSingle(bits);
            lanes[filled++] = BitConverter.Int32BitsToSingle(bits | int.MinValue);
            if (filled == 8)
            {
                filled = 0;
                visit(Vector256.LoadUnsafe(ref lanes[0]));
            }
        }
    }
}
