using System;
using System.Linq;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;
using Softmax = Cnn.Kernels.Softmax;

namespace Cnn.Tests.Kernels;

public sealed class SoftmaxTests
{
    [Fact]
    public void Every_length_agrees_with_the_definition_in_place_and_apart()
    {
        for (var length = 0; length <= 40; length++)
        {
            var random = new Random(length);
            var inputs = Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() * 20) - 10)).ToArray();
            var source = new GuardedArray(inputs);
            var target = new GuardedArray(new float[length]);
            Softmax.Forward(ref source.First, ref target.First, length);
            Assert.Equal(inputs, source.Values.ToArray());

            var inPlace = new GuardedArray(inputs);
            Softmax.Forward(ref inPlace.First, ref inPlace.First, length);
            Assert.Equal(target.Values.ToArray(), inPlace.Values.ToArray());

            AssertSoftmax(inputs, target.Values.ToArray());
            source.AssertGuards();
            target.AssertGuards();
            inPlace.AssertGuards();
        }
    }

    [Fact]
    public void Both_widths_agree() =>
        Gen.Float[-50, 50].Array[1, 40].ForAll(inputs =>
        {
            var wide = new float[inputs.Length];
            var narrow = new float[inputs.Length];
            Softmax.Forward(ref inputs[0], ref wide[0], inputs.Length, true);
            Softmax.Forward(ref inputs[0], ref narrow[0], inputs.Length, false);
            AssertSoftmax(inputs, wide);
            AssertSoftmax(inputs, narrow);
        });

    [Theory]
    [InlineData(1024)]
    [InlineData(1027)]
    [InlineData(100_003)]
    [InlineData(1_000_003)]
    public void Many_classes_cost_no_digits(int length)
    {
        foreach (var wide in new[] { true, false })
        {
            // All but one have the same probability, whose multiples are no floats.
            var inputs = Enumerable.Repeat(-0.1f, length).ToArray();
            inputs[^1] = 0;
            var target = new float[length];
            Softmax.Forward(ref inputs[0], ref target[0], length, wide);
            var sum = 1 + (Math.Exp(-0.1f) * (length - 1));
            foreach (var i in new[] { 0, length / 2, length - 2, length - 1 })
                Assert.Equal(1, target[i] * sum / Math.Exp(inputs[i]), 4e-6);
        }
    }

    [Fact]
    public void Logits_too_large_for_exp_are_no_trouble()
    {
        float[] values = [1000, 1000, -1000, float.NegativeInfinity];
        Softmax.Forward(ref values[0], ref values[0], values.Length);
        Assert.Equal([0.5f, 0.5f, 0, 0], values);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Not_a_number_and_positive_infinity_spoil_every_result(float spoiler)
    {
        for (var position = 0; position < 15; position++)
        {
            var values = new float[15];
            values[position] = spoiler;
            Softmax.Forward(ref values[0], ref values[0], values.Length);
            Assert.All(values, y => Assert.True(float.IsNaN(y)));
        }
    }

    private static void AssertSoftmax(float[] inputs, float[] outputs)
    {
        if (inputs.Length == 0)
            return;
        var largest = (double)inputs.Max();
        var sum = inputs.Sum(x => Math.Exp(x - largest));
        for (var i = 0; i < inputs.Length; i++)
            Assert.Equal(Math.Exp(inputs[i] - largest) / sum, outputs[i], 5e-7);
        Assert.Equal(1, outputs.Sum(y => (double)y), 2e-6);
    }
}
