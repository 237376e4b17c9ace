using System;
using System.Linq;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;

namespace Cnn.Tests.Training;

/// <summary>Losses of outputs as large as floats are, against their definitions in double precision.</summary>
public sealed class LossRangeTests
{
    private static readonly Gen<(float[] Logits, float[] Target, int Label)> Samples = Gen.Select(
        Gen.Int[1, 12],
        Draws.From(0.0, 3, 7, 8, 15, 17, 30, 38),
        Draws.From(double.NegativeInfinity, -16, -7, -3, 0),
        Gen.Int[0, 1000],
        (length, exponent, part, seed) =>
        {
            var random = new Random(seed);
            var (center, spread) = (Math.Pow(10, exponent) * (random.Next(2) == 0 ? -1 : 1), Math.Pow(10, exponent + part));
            var logits = Enumerable.Range(0, length).Select(_ => (float)(center + (spread * ((2 * random.NextDouble()) - 1)))).ToArray();
            return (logits, logits.Select(_ => random.NextSingle() / length).ToArray(), random.Next(length));
        });

    public static TheoryData<float> Sizes => [0, 1e7f, 1e15f, 1e16f, 1e17f, 1e30f, float.MaxValue, -1e17f, -float.MaxValue];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Equal_logits_of_any_size_cost_the_logarithm_of_their_number(float size)
    {
        foreach (var smoothing in new[] { 0f, 0.1f })
        {
            // The shares of a smoothed target are floats, whose sum is 1 as far as floats go.
            var tolerance = smoothing == 0 ? 1e-12 : 1e-7;
            var loss = new CrossEntropy(smoothing);
            float[] logits = [size, size, size], target = [0.2f, 0.3f, 0.5f];
            var gradient = new float[3];
            Assert.Equal(Math.Log(3), loss.Gradient(logits, 1, false, 1, gradient), 1e-6);
            Assert.Equal(Math.Log(3), loss.Gradient(logits, target, false, 1, gradient), 1e-6);
            Assert.Equal(Math.Log(3), loss.Measure(logits, 1, false), tolerance);
            Assert.Equal(Math.Log(3), loss.Measure(logits, target, false), 1e-6);
            foreach (var isPlanar in new[] { true, false })
            {
                var form = new OutputForm(2, 3, isPlanar);
                var (pixels, slopes) = (Enumerable.Repeat(size, 6).ToArray(), new float[6]);
                Assert.Equal(2 * Math.Log(3), loss.Gradient(pixels, (ReadOnlySpan<int>)[1, 2], form, 1, slopes).Loss, 1e-6);
                Assert.Equal(2 * Math.Log(3), loss.Measure(pixels, (ReadOnlySpan<int>)[1, 2], form).Loss, tolerance);
            }
        }
    }

    [Fact]
    public void Cross_entropy_agrees_with_its_definition_at_any_size_of_the_logits() => Samples.ForAll(sample =>
    {
        var (logits, target) = (Doubles(sample.Logits), Doubles(sample.Target));
        var gradient = new float[logits.Length];
        foreach (var smoothing in new[] { 0f, 0.2f })
        {
            var loss = new CrossEntropy(smoothing);
            var expected = Reference.CrossEntropy.Forward(logits, sample.Label, smoothing);
            Near(expected, loss.Gradient(sample.Logits, sample.Label, false, 1, gradient));
            double[] slopes = [.. Reference.CrossEntropy.Backward(logits, sample.Label, smoothing), 1];
            Agreement.Check(slopes, [.. Doubles(gradient), 1], 1e-6, "gradient, and 1");
            Near(expected, loss.Measure(sample.Logits, sample.Label, false));
            expected = Reference.CrossEntropy.Forward(logits, target, smoothing);
            Near(expected, loss.Gradient(sample.Logits, sample.Target, false, 1, gradient));
            Near(expected, loss.Measure(sample.Logits, sample.Target, false));
        }
    });

    [Fact]
    public void Losses_of_elements_agree_with_their_definitions_at_any_size() => Samples.ForAll(sample =>
    {
        var (logits, target, gradient) = (Doubles(sample.Logits), Doubles(sample.Target), new float[sample.Logits.Length]);
        Near(Reference.MeanSquaredError.Forward(logits, target), new MeanSquaredError().Gradient(sample.Logits, sample.Target, false, 1, gradient));
        Near(Reference.Huber.Forward(logits, target), new Huber().Gradient(sample.Logits, sample.Target, false, 1, gradient));
        Near(Reference.BinaryCrossEntropy.Forward(logits, target), new BinaryCrossEntropy().Gradient(sample.Logits, sample.Target, false, 1, gradient));
    });

    /// <summary>The difference of the two is no float.</summary>
    [Fact]
    public void The_largest_outputs_and_targets_of_opposite_signs_have_finite_losses()
    {
        const double Most = float.MaxValue;
        float[] output = [float.MaxValue, -float.MaxValue], target = [-float.MaxValue, float.MaxValue];
        var gradient = new float[2];
        Near(2 * Most, new CrossEntropy().Gradient(output, 1, false, 1, gradient));
        Assert.Equal([1, -1], gradient);
        Near(2 * Most, new CrossEntropy().Measure(output, 1, false));
        Near(4 * Most * Most, new MeanSquaredError().Gradient(output, target, false, 0.25f, gradient));
        Assert.Equal([float.MaxValue / 2, -float.MaxValue / 2], gradient);
        Near(2 * Most, new Huber().Gradient(output, target, false, 1, gradient));
        Assert.Equal([0.5f, -0.5f], gradient);
    }

    [Fact]
    public void A_loss_that_no_float_holds_is_refused_with_its_value()
    {
        var network = SoftmaxRegression.CreateZeroed();
        network.Weights[SoftmaxRegression.BiasOffset] = float.MaxValue;
        network.Weights[SoftmaxRegression.BiasOffset + 1] = -float.MaxValue;
        using var trainer = new Trainer<SoftmaxRegression>(network, new Sgd(0.1f));
        var before = network.Weights.ToArray();
        var fault = Assert.Throws<InvalidOperationException>(() => trainer.Step(new float[SoftmaxRegression.Inputs], [1]));
        Assert.StartsWith("The loss is 6.805646", fault.Message);
        fault = Assert.Throws<InvalidOperationException>(
            () => trainer.Fit(Dataset.FromArrays(new float[SoftmaxRegression.Inputs], [1], SoftmaxRegression.Inputs, 3), epochs: 1, batchSize: 1));
        Assert.StartsWith("The loss is 6.805646", fault.Message);
        Assert.Equal(before, network.Weights);
    }

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);

    private static void Near(double expected, double actual) =>
        Assert.InRange(actual, expected - (1e-6 * Math.Max(1, Math.Abs(expected))), expected + (1e-6 * Math.Max(1, Math.Abs(expected))));
}
