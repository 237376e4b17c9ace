using System;
using Cnn.Tests.Support;
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

    public static TheoryData<string> Named => ["one_cycle", "one_cycle_short", "warm_up"];

    public static TheoryData<string> Watching => ["plateau", "plateau_cooldown", "plateau_least"];

    [Theory]
    [MemberData(nameof(Named))]
    public void One_cycle_and_warm_up_give_the_learning_rates_of_PyTorch(string name)
    {
        var expected = FixtureFile.Open("optimizers")[name].Values;
        var schedule = name switch
        {
            "one_cycle" => Schedule.OneCycle(),
            "one_cycle_short" => Schedule.OneCycle(0.45, 10, 100),
            _ => Schedule.WarmUp(7, startFactor: 0.1f),
        };
        for (var step = 0; step < expected.Length; step++)
            Assert.Equal(expected[step], schedule.Factor(step, 5, expected.Length), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Watching))]
    public void On_plateau_falls_when_PyTorch_does(string name)
    {
        var fixture = FixtureFile.Open("optimizers");
        var losses = Array.ConvertAll(fixture["losses"].Values, loss => (double)loss);
        var schedule = name switch
        {
            "plateau" => Schedule.OnPlateau(0.5f, 2),
            "plateau_cooldown" => Schedule.OnPlateau(0.5f, 1, 0.06, 2),
            _ => Schedule.OnPlateau(0.1f, 0, 0, leastFactor: 0.05f),
        };
        Assert.Equal(1, schedule.Factor(0, 10, 200, []));
        for (var epoch = 1; epoch <= losses.Length; epoch++)
            Assert.Equal(fixture[name].Values[epoch - 1], schedule.Factor(epoch * 10, 10, 200, losses.AsSpan(0, epoch)), 1e-7);
    }

    [Fact]
    public void Warm_up_leads_into_the_beginning_of_what_follows()
    {
        var schedule = Schedule.WarmUp(10, Schedule.Cosine(0), 0.5f);
        Assert.Equal(0.5f, schedule.Factor(0, 5, 30));
        Assert.Equal(0.75f, schedule.Factor(5, 5, 30));
        for (var step = 0; step < 20; step++)
            Assert.Equal(Schedule.Cosine(0).Factor(step, 5, 20), schedule.Factor(step + 10, 5, 30));

        var watching = Schedule.WarmUp(10, Schedule.OnPlateau(0.5f, 0));
        Assert.Equal(0.25f, watching.Factor(40, 10, 100, [1, 1, 1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_cycle_is_usable_however_few_steps_there_are(int steps)
    {
        for (var step = 0; step < steps; step++)
            Assert.InRange(Schedule.OneCycle().Factor(step, 1, steps), 1e-7f, 1);
    }

    [Fact]
    public void Schedules_refuse_what_is_out_of_range()
    {
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => Schedule.WarmUp(0));
        Assert.Throws<ArgumentOutOfRangeException>("startFactor", () => Schedule.WarmUp(1, startFactor: 0));
        Assert.Throws<ArgumentOutOfRangeException>("startFactor", () => Schedule.WarmUp(1, startFactor: 2));
        Assert.Throws<ArgumentOutOfRangeException>("riseFraction", () => Schedule.OneCycle(1));
        Assert.Throws<ArgumentOutOfRangeException>("divideFactor", () => Schedule.OneCycle(0.3, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("finalDivideFactor", () => Schedule.OneCycle(0.3, 25, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => Schedule.OnPlateau(1));
        Assert.Throws<ArgumentOutOfRangeException>("patience", () => Schedule.OnPlateau(patience: -1));
        Assert.Throws<ArgumentOutOfRangeException>("threshold", () => Schedule.OnPlateau(threshold: 1));
        Assert.Throws<ArgumentOutOfRangeException>("cooldown", () => Schedule.OnPlateau(cooldown: -1));
        Assert.Throws<ArgumentOutOfRangeException>("leastFactor", () => Schedule.OnPlateau(leastFactor: 1.5f));
    }
}
