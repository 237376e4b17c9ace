using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Xunit;

namespace Cnn.Tests.CompilerServices;

public sealed class AlignedFloatsTests
{
    private const int Line = 64;

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(1000)]
    [InlineData(100_000)]
    public unsafe void They_begin_on_a_cache_line_and_are_zero(int length)
    {
        // Several, because one may stand on a line by chance.
        foreach (var floats in Enumerable.Range(0, 9).Select(_ => new AlignedFloats(length)).ToList())
        {
            Span<float> span = floats;
            Assert.Equal(length, floats.Length);
            Assert.Equal(length, span.Length);
            Assert.Equal(0, (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(span)) % Line);
            Assert.False(span.ContainsAnyExcept(0f));
        }
    }

    [Fact]
    public void They_stay_where_they_are_and_keep_what_is_written()
    {
        var floats = new AlignedFloats(20);
        ref var first = ref floats.Span[0];
        floats.Span[19] = 3;

        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);

        Assert.True(Unsafe.AreSame(ref first, ref floats.Span[0]));
        ReadOnlySpan<float> read = floats;
        Assert.Equal(3, read[19]);
    }

    [Fact]
    public void A_length_that_no_array_has_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlignedFloats(-1));
        Assert.Throws<OverflowException>(() => new AlignedFloats(int.MaxValue));
    }
}
