using System;
using System.Linq;
using System.Runtime.Intrinsics;
using Cnn.Kernels;
using Xunit;

namespace Cnn.Tests.Kernels;

public sealed class VectorLanesTests
{
    private static readonly Vector512<float> Numbers = Vector512.Create([.. Enumerable.Range(0, 16).Select(lane => (float)lane)]);

    [Fact]
    public void Pairs_are_exchanged_at_every_width()
    {
        AssertLanes(lane => lane ^ 1, VectorLanes.SwapPairs(Numbers));
        AssertLanes(lane => lane ^ 1, VectorLanes.SwapPairs(Numbers.GetLower()));
        AssertLanes(lane => lane ^ 1, VectorLanes.SwapPairs(Numbers.GetLower().GetLower()));
    }

    [Fact]
    public void Even_lanes_fill_half_the_width()
    {
        AssertLanes(lane => 2 * lane, VectorLanes.Even(Numbers));
        AssertLanes(lane => 2 * lane, VectorLanes.Even(Numbers.GetLower()));
        AssertLanes(lane => 2 * (lane % 2), VectorLanes.Even(Numbers.GetLower().GetLower()));
    }

    [Fact]
    public void Lanes_taken_twice_fill_double_the_width()
    {
        AssertLanes(lane => lane / 2, VectorLanes.Twice(Numbers.GetLower().GetLower()));
    }

    [Fact]
    public void Halves_of_two_vectors_stand_side_by_side()
    {
        var others = Numbers + Vector512.Create(100f);

        AssertLanes(lane => lane < 8 ? lane : 100 + lane - 8, VectorLanes.Lower(Numbers, others));
        AssertLanes(lane => lane < 8 ? lane + 8 : 100 + lane, VectorLanes.Upper(Numbers, others));
        AssertLanes(lane => lane < 4 ? lane : 100 + lane - 4, VectorLanes.Lower(Numbers.GetLower(), others.GetLower()));
        AssertLanes(lane => lane < 4 ? lane + 4 : 100 + lane, VectorLanes.Upper(Numbers.GetLower(), others.GetLower()));
    }

    [Fact]
    public void Quarters_are_exchanged_and_their_even_lanes_taken()
    {
        AssertLanes(lane => lane ^ 4, VectorLanes.SwapQuarters(Numbers));
        AssertLanes(lane => new[] { 0, 2, 8, 10 }[lane], VectorLanes.EvenOfQuarters(Numbers));
    }

    [Fact]
    public void Halves_are_stored_apart_and_nothing_beside_them()
    {
        var target = new float[12];
        VectorLanes.StoreHalves(Numbers.GetLower() + Vector256<float>.One, ref target[0], 1, 7);
        Assert.Equal([0, 1, 2, 3, 4, 0, 0, 5, 6, 7, 8, 0], target);

        target = new float[12];
        VectorLanes.StoreHalves(Numbers.GetLower().GetLower() + Vector128<float>.One, ref target[0], 1, 7);
        Assert.Equal([0, 1, 2, 0, 0, 0, 0, 3, 4, 0, 0, 0], target);
    }

    [Fact]
    public void Sixteen_lanes_move_bits_as_they_are()
    {
        // Two NaNs of which arithmetic could make one.
        var bits = Vector512.Create(0xFFC00002_7FC00001ul).AsSingle();

        Assert.Equal(Vector512.Create(0x7FC00001_FFC00002ul), VectorLanes.SwapPairs(bits).AsUInt64());
        Assert.Equal(Vector256.Create(0x7FC00001), VectorLanes.Even(bits).AsInt32());
    }

    [Fact]
    public void Of_every_kind_of_pair_the_first_lane_that_is_set_remains_in_either_half()
    {
        for (var pairs = 0; pairs < 1 << 16; pairs++)
        {
            var mask = Mask(pairs);
            var first = Vector512.Create(VectorLanes.FirstOfPairs(mask.GetLower()), VectorLanes.FirstOfPairs(mask.GetUpper()));

            Assert.Equal((uint)(pairs & ~((pairs & 0x5555) << 1)), (uint)Vector512.ExtractMostSignificantBits(first));
        }
    }

    private static Vector512<float> Mask(int set)
    {
        var bits = Vector512<int>.Zero;
        for (var lane = 0; lane < 16; lane++)
            bits = bits.WithElement(lane, -((set >> lane) & 1));
        return bits.AsSingle();
    }

    private static void AssertLanes(Func<int, float> expected, Vector512<float> actual)
    {
        for (var lane = 0; lane < 16; lane++)
            Assert.Equal(expected(lane), actual[lane]);
    }

    private static void AssertLanes(Func<int, float> expected, Vector256<float> actual)
    {
        for (var lane = 0; lane < 8; lane++)
            Assert.Equal(expected(lane), actual[lane]);
    }

    private static void AssertLanes(Func<int, float> expected, Vector128<float> actual)
    {
        for (var lane = 0; lane < 4; lane++)
            Assert.Equal(expected(lane), actual[lane]);
    }
}
