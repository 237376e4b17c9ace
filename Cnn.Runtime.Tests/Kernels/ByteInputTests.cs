using System;
using System.Linq;
using Cnn.Kernels;
using Xunit;

namespace Cnn.Tests.Kernels;

public sealed class ByteInputTests
{
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

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[Math.Max(1, length)];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
