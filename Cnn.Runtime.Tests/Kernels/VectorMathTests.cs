using System;
using System.Runtime.Intrinsics;
using Cnn.Kernels;
using Xunit;

namespace Cnn.Tests.Kernels;

public sealed class VectorMathTests
{
    /// <summary>Arguments eight at a time: every 997th float of either sign, so that every exponent is met thousands of times.</summary>
    private const int Stride = 997;

    [Fact]
    public void Exp_is_within_two_units_in_the_last_place_wherever_the_result_is_normal()
    {
        var worst = Worst(VectorMath.Exp, Math.Exp, (x, expected) => expected is >= 1.1754944e-38 and <= float.MaxValue, Ulps);
        Assert.InRange(worst, 0.5, 2);
    }

    [Fact]
    public void Exp_of_results_below_the_normal_numbers_is_within_two_of_the_smallest_floats()
    {
        var worst = Worst(
            VectorMath.Exp,
            Math.Exp,
            (x, expected) => expected < 1.1754944e-38,
            (y, expected) => Math.Abs(y - expected) / float.Epsilon);
        Assert.InRange(worst, 0, 2);
    }

    [Fact]
    public void Sigmoid_is_within_a_ten_millionth()
    {
        var worst = Worst(
            VectorMath.Sigmoid,
            x => 1 / (1 + Math.Exp(-x)),
            (x, expected) => true,
            (y, expected) => Math.Abs(y - expected));
        Assert.InRange(worst, 1e-9, 1e-7);
    }

    [Fact]
    public void Tanh_is_within_two_units_in_the_last_place_near_zero_too()
    {
        var worst = Worst(VectorMath.Tanh, Math.Tanh, (x, expected) => Math.Abs(expected) >= 1.1754944e-38, Ulps);
        Assert.InRange(worst, 0.5, 2);
    }

    [Fact]
    public void Exp_of_special_arguments() => AssertValues(
        VectorMath.Exp,
        (0f, 1f),
        (-0f, 1f),
        (89f, float.PositiveInfinity),
        (3e38f, float.PositiveInfinity),
        (float.PositiveInfinity, float.PositiveInfinity),
        (-105f, 0f),
        (-3e38f, 0f),
        (float.NegativeInfinity, 0f),
        (float.NaN, float.NaN));

    [Fact]
    public void Exp_is_finite_up_to_the_largest_argument_whose_exponential_is()
    {
        // ln(largest float) = 88.72283905...
        const float Largest = 88.722832f;
        Assert.InRange(VectorMath.Exp(Vector256.Create(Largest)).ToScalar(), 3.4027e38f, float.MaxValue);
        Assert.Equal(float.PositiveInfinity, VectorMath.Exp(Vector256.Create(MathF.BitIncrement(Largest))).ToScalar());
    }

    [Fact]
    public void Sigmoid_of_special_arguments() => AssertValues(
        VectorMath.Sigmoid,
        (0f, 0.5f),
        (-0f, 0.5f),
        (40f, 1f),
        (3e38f, 1f),
        (float.PositiveInfinity, 1f),
        (-3e38f, 0f),
        (float.NegativeInfinity, 0f),
        (float.NaN, float.NaN));

    [Fact]
    public void Tanh_of_special_arguments() => AssertValues(
        VectorMath.Tanh,
        (0f, 0f),
        (-0f, -0f),
        (1e-40f, 1e-40f),
        (20f, 1f),
        (-20f, -1f),
        (3e38f, 1f),
        (float.PositiveInfinity, 1f),
        (float.NegativeInfinity, -1f),
        (float.NaN, float.NaN));

    [Fact]
    public void Leaky_relu_of_special_arguments() => AssertValues(
        x => VectorMath.LeakyRelu(x, 0.25f),
        (2f, 2f),
        (-2f, -0.5f),
        (0f, 0f),
        (-0f, -0f),
        (float.PositiveInfinity, float.PositiveInfinity),
        (float.NegativeInfinity, float.NegativeInfinity),
        (float.NaN, float.NaN));

    [Fact]
    public void Both_widths_give_the_same_bits()
    {
        AssertWidths(VectorMath.Exp, VectorMath.Exp);
        AssertWidths(VectorMath.Sigmoid, VectorMath.Sigmoid);
        AssertWidths(VectorMath.Tanh, VectorMath.Tanh);
        AssertWidths(x => VectorMath.LeakyRelu(x, 0.1f), x => VectorMath.LeakyRelu(x, 0.1f));
    }

    private static double Ulps(double y, double expected) => Math.Abs(y - expected) / UnitInTheLastPlace(expected);

    private static double UnitInTheLastPlace(double expected) => Math.ScaleB(1, Math.ILogB(expected) - 23);

    private static double Worst(
        Func<Vector256<float>, Vector256<float>> function,
        Func<double, double> exact,
        Func<double, double, bool> counts,
        Func<double, double, double> error)
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
        });
        return worst;
    }

    private static void AssertWidths(Func<Vector256<float>, Vector256<float>> wide, Func<Vector128<float>, Vector128<float>> narrow) =>
        ForArguments(x =>
        {
            var y = Vector256.Create(narrow(x.GetLower()), narrow(x.GetUpper()));
            Assert.Equal(y.AsInt32(), wide(x).AsInt32());
        });

    /// <summary>Every <see cref="Stride"/>th finite float, both signs.</summary>
    private static void ForArguments(Action<Vector256<float>> visit)
    {
        var lanes = new float[8];
        var filled = 0;
        for (var bits = 0; bits < 0x7F800000; bits += Stride)
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

    private static void AssertValues(Func<Vector256<float>, Vector256<float>> function, params (float X, float Expected)[] values)
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
}
