using System;
using System.Linq;
using Cnn.Kernels;
using Xunit;

namespace Cnn.Tests.Kernels;

public sealed class ByteInputTests
{
    private static readonly float[] Scales = [.. Enumerable.Range(0, 40).Select(c => (c + 1) / 255f)];
    private static readonly float[] Shifts = [.. Enumerable.Range(0, 40).Select(c => (c % 7) - 3.5f)];

    [Fact]
    public void A_run_of_every_length()
    {
        for (var length = 0; length <= 70; length++)
        {
            foreach (var wide in new[] { true, false })
            {
                var target = new GuardedArray(new float[length]);
                var source = Bytes(length);
                ByteInput.Convert(ref source[0], ref target.First, length, 0.5f, -3f, wide);
                Assert.Equal(source.Take(length).Select(x => (x * 0.5f) - 3f), target.Values.ToArray());
                target.AssertGuards();
            }
        }
    }

    [Fact]
    public void Every_byte_has_its_own_value()
    {
        var source = Enumerable.Range(0, 256).Select(x => (byte)x).ToArray();
        var target = new float[256];
        ByteInput.Convert(ref source[0], ref target[0], 256, 1f, 0f);
        Assert.Equal(Enumerable.Range(0, 256).Select(x => (float)x), target);
    }

    [Fact]
    public void Channels_innermost_have_their_own_numbers()
    {
        for (var channels = 1; channels <= 40; channels++)
        {
            for (var pixels = 1; pixels <= 12; pixels++)
            {
                foreach (var wide in new[] { true, false })
                {
                    var target = new GuardedArray(new float[channels * pixels]);
                    var source = Bytes(channels * pixels);
                    ByteInput.Channels(ref source[0], ref target.First, ref Scales[0], ref Shifts[0], channels, pixels, wide);
                    for (var i = 0; i < target.Length; i++)
                        Assert.Equal((source[i] * (double)Scales[i % channels]) + Shifts[i % channels], target.Values[i], 3e-6);
                    target.AssertGuards();
                }
            }
        }
    }

    [Fact]
    public void Channels_innermost_become_planes()
    {
        for (var channels = 1; channels <= 9; channels++)
        {
            for (var pixels = 1; pixels <= 70; pixels++)
            {
                var pitch = pixels + (channels % 3);
                var target = new GuardedArray(Enumerable.Repeat(-1f, ((channels - 1) * pitch) + pixels).ToArray());
                var source = Bytes(channels * pixels);
                ByteInput.Planes(ref source[0], ref target.First, pitch, ref Scales[0], ref Shifts[0], channels, pixels);
                for (var i = 0; i < target.Length; i++)
                {
                    var (c, pixel) = (i / pitch, i % pitch);
                    var expected = pixel < pixels ? (source[(pixel * channels) + c] * (double)Scales[c]) + Shifts[c] : -1;
                    Assert.Equal(expected, target.Values[i], 3e-6);
                }

                target.AssertGuards();
            }
        }
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[Math.Max(1, length)];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
