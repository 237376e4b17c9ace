using System;
using Xunit;

namespace Cnn.Reference.Tests;

public sealed class ErrorFunctionTests
{
    /// <summary>Values to 20 digits and more, computed with 40; the last two lie on both sides of where the method changes.</summary>
    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(1e-8, 1.128379167095512559892e-8)]
    [InlineData(0.03125, 0.03525037386732282599862)]
    [InlineData(0.5, 0.52049987781304653768)]
    [InlineData(0.75, 0.7111556336535151315989)]
    [InlineData(1.0, 0.84270079294971486934)]
    [InlineData(1.5, 0.96610514647531072707)]
    [InlineData(1.9375, 0.9938568063952131999931)]
    [InlineData(2.5, 0.9995930479825550410604)]
    [InlineData(3.0, 0.9999779095030014145586)]
    [InlineData(4.0, 0.99999998458274209972)]
    [InlineData(5.5, 0.9999999999999926421521)]
    [InlineData(7.0, 1.0)]
    [InlineData(2.0, 0.99532226501895273416)]
    [InlineData(2.03125, 0.9959291822947530043778)]
    public void The_error_function_is_within_1e_15_of_the_true_one(double x, double expected)
    {
        Assert.InRange(Math.Abs(ErrorFunction.Erf(x) - expected), 0, 1e-15 * Math.Max(expected, 1e-8));
        Assert.Equal(-ErrorFunction.Erf(x), ErrorFunction.Erf(-x));
    }

    [Fact]
    public void Both_methods_agree_where_they_meet()
    {
        // erf rises by 2 / sqrt(pi) * exp(-4) for each unit here.
        var step = Math.BitIncrement(2.0) - 2.0;
        Assert.InRange(ErrorFunction.Erf(Math.BitIncrement(2.0)) - ErrorFunction.Erf(2.0), -5e-16, (0.021 * step) + 5e-16);
    }
}
