using System;
using System.Linq;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;

namespace Cnn.Tests.Parameters;

public sealed class RngTests
{
    [Fact]
    public void Split_mix_gives_the_published_numbers()
    {
        var generator = new SplitMix64(1234567);
        var numbers = Enumerable.Range(0, 5).Select(_ => generator.Next()).ToArray();
        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            numbers);
    }

    [Fact]
    public void Xoshiro_gives_the_published_numbers()
    {
        var generator = new Rng(1, 2, 3, 4);
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625, 8476171486693032832,
            10595114339597558777, 2904607092377533576,
        ];
        Assert.Equal(expected, expected.Select(_ => generator.NextUInt64()).ToArray());
    }

    [Fact]
    public void The_state_is_the_first_numbers_of_split_mix()
    {
        // The first four numbers of SplitMix64 seeded with 0, as published.
        var expected = new Rng(0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F, 0xF88BB8A8724C81EC);
        var generator = new Rng(0);
        for (var i = 0; i < 100; i++)
            Assert.Equal(expected.NextUInt64(), generator.NextUInt64());
    }

    [Fact]
    public void Seeds_and_streams_have_sequences_of_their_own()
    {
        var firsts = (from seed in Enumerable.Range(0, 50)
                      from stream in Enumerable.Range(0, 50)
                      select Rng.Stream((ulong)seed, (ulong)stream).NextUInt64()).ToHashSet();
        Assert.Equal(2500, firsts.Count);
        Assert.Equal(Rng.Stream(3, 4).NextUInt64(), Rng.Stream(3, 4).NextUInt64());
    }

    [Fact]
    public void Floats_are_in_zero_to_one_with_the_mean_and_variance_of_the_uniform_distribution()
    {
        const int Count = 1_000_000;
        var generator = new Rng(5);
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < Count; i++)
        {
            var x = generator.NextFloat();
            Assert.InRange(x, 0f, MathF.BitDecrement(1f));
            sum += x;
            squares += (double)x * x;
        }

        // Five standard deviations: sqrt(1/12 / n) of the mean, sqrt(4/45 / n) of the mean square.
        Assert.Equal(0.5, sum / Count, 5 * Math.Sqrt(1.0 / 12 / Count));
        Assert.Equal(1.0 / 3, squares / Count, 5 * Math.Sqrt(4.0 / 45 / Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1000)]
    public void Whole_numbers_are_below_the_bound_and_equally_frequent(int bound)
    {
        var generator = new Rng(6);
        var draws = 1000 * bound;
        var counts = new int[bound];
        for (var i = 0; i < draws; i++)
            counts[generator.NextInt(bound)]++;
        var deviation = Math.Sqrt(1000 * (1 - (1.0 / bound)));
        Assert.All(counts, count => Assert.InRange(count, 1000 - (6 * deviation), 1000 + (6 * deviation)));
    }

    [Fact]
    public void Whole_numbers_are_unbiased_where_the_bound_does_not_divide_the_range()
    {
        // By multiplication alone the remainders by 3 would come up as 3 : 3 : 2.
        const int Bound = 3 << 29;
        const int Count = 300_000;
        var generator = new Rng(7);
        var remainders = new int[3];
        for (var i = 0; i < Count; i++)
            remainders[generator.NextInt(Bound) % 3]++;
        var deviation = Math.Sqrt(Count * (2.0 / 9));
        Assert.All(remainders, count => Assert.InRange(count, (Count / 3) - (5 * deviation), (Count / 3) + (5 * deviation)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_bound_below_one_is_refused(int bound) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rng(0).NextInt(bound));

    [Fact]
    public void A_shuffle_keeps_every_value() =>
        Gen.Select(Gen.Int.Array[0, 50], Gen.ULong).ForAll((values, seed) =>
        {
            var shuffled = values.ToArray();
            new Rng(seed).Shuffle(shuffled);
            Assert.Equal(values.Order(), shuffled.Order());
        });

    [Fact]
    public void Every_order_is_equally_likely()
    {
        const int Draws = 24_000;
        var generator = new Rng(8);
        var counts = Enumerable.Range(0, Draws)
            .Select(_ =>
            {
                int[] values = [0, 1, 2, 3];
                generator.Shuffle(values);
                return string.Concat(values);
            })
            .CountBy(order => order)
            .ToArray();
        Assert.Equal(24, counts.Length);
        var deviation = Math.Sqrt(Draws / 24.0 * (23.0 / 24));
        Assert.All(counts, order => Assert.InRange(order.Value, 1000 - (5 * deviation), 1000 + (5 * deviation)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_order_and_another_seed_another()
    {
        Assert.Equal(Shuffled(1), Shuffled(1));
        Assert.NotEqual(Shuffled(1), Shuffled(2));

        static int[] Shuffled(ulong seed)
        {
            var values = Enumerable.Range(0, 100).ToArray();
            new Rng(seed).Shuffle(values);
            return values;
        }
    }
}
