using System;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Tests.Training;

public sealed class ClippingTests
{
    [Fact]
    public void The_norm_is_that_of_all_gradients_and_long_gradients_are_shortened_to_the_limit()
    {
        var (inputs, labels) = Clusters.Make(6, 1);
        var free = SoftmaxRegression.CreatePatterned();
        var before = free.Weights.ToArray();
        using var trainer = new Trainer<SoftmaxRegression>(free, new Sgd(1));
        trainer.Step(inputs, labels);
        Assert.Equal(double.NaN, trainer.GradientNorm);
        var gradient = before.Select((w, i) => (double)w - free.Weights[i]).ToArray();
        var norm = Math.Sqrt(gradient.Sum(g => g * g));

        foreach (var (limit, factor) in new[] { (0.1f, 0.1 / (norm + 1e-6)), (100f, 1.0) })
        {
            foreach (var threads in new[] { 1, 3 })
            {
                var network = SoftmaxRegression.CreatePatterned();
                using var clipped = new Trainer<SoftmaxRegression>(network, new Sgd(1), threads: threads) { MaxGradientNorm = limit };
                clipped.Step(inputs, labels);
                Assert.Equal(norm, clipped.GradientNorm, 1e-6);
                Agreement.Check(before.Select((w, i) => w - (factor * gradient[i])).ToArray(), network.Weights, 2e-6, "weights");
            }
        }
    }

    [Fact]
    public void Gradients_are_limited_as_PyTorch_limits_them()
    {
        var fixture = FixtureFile.Open("optimizers");
        for (var step = 0; step < 10; step++)
        {
            var gradient = fixture["gradients"].Row(step).ToArray();
            var norm = Math.Sqrt(GradientNorm.SumOfSquares(gradient));
            GradientNorm.Scale(gradient, (float)Math.Min(1, 2.5 / (norm + 1e-6)));
            Agreement.Check(fixture["clipped"].Row(step), gradient, 1e-6, $"step {step}");
        }
    }

    [Fact]
    public void Squares_of_every_length_are_summed_and_every_element_is_scaled()
    {
        for (var length = 0; length < 40; length++)
        {
            var values = Enumerable.Range(1, length).Select(i => i * (i % 2 == 0 ? 1f : -1)).ToArray();
            Assert.Equal(values.Sum(value => (double)value * value), GradientNorm.SumOfSquares(values));
            var scaled = values.ToArray();
            GradientNorm.Scale(scaled, 0.5f);
            Assert.Equal(values.Select(value => value / 2), scaled);
        }
    }

    [Fact]
    public void A_norm_that_is_not_finite_stops_before_the_weights_change()
    {
        var network = new LinearNetwork();
        network.Weights[0] = 1;
        using var trainer = new Trainer<LinearNetwork>(network, new Sgd(0.1f), new Huber(1e30f)) { MaxGradientNorm = 1 };

        // The loss, 2e38, is a number; the gradient, 4e38, is beyond floats.
        var exception = Assert.Throws<InvalidOperationException>(() => trainer.Step([2e19f], [0f]));
        Assert.StartsWith("The norm of the gradients is ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, network.Weights[0]);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public void The_limit_is_finite_and_above_0(float limit)
    {
        using var trainer = new Trainer<LinearNetwork>(new LinearNetwork(), new Sgd(0.1f), new MeanSquaredError()) { MaxGradientNorm = 2 };
        Assert.Throws<ArgumentOutOfRangeException>("value", () => trainer.MaxGradientNorm = limit);
        Assert.Equal(2, trainer.MaxGradientNorm);
    }
}
