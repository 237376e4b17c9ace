using System;
using System.Runtime.Intrinsics;
using Cnn.Kernels;
using Xunit;
using static Cnn.Tests.Kernels.FloatSweep;

namespace Cnn.Tests.Kernels;

/// <summary>The errors that the documentation of VectorMath states, held over the whole range of floats.</summary>
public sealed class ActivationMathTests
{
    private const float Infinity = float.PositiveInfinity;

    /// <summary>Meets every exponent 1,600 times with either sign.</summary>
    private const int Stride = 4999;

    [Fact]
    public void Clip_and_Relu6_are_exact()
    {
        Assert.Equal(0, Sweep(x => VectorMath.Clip(x, -0.3f, 7.1f), x => Math.Clamp(x, -0.3f, 7.1f), All, Absolute));
        Assert.Equal(0, Sweep(VectorMath.Relu6, x => Math.Clamp(x, 0, 6), All, Absolute));
    }

    [Fact]
    public void HardSigmoid_is_within_two_units_in_the_last_place_of_its_argument_plus_three() =>
        Assert.InRange(Sweep(VectorMath.HardSigmoid, Exact.HardSigmoid, All, Absolute), 1e-9, 2 * 4.8e-7 / 6);

    [Fact]
    public void HardSwish_is_within_three_units_in_the_last_place() =>
        Assert.InRange(Sweep(VectorMath.HardSwish, Exact.HardSwish, (x, y) => IsNormal(y) && Math.Abs(x + 3) > 1, Ulps), 0.5, 3);

    [Fact]
    public void Elu_and_Selu_are_within_three_units_in_the_last_place()
    {
        Assert.InRange(Sweep(x => VectorMath.Elu(x, 0.7f), x => Exact.Elu(x, 0.7f), Normal, Ulps), 0.5, 3);
        Assert.InRange(Sweep(VectorMath.Selu, Exact.Selu, Normal, Ulps), 0.5, 3);
    }

    [Fact]
    public void Silu_is_within_a_millionth_down_to_minus_87_and_fades_out_below()
    {
        Assert.InRange(Sweep(VectorMath.Silu, Exact.Silu, (x, y) => IsNormal(y) && x >= -87, Relative), 1e-8, 1e-6);
        Assert.InRange(Sweep(VectorMath.Silu, Exact.Silu, (x, y) => x < -87, Absolute), 1e-46, 5e-43);
    }

    [Fact]
    public void Mish_is_within_a_millionth_down_to_minus_87_and_fades_out_below()
    {
        Assert.InRange(Sweep(VectorMath.Mish, Exact.Mish, (x, y) => IsNormal(y) && x >= -87, Relative), 1e-8, 1e-6);
        Assert.InRange(Sweep(VectorMath.Mish, Exact.Mish, (x, y) => x < -87, Absolute), 1e-46, 5e-43);
    }

    [Fact]
    public void Gelu_is_within_a_millionth_wherever_the_result_is_normal()
    {
        Assert.InRange(Sweep(VectorMath.Gelu, Exact.Gelu, Normal, Relative), 1e-8, 1e-6);
        Assert.InRange(Sweep(VectorMath.Gelu, Exact.Gelu, (x, y) => !IsNormal(y), Absolute), 0, 1e-43);
    }

    [Fact]
    public void The_tanh_form_of_Gelu_is_within_a_millionth_from_minus_3()
    {
        Assert.InRange(Sweep(VectorMath.GeluTanh, Exact.GeluTanh, (x, y) => IsNormal(y) && x >= -3, Relative), 1e-8, 1e-6);
        Assert.InRange(Sweep(VectorMath.GeluTanh, Exact.GeluTanh, (x, y) => x is < -3 and >= -10, Relative), 1e-8, 2e-5);
        Assert.InRange(Sweep(VectorMath.GeluTanh, Exact.GeluTanh, (x, y) => x < -10, Absolute), 0, 1e-38);
    }

    [Fact]
    public void Erf_is_within_three_units_in_the_last_place() =>
        Assert.InRange(Sweep(VectorMath.Erf, Exact.Erf, Normal, Ulps), 0.5, 3);

    [Fact]
    public void Log_is_within_two_units_in_the_last_place_of_every_positive_number()
    {
        Assert.InRange(Sweep(VectorMath.Log, Math.Log, (x, y) => x > 0, Ulps), 0.5, 2);
        for (var x = 0.9f; x < 1.1f; x = MathF.BitIncrement(x))
            Assert.InRange(x == 1 ? 0 : Ulps(VectorMath.Log(Vector128.Create(x)).ToScalar(), Math.Log(x)), 0, 2);
    }

