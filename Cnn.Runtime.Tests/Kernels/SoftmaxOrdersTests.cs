using System;
using System.Linq;
using Cnn.Kernels;
using Xunit;
using static Cnn.Tests.Kernels.ElementChecks;
using Softmax = Cnn.Kernels.Softmax;

namespace Cnn.Tests.Kernels;

/// <summary>Softmax and its logarithm, forward and backward, over runs and over the channels of pixels in both memory orders.</summary>
public sealed class SoftmaxOrdersTests
{
    private delegate void Pass(ref float source, ref float target);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_of_every_length_forward_and_backward(bool wide)
    {
        foreach (var length in Enumerable.Range(1, LongestLength).Append(1003))
        {
            Check(
                length,
                Enumerable.Range(0, length).ToArray(),
                (ref x, ref y) => Softmax.Forward(ref x, ref y, length, wide),
                (ref y, ref g) => Softmax.Backward(ref y, ref g, length, wide),
                logarithm: false);
            Check(
                length,
                Enumerable.Range(0, length).ToArray(),
                (ref x, ref y) => LogSoftmax.Forward(ref x, ref y, length, wide),
                (ref y, ref g) => LogSoftmax.Backward(ref y, ref g, length, wide),
                logarithm: true);
        }
    }

    [Fact]
    public void The_channels_of_every_pixel_with_channels_innermost()
    {
        foreach (var (channels, pixels) in new[] { (1, 3), (2, 70), (7, 5), (21, 40), (64, 3) })
        {
            var pitch = channels + (channels % 3);
            var places = Places(channels, pixels, 1, pitch);
            Check(
                channels,
                places,
                (ref x, ref y) => Softmax.ForwardChannels(ref x, pitch, ref y, pitch, channels, pixels),
                (ref y, ref g) => Softmax.BackwardChannels(ref y, pitch, ref g, pitch, channels, pixels),
                logarithm: false);
            Check(
                channels,
                places,
                (ref x, ref y) => LogSoftmax.ForwardChannels(ref x, pitch, ref y, pitch, channels, pixels),
                (ref y, ref g) => LogSoftmax.BackwardChannels(ref y, pitch, ref g, pitch, channels, pixels),
                logarithm: true);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_channels_of_every_pixel_in_planar_order(bool wide)
    {
        foreach (var channels in new[] { 1, 2, 5, 21 })
        {
            foreach (var pixels in Enumerable.Range(1, LongestLength))
            {
                var pitch = pixels + (channels % 3);
                var places = Places(channels, pixels, pitch, 1);
                Check(
                    channels,
                    places,
                    (ref x, ref y) => Softmax.ForwardPlanes(ref x, pitch, ref y, pitch, channels, pixels, wide),
                    (ref y, ref g) => Softmax.BackwardPlanes(ref y, pitch, ref g, pitch, channels, pixels, wide),
                    logarithm: false);
                Check(
                    channels,
                    places,
                    (ref x, ref y) => LogSoftmax.ForwardPlanes(ref x, pitch, ref y, pitch, channels, pixels, wide),
                    (ref y, ref g) => LogSoftmax.BackwardPlanes(ref y, pitch, ref g, pitch, channels, pixels, wide),
                    logarithm: true);
            }
        }
    }

    [Fact]
    public void The_logarithm_of_softmax_of_logits_far_apart_stays_finite()
    {
        float[] values = [1000, -1000, 999];
        LogSoftmax.Forward(ref values[0], ref values[0], 3);
        Assert.Equal(-0.31326169, values[0], 1e-6);
        Assert.Equal(-2000.3132617, values[1], 2e-4);
        Assert.Equal(-1.31326169, values[2], 1e-6);
    }

    [Fact]
    public void A_NaN_spoils_its_own_pixel_alone()
    {
        for (var spoiled = 0; spoiled < 13; spoiled++)
        {
            var values = Samples(3 * 13, 1);
            values[13 + spoiled] = float.NaN;
            var logarithms = values.ToArray();
            Softmax.ForwardPlanes(ref values[0], 13, ref values[0], 13, 3, 13);
            LogSoftmax.ForwardPlanes(ref logarithms[0], 13, ref logarithms[0], 13, 3, 13);
            for (var i = 0; i < values.Length; i++)
                Assert.Equal((i % 13 == spoiled, i % 13 == spoiled), (float.IsNaN(values[i]), float.IsNaN(logarithms[i])));
        }
    }

    /// <summary>The places of the channels of one pixel after another.</summary>
    private static int[] Places(int channels, int pixels, int channelStep, int pixelStep) =>
        [.. Enumerable.Range(0, channels * pixels).Select(i => (i % channels * channelStep) + (i / channels * pixelStep))];

    private static void Check(int channels, int[] places, Pass forward, Pass backward, bool logarithm)
    {
        var length = places.Max() + 1;
        var x = new GuardedArray([.. Samples(length, 1).Select(value => 3 * value)]);
        var y = new GuardedArray(Enumerable.Repeat(-7f, length).ToArray());
        var g = new GuardedArray(Samples(length, 2));
        var before = g.Values.ToArray();
        var inPlace = new GuardedArray(x.Values);
        forward(ref x.First, ref y.First);
        forward(ref inPlace.First, ref inPlace.First);
        backward(ref y.First, ref g.First);
        var seen = new bool[length];
        foreach (var pixel in places.Chunk(channels))
        {
            var largest = pixel.Max(place => (double)x.Values[place]);
            var sum = pixel.Sum(place => Math.Exp(x.Values[place] - largest));
            var softmax = pixel.Select(place => Math.Exp(x.Values[place] - largest) / sum).ToArray();
            var total = pixel.Select((place, c) => logarithm ? before[place] : before[place] * softmax[c]).Sum(value => value);
            for (var c = 0; c < channels; c++)
            {
                var place = pixel[c];
                seen[place] = true;
                var exact = logarithm ? x.Values[place] - largest - Math.Log(sum) : softmax[c];
                Assert.Equal(exact, y.Values[place], 5e-7 * Math.Max(1, Math.Abs(exact)));
                Assert.Equal(y.Values[place], inPlace.Values[place]);
                var gradient = logarithm ? before[place] - (softmax[c] * total) : softmax[c] * (before[place] - total);
                Assert.Equal(gradient, g.Values[place], 1e-5 * Math.Max(1, Math.Abs(total)));
            }
        }

        for (var i = 0; i < length; i++)
        {
            if (!seen[i])
                Assert.Equal((-7f, before[i], x.Values[i]), (y.Values[i], g.Values[i], inPlace.Values[i]));
        }

        foreach (var array in new[] { x, y, g, inPlace })
            array.AssertGuards();
    }
}
