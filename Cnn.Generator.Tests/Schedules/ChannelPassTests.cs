using System;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;
using Cnn.Generator.Shapes;
using Xunit;

namespace Cnn.Generator.Tests.Schedules;

/// <summary>The schedules of direct convolutions across channels, without any code.</summary>
public sealed class ChannelPassTests
{
    [Theory]
    [InlineData(8, "2 vectors of 8 channels x 1x6 pixels, at most 1 tap per turn")]
    [InlineData(4, "2 vectors of 4 channels x 1x6 pixels, at most 1 tap per turn")]
    [InlineData(16, "4 vectors of 16 channels x 1x6 pixels, at most 1 tap per turn")]
    public void Wide_rows_fill_the_registers(int lanes, string expected) =>
        Assert.Equal(expected, Only(Problem(24, 24, 64, 64, 3), Width(lanes)).Describe());

    /// <summary>Seven vectors go four and three at a time.</summary>
    [Fact]
    public void Blocks_that_are_left_have_a_pass_of_their_own()
    {
        var passes = Passes(Problem(9, 10, 24, 112, 1), VectorWidth.V512);

        Assert.Equal([4, 3], passes.Select(pass => pass.Cut.Together));
        Assert.Equal([0, 64], passes.Select(pass => pass.Cut.Segment.First));
    }

    /// <summary>A volume beyond the nearest caches goes in bands as long as the weights stay in them.</summary>
    [Theory]
    [InlineData(56, 64, 256, true)]
    [InlineData(14, 64, 256, false)]
    [InlineData(56, 512, 256, false)]
    public void Large_volumes_go_in_bands(int size, int inputs, int outputs, bool expected) =>
        Assert.Equal(expected, Only(Problem(size, size, inputs, outputs, 1), VectorWidth.V256).BandTiles > 0);

    [Fact]
    public void Nothing_is_shared_by_one_thread() => Assert.Equal(PassShare.None, Only(Problem(24, 24, 64, 64, 3), VectorWidth.V256).Share);

    /// <summary>Threads share the blocks of many weights, bands of pixels of fewer, and the tiles of a single block.</summary>
    [Theory]
    [InlineData(24, 64, 64, 3, nameof(PassShare.Bands))]
    [InlineData(7, 512, 512, 3, nameof(PassShare.Blocks))]
    [InlineData(24, 64, 16, 3, nameof(PassShare.Tiles))]
    public void Threads_share_what_reads_the_least(int size, int inputs, int outputs, int kernel, string expected) =>
        Assert.Equal(expected, Only(Problem(size, size, inputs, outputs, kernel) with { IsShared = true }, VectorWidth.V256).Share.ToString());

    /// <summary>Few tiles of an inference fetch the weights of the next block, and together fetch all of it.</summary>
    [Theory]
    [InlineData(7, true)]
    [InlineData(56, false)]
    public void Few_tiles_fetch_the_next_weights(int size, bool expected)
    {
        var pass = Only(Problem(size, size, 256, 320, 1) with { IsHot = true }, VectorWidth.V256);

        Assert.Equal(expected, pass.FetchedWeights > 0);
        Assert.Equal(expected, pass.FetchedWeights * pass.TilesOfABlock >= pass.Cut.Together * pass.Cut.Segment.Width);
    }

    /// <summary>A planar source is read once for a row of taps if one vector of channels leaves the registers for it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rows_of_taps_stay_in_registers(bool isPlanar) =>
        Assert.Equal(isPlanar, Only(Problem(14, 14, 6, 16, 5, isPlanar ? VolumeLayout.Chw : VolumeLayout.Hwc), VectorWidth.V512).HoldsTaps);

    [Fact]
    public void The_pick_is_the_cheapest_of_all_passes_over_all_channels()
    {
        var problem = Problem(14, 14, 64, 128, 3);
        var all = ChannelPass.All(problem, Segment(problem), VectorWidth.V256).ToList();
        var pick = Only(problem, VectorWidth.V256);

        Assert.Contains(pick, all);
        Assert.All(all, pass => Assert.True(pick.Cost(problem.Geometry) <= pass.Cost(problem.Geometry) * 1.03, pass.Describe()));
    }

    /// <summary>The choice of a way and the printed code follow from the same passes.</summary>
    [Fact]
    public void A_cost_is_that_of_the_passes_that_are_printed()
    {
        var kernel = Kernel(Problem(14, 14, 64, 128, 3));
        var fetched = sizeof(float) * kernel.Geometry.Taps * kernel.Geometry.OutChannels / Machine.Usual.SharedSpeed;

        Assert.Equal(
            Math.Sqrt(Cost(VectorWidth.V256) * Cost(VectorWidth.V512)),
            ConvCost.ByChannels(kernel.Geometry, VolumeLayout.Hwc, isPooled: false),
            precision: 6);

        // The longer of computing and fetching, and half of the shorter.
        double Cost(VectorWidth width)
        {
            var computed = kernel.Passes(width, 0).Sum(pass => pass.Cycles(kernel.Geometry)) / ChoiceThresholds.Efficiency;
            return Math.Max(computed, fetched) + (Math.Min(computed, fetched) / 2);
        }
    }

    /// <summary>Another schedule takes the place of the pick for its vectors, and the text follows it.</summary>
    [Fact]
    public void A_schedule_can_be_replaced()
    {
        var kernel = Kernel(Problem(14, 14, 64, 128, 3));
        var other = ChannelPass.All(kernel.Problem, kernel.Packing.Segments[0], VectorWidth.V256).First(pass => pass.Shape is { Rows: 2, Columns: 2 });
        var tuned = kernel with { Tuned = [other] };

        Assert.Equal([other], tuned.Passes(VectorWidth.V256, 0));
        Assert.Equal(kernel.Passes(VectorWidth.V128, 0), tuned.Passes(VectorWidth.V128, 0));
        Assert.NotEqual(kernel, tuned);
        Assert.StartsWith("2 vectors of 8 channels x 2x2 pixels", tuned.Describe(VectorWidth.V256, 0));
    }

    private static ChannelPass Only(ChannelProblem problem, VectorWidth width) => Assert.Single(Passes(problem, width));

    private static EquatableArray<ChannelPass> Passes(ChannelProblem problem, VectorWidth width) => ChannelPass.Best(problem, Segment(problem), width);

    private static ConvSegment Segment(ChannelProblem problem) => ConvPacking.ByOutputChannel(problem.Geometry, problem.SourceOrder).Segments[0];

    private static ChannelProblem Problem(int height, int width, int inputs, int outputs, int kernel, VolumeLayout order = VolumeLayout.Hwc)
    {
        var border = kernel / 2;
        return new(new ConvGeometry(inputs, outputs, new Window(kernel, kernel, 1, 1, border, border, border, border), height, width), order, IsPooled: false);
    }

    private static ConvChannelsKernel Kernel(ChannelProblem problem)
    {
        var geometry = problem.Geometry;
        TensorView View(int channels) => new(VolumeLayout.Hwc, geometry.OutWidth * channels, channels, 1);
        return new ConvChannelsKernel(
            geometry,
            View(geometry.InChannels),
            View(geometry.OutChannels),
            Epilogue.Nothing,
            ConvPacking.ByOutputChannel(geometry, VolumeLayout.Hwc),
            HasBias: false,
            "");
    }

    private static VectorWidth Width(int lanes) => new[] { VectorWidth.V128, VectorWidth.V256, VectorWidth.V512 }.Single(width => width.Lanes == lanes);
}