    [Fact]
    public void LogPlusOne_is_within_three_units_in_the_last_place_near_zero_too() =>
        Assert.InRange(Sweep(VectorMath.LogPlusOne, Exact.LogOnePlus, (x, y) => x > -1 && IsNormal(y), Ulps), 0.5, 3);

    [Fact]
    public void Softplus_is_within_a_millionth_plus_the_rounding_of_its_argument()
    {
        var one = Sweep(
            x => VectorMath.Softplus(x, 1, 20), x => Exact.Softplus(x, 1, 20), (x, y) => IsNormal(y) && x >= -80, Relative);
        Assert.InRange(one, 1e-8, 1e-6);
        var other = Sweep(
            x => VectorMath.Softplus(x, 0.3f, 7),
            x => Exact.Softplus(x, 0.3f, 7),
            (x, y) => IsNormal(y) && x >= -250 && Math.Abs((0.3f * x) - 7) > 1e-5,
            Relative);
        Assert.InRange(other, 1e-8, 1e-6 + (75 * 6e-8));
        Assert.InRange(Sweep(x => VectorMath.Softplus(x, 1, 20), x => Exact.Softplus(x, 1, 20), (x, y) => x < -80, Absolute), 0, 4e-42);
    }

    [Fact]
    public void Slopes_are_within_half_a_millionth()
    {
        Assert.InRange(Sweep(VectorMath.SiluSlope, Exact.SiluSlope, All, Absolute), 1e-8, 3e-7);
        Assert.InRange(Sweep(VectorMath.MishSlope, Exact.MishSlope, All, Absolute), 1e-8, 3e-7);
        Assert.InRange(Sweep(VectorMath.GeluSlope, Exact.GeluSlope, All, Absolute), 1e-8, 3e-7);
        Assert.InRange(Sweep(VectorMath.GeluTanhSlope, Exact.GeluTanhSlope, All, Absolute), 1e-8, 5e-7);
        Assert.InRange(Sweep(x => VectorMath.SoftplusSlope(x, 1, 20), x => Exact.SoftplusSlope(x, 1, 20), All, Absolute), 1e-8, 1e-7);
    }

    [Fact]
    public void Special_arguments_have_their_limits()
    {
        AssertValues(x => VectorMath.Clip(x, -1, 2), (-Infinity, -1), (Infinity, 2), (float.NaN, float.NaN));
        AssertValues(VectorMath.Relu6, (-Infinity, 0), (6, 6), (Infinity, 6), (float.NaN, float.NaN));
        AssertValues(VectorMath.HardSigmoid, (-Infinity, 0), (-3, 0), (0, 0.5f), (3, 1), (Infinity, 1), (float.NaN, float.NaN));
        AssertValues(VectorMath.HardSwish, (-Infinity, -0f), (0, 0), (3, 3), (3e38f, 3e38f), (Infinity, Infinity), (float.NaN, float.NaN));
        AssertValues(x => VectorMath.Elu(x, 2), (-Infinity, -2), (1e-40f, 1e-40f), (Infinity, Infinity), (float.NaN, float.NaN));
        AssertValues(VectorMath.Selu, (-Infinity, -1.75809934f), (0, 0), (Infinity, Infinity), (float.NaN, float.NaN));
        AssertValues(VectorMath.Silu, (-Infinity, -0f), (-3e38f, -0f), (3e38f, 3e38f), (Infinity, Infinity), (float.NaN, float.NaN));
        AssertValues(VectorMath.Mish, (-Infinity, -0f), (-3e38f, -0f), (3e38f, 3e38f), (Infinity, Infinity), (float.NaN, float.NaN));
        AssertValues(VectorMath.Gelu, (-Infinity, 0), (-3e38f, 0), (3e38f, 3e38f), (Infinity, Infinity), (float.NaN, float.NaN));
        AssertValues(VectorMath.GeluTanh, (-Infinity, -0f), (-3e38f, -0f), (3e38f, 3e38f), (Infinity, Infinity), (float.NaN, float.NaN));
        AssertValues(VectorMath.Erf, (-Infinity, -1), (-0f, -0f), (Infinity, 1), (float.NaN, float.NaN));
        AssertValues(x => VectorMath.Softplus(x, 2, 20), (-Infinity, 0), (1e30f, 1e30f), (Infinity, Infinity), (float.NaN, float.NaN));
        AssertValues(
            VectorMath.Log, (-1, float.NaN), (0, -Infinity), (-0f, -Infinity), (1, 0), (Infinity, Infinity), (float.NaN, float.NaN));
        AssertValues(
            VectorMath.LogPlusOne,
            (-2, float.NaN),
            (-1, -Infinity),
            (0, 0),
            (1e-40f, 1e-40f),
            (Infinity, Infinity),
            (float.NaN, float.NaN));
    }

