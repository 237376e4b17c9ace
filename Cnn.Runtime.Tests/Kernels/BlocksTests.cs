using System.Linq;
using System.Runtime.Intrinsics;
using Cnn.Kernels;
using Xunit;

namespace Cnn.Tests.Kernels;

public sealed class BlocksTests
{
    [Fact]
    public void A_transpose_of_any_size_between_any_pitches_touches_the_matrix_alone()
    {
        for (var rows = 1; rows <= 10; rows++)
        {
            for (var columns = 1; columns <= 10; columns++)
            {
                var sourcePitch = columns + (rows % 3);
                var targetPitch = rows + (columns % 3);
                var source = Numbers(((rows - 1) * sourcePitch) + columns);
                var before = Enumerable.Repeat(-1f, ((columns - 1) * targetPitch) + rows).ToArray();
                var target = new GuardedArray(before);

                Blocks.Transpose(ref source[0], sourcePitch, rows, columns, ref target.First, targetPitch);

                for (var place = 0; place < target.Length; place++)
                {
                    var (column, row) = (place / targetPitch, place % targetPitch);
                    Assert.Equal(row < rows ? source[(row * sourcePitch) + column] : -1f, target.Values[place]);
                }

                target.AssertGuards();
            }
        }
    }

    [Fact]
    public void Three_channels_come_apart_in_planes_of_any_length()
    {
        for (var pixels = 1; pixels <= 35; pixels++)
        {
            var plane = pixels + (pixels % 4);
            var source = new GuardedArray(Numbers(3 * pixels));
            var target = new GuardedArray(Enumerable.Repeat(-1f, (2 * plane) + pixels).ToArray());

            Blocks.SplitThree(ref source.First, pixels, ref target.First, plane);

            for (var place = 0; place < target.Length; place++)
                Assert.Equal(place % plane < pixels ? source.Values[(3 * (place % plane)) + (place / plane)] : -1f, target.Values[place]);
            target.AssertGuards();
        }
    }

    [Fact]
    public void Copied_rows_leave_the_gaps_between_them_alone()
    {
        var source = Numbers(3 * 7);
        var target = new GuardedArray(Enumerable.Repeat(-1f, (2 * 8) + 5).ToArray());

        Blocks.CopyRows(ref source[0], 7, ref target.First, 8, 5, 3);

        for (var place = 0; place < target.Length; place++)
            Assert.Equal(place % 8 < 5 ? source[(place / 8 * 7) + (place % 8)] : -1f, target.Values[place]);
        target.AssertGuards();
    }

    [Fact]
    public void Of_a_pair_that_ties_the_first_lane_remains()
    {
        var all = Vector256<float>.AllBitsSet;
        var second = Vector256.Create(0, -1, 0, -1, 0, -1, 0, -1).AsSingle();

        Assert.Equal(0b01010101u, Vector256.ExtractMostSignificantBits(VectorLanes.FirstOfPairs(all)));
        Assert.Equal(0b10101010u, Vector256.ExtractMostSignificantBits(VectorLanes.FirstOfPairs(second)));
        Assert.Equal(
            0b0101u,
            Vector128.ExtractMostSignificantBits(VectorLanes.FirstOfPairs(all.GetLower())));
    }

    private static float[] Numbers(int count) => [.. Enumerable.Range(1, count).Select(number => (float)number)];
}
