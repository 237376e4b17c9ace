using System.Linq;
using Cnn.Generator.Schedules;
using Xunit;

namespace Cnn.Generator.Tests.Scheduling;

public sealed class ColumnCutTests
{
    [Theory]
    [InlineData(16, 28, 28, 16, 3)]
    [InlineData(16, 24, 24, 16, 2)]
    [InlineData(16, 4, 17, 16, 1)]
    [InlineData(8, 28, 28, 24, 2)]
    [InlineData(16, 4, 15, 0, 4)]
    public void What_rows_leave_over_shares_vectors(int lanes, int height, int width, int whole, int joined)
    {
        var cut = ColumnCut.Of(lanes, height, width);

        Assert.Equal(whole, cut.Whole);
        Assert.Equal(joined, cut.Joined.Count);
    }

    [Theory]
    [InlineData(16, 28, 32, "none is left over")]
    [InlineData(16, 28, 29, "joined ones would be as many")]
    [InlineData(8, 28, 29, "joined ones would be as many")]
    [InlineData(16, 3, 28, "too few rows")]
    [InlineData(4, 28, 30, "halves of a vector of four lanes are none")]
    public void Else_the_last_vector_overlaps(int lanes, int height, int width, string because)
    {
        var cut = ColumnCut.Of(lanes, height, width);

        Assert.True(cut.Joined.Count == 0, because);
        Assert.Equal(width, cut.Whole);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void Every_column_of_four_rows_is_covered_and_nothing_beside_them(int lanes)
    {
        for (var width = 4; width <= 70; width++)
        {
            if (!ColumnCut.Fits(lanes, 4, width))
                continue;
            var cut = ColumnCut.Of(lanes, 4, width);
            var covered = new int[4, width];
            for (var x = 0; x < cut.Whole; x++)
                Enumerable.Range(0, 4).ToList().ForEach(y => covered[y, x]++);
            foreach (var vector in cut.Joined)
            {
                Assert.True(width % 2 == 1 || vector.Column % 2 == 0, "pairs of columns are pooled");
                for (var lane = 0; lane < lanes; lane++)
                    covered[vector.Row + (lane / (lanes / vector.Rows)), vector.Column + (lane % (lanes / vector.Rows))]++;
            }

            Assert.DoesNotContain(0, covered.Cast<int>());
            Assert.True(cut.Joined.Count == 0 || cut.Whole % lanes == 0);
        }
    }

    [Fact]
    public void The_share_of_useful_lanes_counts_rows_and_columns()
    {
        Assert.Equal(1, ColumnCut.Utilization(8, 28, 28));
        Assert.Equal(1, ColumnCut.Utilization(8, 5, 32));
        Assert.Equal(100 / 128.0, ColumnCut.Utilization(8, 10, 10));
        Assert.Equal(29 / 32.0, ColumnCut.Utilization(8, 28, 29));
        Assert.Equal(0, ColumnCut.Utilization(8, 3, 0));
    }
}