    [Fact]
    public void Slopes_of_special_arguments_have_their_limits()
    {
        foreach (var slope in new Func<Vector256<float>, Vector256<float>>[]
        {
            VectorMath.SiluSlope, VectorMath.MishSlope, VectorMath.GeluSlope, VectorMath.GeluTanhSlope,
            x => VectorMath.SoftplusSlope(x, 1, 20),
        })
        {
            Assert.Equal(0f, slope(Vector256.Create(-Infinity)).ToScalar());
            Assert.Equal(1f, slope(Vector256.Create(Infinity)).ToScalar());
            Assert.True(float.IsNaN(slope(Vector256.Create(float.NaN)).ToScalar()));
        }
    }

    [Fact]
    public void Both_widths_give_the_same_bits()
    {
        AssertBoth(x => VectorMath.Clip(x, -1, 2), x => VectorMath.Clip(x, -1, 2));
        AssertBoth(VectorMath.HardSigmoid, VectorMath.HardSigmoid);
        AssertBoth(VectorMath.HardSwish, VectorMath.HardSwish);
        AssertBoth(x => VectorMath.Elu(x, 0.7f), x => VectorMath.Elu(x, 0.7f));
        AssertBoth(VectorMath.Selu, VectorMath.Selu);
        AssertBoth(VectorMath.Silu, VectorMath.Silu);
        AssertBoth(VectorMath.Mish, VectorMath.Mish);
        AssertBoth(VectorMath.Gelu, VectorMath.Gelu);
        AssertBoth(VectorMath.GeluTanh, VectorMath.GeluTanh);
        AssertBoth(VectorMath.Erf, VectorMath.Erf);
        AssertBoth(x => VectorMath.Softplus(x, 2, 20), x => VectorMath.Softplus(x, 2, 20));
        AssertBoth(VectorMath.LogPlusOne, VectorMath.LogPlusOne);
    }

    [Fact]
    public void Sixteen_lanes_give_the_bits_of_eight()
    {
        AssertSixteen(x => VectorMath.Clip(x, -1, 2), x => VectorMath.Clip(x, -1, 2), Stride);
        AssertSixteen(VectorMath.Relu6, VectorMath.Relu6, Stride);
        AssertSixteen(VectorMath.HardSigmoid, VectorMath.HardSigmoid, Stride);
        AssertSixteen(VectorMath.HardSwish, VectorMath.HardSwish, Stride);
        AssertSixteen(x => VectorMath.Elu(x, 0.7f), x => VectorMath.Elu(x, 0.7f), Stride);
        AssertSixteen(VectorMath.Selu, VectorMath.Selu, Stride);
        AssertSixteen(VectorMath.Silu, VectorMath.Silu, Stride);
        AssertSixteen(VectorMath.Mish, VectorMath.Mish, Stride);
        AssertSixteen(VectorMath.Gelu, VectorMath.Gelu, Stride);
        AssertSixteen(VectorMath.GeluTanh, VectorMath.GeluTanh, Stride);
        AssertSixteen(VectorMath.Erf, VectorMath.Erf, Stride);
        AssertSixteen(x => VectorMath.Softplus(x, 2, 20), x => VectorMath.Softplus(x, 2, 20), Stride);
        AssertSixteen(VectorMath.Log, VectorMath.Log, Stride);
        AssertSixteen(VectorMath.LogPlusOne, VectorMath.LogPlusOne, Stride);
    }

    private static bool All(double x, double y) => true;

    private static bool Normal(double x, double y) => IsNormal(y);

    private static bool IsNormal(double y) => Math.Abs(y) is >= SmallestNormal and <= float.MaxValue;

    private static double Sweep(
        Func<Vector256<float>, Vector256<float>> function,
        Func<double, double> exact,
        Func<double, double, bool> counts,
        Func<double, double, double> error) =>
        Worst(function, exact, counts, error, Stride);

    private static void AssertBoth(Func<Vector256<float>, Vector256<float>> wide, Func<Vector128<float>, Vector128<float>> narrow) =>
        AssertWidths(wide, narrow, Stride);
}
