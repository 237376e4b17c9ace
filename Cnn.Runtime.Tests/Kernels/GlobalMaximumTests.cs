using System;
using System.Linq;
using Cnn.Kernels;
using Xunit;

namespace Cnn.Tests.Kernels;

public sealed class GlobalMaximumTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_largest_of_every_channel_and_its_gradient_at_the_first_with_channels_innermost(bool wide)
    {
        for (var channels = 1; channels <= 70; channels++)
        {
            var pixels = 1 + (channels * 5 % 23);
            var (pitch, gradientPitch) = (channels + (channels % 3), channels + 1);
            Check(
                channels,
                pixels,
                (1, pitch),
                (1, gradientPitch),
                (x, y) => GlobalMaximum.ForwardChannels(ref x.First, pitch, ref y.First, channels, pixels, wide),
                (x, y, dy, dx) => GlobalMaximum.BackwardChannels(
                    ref x.First, pitch, ref y.First, ref dy.First, ref dx.First, gradientPitch, channels, pixels, wide));
        }
    }

    [Fact]
    public void The_largest_of_every_channel_and_its_gradient_at_the_first_in_planar_order()
    {
        for (var pixels = 1; pixels <= 70; pixels++)
        {
            var channels = 1 + (pixels % 5);
            var (pitch, gradientPitch) = (pixels + (pixels % 3), pixels + 1);
            Check(
                channels,
                pixels,
                (pitch, 1),
                (gradientPitch, 1),
                (x, y) => GlobalMaximum.ForwardPlanes(ref x.First, pitch, ref y.First, channels, pixels),
                (x, y, dy, dx) => GlobalMaximum.BackwardPlanes(
                    ref x.First, pitch, ref y.First, ref dy.First, ref dx.First, gradientPitch, channels, pixels));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_first_place_is_found_at_every_place(bool wide)
    {
        for (var place = 0; place < 40; place++)
        {
            var values = new float[40];
            Array.Fill(values, 9f, place, 40 - place);
            Assert.Equal(place, (int)GlobalMaximum.First(ref values[0], 9f, 40, wide));
            values[place] = float.NaN;
            Assert.Equal(place, (int)GlobalMaximum.First(ref values[0], float.NaN, 40, wide));
        }
    }

    private static void Check(
        int channels,
        int pixels,
        (int Channel, int Pixel) step,
        (int Channel, int Pixel) gradientStep,
        Action<GuardedArray, GuardedArray> forward,
        Action<GuardedArray, GuardedArray, GuardedArray, GuardedArray> backward)
    {
        // Few different numbers, so that ties abound; and a NaN in some channels.
        var random = new Random(channels + pixels);
        int At((int Channel, int Pixel) s, int c, int pixel) => (c * s.Channel) + (pixel * s.Pixel);
        var x = new GuardedArray(
            Enumerable.Range(0, At(step, channels - 1, pixels - 1) + 1).Select(_ => (float)random.Next(-9, -5)).ToArray());
        for (var c = 3; c < channels; c += 7)
            x.Values[At(step, c, random.Next(pixels))] = float.NaN;
        var y = new GuardedArray(new float[channels]);
        var dy = new GuardedArray(Enumerable.Range(1, channels).Select(c => (float)c).ToArray());
        var dx = new GuardedArray(Enumerable.Repeat(-1f, At(gradientStep, channels - 1, pixels - 1) + 1).ToArray());
        forward(x, y);
        backward(x, y, dy, dx);

        var expected = Enumerable.Repeat(-1f, dx.Length).ToArray();
        for (var c = 0; c < channels; c++)
        {
            var values = Enumerable.Range(0, pixels).Select(pixel => x.Values[At(step, c, pixel)]).ToArray();
            var first = Array.FindIndex(values, float.IsNaN);
            if (first < 0)
                first = Array.IndexOf(values, values.Max());
            Assert.Equal(values[first], y.Values[c]);
            for (var pixel = 0; pixel < pixels; pixel++)
                expected[At(gradientStep, c, pixel)] = pixel == first ? c + 1 : 0;
        }

        Assert.Equal(expected, dx.Values.ToArray());
        foreach (var array in new[] { x, y, dy, dx })
            array.AssertGuards();
    }
}
