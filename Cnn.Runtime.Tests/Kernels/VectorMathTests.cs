using System;
using System.Runtime.Intrinsics;
using Cnn.Kernels;
using Xunit;
using static Cnn.Tests.Kernels.FloatSweep;

namespace Cnn.Tests.Kernels;

public sealed class VectorMathTests
{
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

    [Fact]
    public void Sixteen_lanes_give_the_bits_of_eight()
    {
        AssertSixteen(VectorMath.Exp, VectorMath.Exp);
        AssertSixteen(VectorMath.Sigmoid, VectorMath.Sigmoid);
        AssertSixteen(VectorMath.Tanh, VectorMath.Tanh);
        AssertSixteen(x => VectorMath.LeakyRelu(x, 0.1f), x => VectorMath.LeakyRelu(x, 0.1f));
    }
}
