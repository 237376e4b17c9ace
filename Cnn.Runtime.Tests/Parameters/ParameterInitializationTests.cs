using System;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Tests.Parameters;

public sealed class ParameterInitializationTests
{
    [Fact]
    public void Weights_are_drawn_in_canonical_order_and_biases_and_padding_are_zero()
    {
        var weights = new float[FakeNetwork.WeightsLength];
        Array.Fill(weights, float.NaN);
        ParameterInitialization.Initialize<FakeNetwork>(weights, 3);

        var rng = Rng.Stream(3, 0);
        var bound = (float)Math.Sqrt(6.0 / 9);
        for (var filter = 0; filter < 2; filter++)
        {
            for (var tap = 0; tap < 9; tap++)
                Assert.Equal(bound * ((2 * rng.NextFloat()) - 1), weights[(tap * FakeNetwork.Lanes) + filter]);
        }

        Assert.Equal(18, weights.Count(weight => weight != 0));
        Assert.DoesNotContain(float.NaN, weights);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        Assert.Equal(Initialized(1), Initialized(1));
        Assert.Equal(Initialized(-7), Initialized(-7));
        Assert.NotEqual(Initialized(1), Initialized(2));
        Assert.NotEqual(Initialized(1), Initialized(-1));
    }

    [Fact]
    public void The_bits_are_the_same_on_every_machine()
    {
        var first = Initialized(1).Take(2).Select(BitConverter.SingleToUInt32Bits);

        // From a second implementation, in Python.
        Assert.Equal([0xBE4DAED2u, 0x3D0B012Bu], first);
    }

    [Theory]
    [InlineData(Initializer.He, 300, 100, 0.02)]
    [InlineData(Initializer.Glorot, 300, 100, 0.015)]
    public void Variance_and_bounds_are_those_of_the_papers(Initializer initializer, int fanIn, int fanOut, double squaredBound)
    {
        var values = Drawn(initializer, fanIn, fanOut);
        var bound = Math.Sqrt(squaredBound);
        Assert.InRange(values.Max(), 0.999 * bound, 1.0000001 * bound);
        Assert.InRange(values.Min(), -1.0000001 * bound, -0.999 * bound);

        // Uniform in +-b: variance b^2 / 3 (He: 2 / fanIn, Glorot: 2 / (fanIn + fanOut)); five standard deviations either way.
        var variance = squaredBound / 3;
        Assert.Equal(0, values.Average(x => (double)x), 5 * Math.Sqrt(variance / values.Length));
        Assert.Equal(variance, values.Average(x => (double)x * x), 5 * squaredBound * Math.Sqrt(4.0 / 45 / values.Length));
    }

    [Fact]
    public void Zeros_are_zero() => Assert.All(Drawn(Initializer.Zeros, 300, 100), x => Assert.Equal(0, x));

    [Fact]
    public void A_span_of_the_wrong_length_is_refused_with_both_lengths()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => ParameterInitialization.Initialize<FakeNetwork>(new float[FakeNetwork.WeightsLength - 1], 0));
        Assert.StartsWith("FakeNetwork has 80 weights; the span has 79.", exception.Message, StringComparison.Ordinal);
    }

    private static float[] Initialized(int seed)
    {
        var weights = new float[FakeNetwork.WeightsLength];
        ParameterInitialization.Initialize<FakeNetwork>(weights, seed);
        return weights;
    }

    private static float[] Drawn(Initializer initializer, int fanIn, int fanOut)
    {
        var tensor = new ParameterTensor("dense1.weight", [fanOut, fanIn], initializer, fanIn, fanOut);
        var values = new float[tensor.Length];
        ParameterInitialization.Draw(tensor, new Rng(9), values);
        return values;
    }
}
