using System;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Tests.Training;

public sealed class OptimizerTests
{
    // Float rounding over ten steps: the gradients reach 300, a hundred times the weights.
    private const double Tolerance = 2e-6;

    public static TheoryData<string> Settings =>
    [
        "sgd",
        "sgd_decay",
        "sgd_momentum",
        "sgd_momentum_decay",
        "sgd_nesterov_decay",
        "adam",
        "adam_decay",
        "adamw",
        "adamw_decay",
        "rmsprop",
        "rmsprop_decay",
        "rmsprop_momentum",
        "rmsprop_centered",
        "rmsprop_all",
    ];

    [Theory]
    [MemberData(nameof(Settings))]
    public void Ten_steps_take_the_weights_where_PyTorch_takes_them(string name)
    {
        var fixture = FixtureFile.Open("optimizers");
        var optimizer = Create(name);
        var weights = fixture["weights"].Values.ToArray();
        for (var step = 0; step < 10; step++)
        {
            optimizer.BeginStep(weights.Length, optimizer.LearningRate);
            optimizer.Update(weights, fixture["gradients"].Row(step), 0);
            Agreement.Check(fixture[name].Row(step), weights, Tolerance, $"{name}, step {step + 1}");
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Ranges_in_any_order_give_the_bits_of_one_sweep(string name)
    {
        const int Length = 61;
        var (whole, ranges) = (Create(name), Create(name));
        var rng = new Rng(3);
        var expected = Enumerable.Range(0, Length).Select(_ => rng.NextFloat() - 0.5f).ToArray();
        var actual = expected.ToArray();
        for (var step = 0; step < 5; step++)
        {
            var gradients = Enumerable.Range(0, Length).Select(_ => rng.NextFloat() - 0.5f).ToArray();
            whole.BeginStep(Length, 0.1f);
            whole.Update(expected, gradients, 0);
            ranges.BeginStep(Length, 0.1f);
            foreach (var (start, end) in new[] { (40, 61), (0, 1), (1, 40) })
                ranges.Update(actual.AsSpan(start, end - start), gradients.AsSpan(start, end - start), start);
        }

        Assert.Equal(expected, actual);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Padding_stays_exactly_zero(string name)
    {
        var optimizer = Create(name);
        var weights = new float[19];
        for (var step = 0; step < 5; step++)
        {
            optimizer.BeginStep(weights.Length, optimizer.LearningRate);
            optimizer.Update(weights, new float[weights.Length], 0);
        }

        Assert.All(weights, weight => Assert.Equal(0, BitConverter.SingleToInt32Bits(weight)));
    }

    [Fact]
    public void An_optimizer_serves_one_network()
    {
        var optimizer = new Adam();
        var network = new SoftmaxRegression();
        using (new Trainer<SoftmaxRegression>(network, optimizer))
        using (new Trainer<SoftmaxRegression>(network, optimizer))
        {
            var exception = Assert.Throws<InvalidOperationException>(
                () => new Trainer<SoftmaxRegression>(new SoftmaxRegression(), optimizer));
            Assert.Contains("This Adam belongs to another SoftmaxRegression", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_learning_rate_and_a_weight_decay_are_finite_and_not_negative(float value)
    {
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => new Sgd(value));
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => new Adam(value));
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => new AdamW(value));
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => new RmsProp(value));
        Assert.Throws<ArgumentOutOfRangeException>("weightDecay", () => new RmsProp(weightDecay: value));
        Assert.Throws<ArgumentOutOfRangeException>("weightDecay", () => new Sgd(0.1f, weightDecay: value));
        Assert.Throws<ArgumentOutOfRangeException>("weightDecay", () => new Adam(weightDecay: value));
        Assert.Throws<ArgumentOutOfRangeException>("weightDecay", () => new AdamW(weightDecay: value));
        var optimizer = new Sgd(0.5f);
        Assert.Throws<ArgumentOutOfRangeException>("value", () => optimizer.LearningRate = value);
        Assert.Equal(0.5f, optimizer.LearningRate);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Momentum_and_betas_are_at_least_0_and_less_than_1(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>("momentum", () => new Sgd(0.1f, (float)value));
        Assert.Throws<ArgumentOutOfRangeException>("momentum", () => new RmsProp(momentum: (float)value));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => new RmsProp(alpha: value));
        Assert.Throws<ArgumentOutOfRangeException>("beta1", () => new Adam(beta1: value));
        Assert.Throws<ArgumentOutOfRangeException>("beta2", () => new AdamW(beta2: value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1e-8)]
    [InlineData(1e-60)]
    [InlineData(double.NaN)]
    public void Epsilon_is_above_0_as_a_float_too(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>("epsilon", () => new Adam(epsilon: value));
        Assert.Throws<ArgumentOutOfRangeException>("epsilon", () => new AdamW(epsilon: value));
        Assert.Throws<ArgumentOutOfRangeException>("epsilon", () => new RmsProp(epsilon: value));
    }

    [Fact]
    public void Nesterov_needs_momentum() => Assert.Throws<ArgumentException>("nesterov", () => new Sgd(0.1f, nesterov: true));

    // The arguments stand in fixtures/make_optimizers.py too.
    private static Optimizer Create(string name) => name switch
    {
        "sgd" => new Sgd(0.05f),
        "sgd_decay" => new Sgd(0.05f, weightDecay: 0.1f),
        "sgd_momentum" => new Sgd(0.05f, 0.9f),
        "sgd_momentum_decay" => new Sgd(0.05f, 0.9f, weightDecay: 0.1f),
        "sgd_nesterov_decay" => new Sgd(0.05f, 0.9f, nesterov: true, weightDecay: 0.1f),
        "adam" => new Adam(0.01f),
        "adam_decay" => new Adam(0.01f, 0.8, 0.99, 1e-6, 0.1f),
        "adamw" => new AdamW(0.01f),
        "adamw_decay" => new AdamW(0.01f, 0.8, 0.99, 1e-6, 0.1f),
        "rmsprop" => new RmsProp(0.01f),
        "rmsprop_decay" => new RmsProp(0.01f, 0.9, 1e-6, 0.1f),
        "rmsprop_momentum" => new RmsProp(0.01f, 0.9, momentum: 0.8f),
        "rmsprop_centered" => new RmsProp(0.01f, 0.9, 1e-3, centered: true),
        "rmsprop_all" => new RmsProp(0.01f, 0.9, 1e-3, 0.1f, 0.8f, centered: true),
        _ => throw new ArgumentException($"There is no setting {name}.", nameof(name)),
    };
}
