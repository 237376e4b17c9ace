using System;
using Xunit;

namespace Cnn.Tests.Training;

public sealed class ScheduleTests
{
    [Fact]
    public void Constant_leaves_the_learning_rate_as_it_is()
    {
        Assert.Equal(1, Schedule.Constant.Factor(0, 10, 30));
        Assert.Equal(1, Schedule.Constant.Factor(29, 10, 30));
    }

    [Theory]
    [InlineData(0, 1f)]
    [InlineData(19, 1f)]
    [InlineData(20, 0.5f)]
    [InlineData(39, 0.5f)]
    [InlineData(40, 0.25f)]
    [InlineData(65, 0.125f)]
    public void Step_halves_the_learning_rate_every_two_epochs(long step, float expected) =>
        Assert.Equal(expected, Schedule.Step(2, 0.5f).Factor(step, 10, 70));

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(50, 0.8681980515339464)]
    [InlineData(100, 0.55)]
    [InlineData(150, 0.23180194846605364)]
    [InlineData(200, 0.1)]
    public void Cosine_falls_to_its_last_factor_on_half_a_cosine(long step, double expected) =>
        Assert.Equal(expected, Schedule.Cosine(0.1f).Factor(step, 10, 200), 1e-7);

    [Theory]
    [InlineData(0, 0.5f, "everyEpochs")]
    [InlineData(1, 0f, "factor")]
    [InlineData(1, 1.5f, "factor")]
    [InlineData(1, float.NaN, "factor")]
    public void Step_refuses_what_is_out_of_range(int everyEpochs, float factor, string parameter) =>
        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => Schedule.Step(everyEpochs, factor));

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void Cosine_refuses_what_is_out_of_range(float finalFactor) =>
        Assert.Throws<ArgumentOutOfRangeException>("finalFactor", () => Schedule.Cosine(finalFactor));
}
