using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using Dropout = Cnn.Kernels.Dropout;

namespace Cnn.Tests.Kernels;

public sealed class DropoutTests
{
    private const int Many = 1 << 20;

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    public void The_share_of_dropped_elements_is_the_rate(float rate)
    {
        for (var seed = 0UL; seed < 4; seed++)
        {
            var dropped = Mask(Many, rate, seed, 0, 0).Count(kept => !kept);

            // Five standard deviations of the binomial distribution.
            Assert.InRange(dropped - (Many * (double)rate), -5 * Deviation(rate), 5 * Deviation(rate));
        }
    }

    [Fact]
    public void Neighbouring_elements_samples_layers_and_seeds_are_independent()
    {
        var mask = Mask(Many, 0.5f, 1, 1, 1);
        AssertIndependent(mask[1..], mask[..^1]);
        AssertIndependent(mask[8..], mask[..^8]);
        AssertIndependent(mask, Mask(Many, 0.5f, 1, 1, 2));
        AssertIndependent(mask, Mask(Many, 0.5f, 1, 2, 1));
        AssertIndependent(mask, Mask(Many, 0.5f, 2, 1, 1));
    }

    [Fact]
    public void Layer_and_sample_are_told_apart()
    {
        var keys = new HashSet<ulong>();
        for (var seed = 0UL; seed < 10; seed++)
        {
            for (var layer = 0; layer < 10; layer++)
            {
                for (var sample = 0L; sample < 100; sample++)
                    Assert.True(keys.Add(Dropout.Key(seed, layer, sample)));
            }
        }
    }

    [Fact]
    public void Kept_values_are_scaled_and_dropped_ones_are_zero_even_if_infinite()
    {
        var values = new float[100];
        Array.Fill(values, 3f);
        Dropout.Forward(ref values[0], values.Length, 0.25f, 7, 0, 0);
        Assert.Equal([0f, 4f], values.Distinct().Order());

        Array.Fill(values, float.PositiveInfinity);
        Dropout.Forward(ref values[0], values.Length, 0.25f, 7, 0, 0);
        Assert.Equal([0f, float.PositiveInfinity], values.Distinct().Order());
    }

    [Fact]
    public void Backward_has_the_mask_of_forward()
    {
        var values = new float[1003];
        var gradient = new float[1003];
        Array.Fill(values, 1f);
        Array.Fill(gradient, 1f);
        Dropout.Forward(ref values[0], values.Length, 0.3f, 42, 3, 17);
        Dropout.Backward(ref gradient[0], gradient.Length, 0.3f, 42, 3, 17);
        Assert.Equal(values, gradient);
        Assert.Contains(0f, values);
        Assert.Contains(1f / (1f - 0.3f), values);
    }

    [Fact]
    public void A_rate_of_zero_changes_nothing()
    {
        var values = Enumerable.Range(0, 100).Select(i => (float)i).ToArray();
        Dropout.Forward(ref values[0], values.Length, 0f, 5, 0, 0);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (float)i), values);
    }

    [Fact]
    public void An_elements_fate_depends_neither_on_the_length_nor_on_the_width()
    {
        var mask = Mask(40, 0.5f, 9, 1, 2);
        for (var length = 0; length <= 40; length++)
        {
            foreach (var wide in new[] { true, false })
            {
                var ones = new float[length];
                Array.Fill(ones, 1f);
                var values = new GuardedArray(ones);
                Dropout.Apply(ref values.First, length, 0.5f, Dropout.Key(9, 1, 2), wide);
                Assert.Equal(mask[..length], Array.ConvertAll(values.Values.ToArray(), y => y != 0));
                values.AssertGuards();
            }
        }
    }

    [Fact]
    public void The_mask_is_the_documented_hash()
    {
        var mask = Mask(1000, 0.5f, 3, 4, 5);
        var key = Dropout.Key(3, 4, 5);
        for (var i = 0u; i < mask.Length; i++)
        {
            var h = Mix(Mix(unchecked((i * 0x9E3779B9u) + (uint)key)) ^ (uint)(key >> 32));
            Assert.Equal(h >= 0x80000000u, mask[i]);
        }
    }

    private static uint Mix(uint h)
    {
        h = unchecked((h ^ (h >> 16)) * 0x21F0AAADu);
        h = unchecked((h ^ (h >> 15)) * 0xD35A2D97u);
        return h ^ (h >> 15);
    }

    private static double Deviation(double rate) => Math.Sqrt(Many * rate * (1 - rate));

    private static bool[] Mask(int length, float rate, ulong seed, int layer, long sample)
    {
        var values = new float[length];
        Array.Fill(values, 1f);
        Dropout.Forward(ref values[0], length, rate, seed, layer, sample);
        return Array.ConvertAll(values, y => y != 0);
    }

    private static void AssertIndependent(bool[] first, bool[] second)
    {
        var equal = first.Zip(second).Count(pair => pair.First == pair.Second);
        Assert.InRange(equal - (first.Length / 2.0), -5 * Deviation(0.5), 5 * Deviation(0.5));
    }
}
