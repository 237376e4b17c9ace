using System;
using System.Linq;
using System.Runtime.CompilerServices;
using Cnn.Kernels;
using Cnn.Tests.Support;
using Xunit;
using static Cnn.Tests.Kernels.ElementChecks;

namespace Cnn.Tests.Kernels;

/// <summary>Batch, group and instance normalisation, as the kernels make them together, against double loops.</summary>
public sealed class NormalizationTests
{
    private const float Epsilon = 1e-5f;

    [Fact]
    public void Moments_of_many_elements_far_from_zero_are_within_a_millionth()
    {
        foreach (var (channels, pixels, far) in new[] { (3, 12544, 0f), (21, 12544, 100f), (8, 100_003, -30f), (1, 1, 5f), (37, 2, 0f) })
        {
            var values = Samples(channels * pixels, channels).Select(x => x + far).ToArray();
            foreach (var wide in new[] { true, false })
            {
                var (means, squares) = (new GuardedArray(new float[channels]), new GuardedArray(new float[channels]));
                Moments.OfChannels(ref values[0], channels, ref means.First, ref squares.First, channels, pixels, wide);
                for (var c = 0; c < channels; c++)
                    AssertMoments(values.Where((_, i) => i % channels == c).ToArray(), means.Values[c], squares.Values[c]);
                Moments.OfPlanes(ref values[0], pixels, ref means.First, ref squares.First, channels, pixels, wide);
                for (var c = 0; c < channels; c++)
                    AssertMoments(values.AsSpan(c * pixels, pixels).ToArray(), means.Values[c], squares.Values[c]);
                means.AssertGuards();
                squares.AssertGuards();
            }
        }
    }

    [Fact]
    public void Merged_moments_are_those_of_the_whole()
    {
        for (var channels = 1; channels <= 20; channels++)
        {
            const int Parts = 37;
            const int Count = 11;
            var values = Samples(channels * Count * Parts, channels).Select(x => x + 20).ToArray();
            var (means, squares) = (new GuardedArray(new float[Parts * channels]), new GuardedArray(new float[Parts * channels]));
            var (oneByOne, oneByOneSquares) = (new float[channels], Enumerable.Repeat(float.NaN, channels).ToArray());
            for (var part = 0; part < Parts; part++)
            {
                ref var mean = ref Unsafe.Add(ref means.First, part * channels);
                ref var square = ref Unsafe.Add(ref squares.First, part * channels);
                Moments.OfChannels(ref values[part * channels * Count], channels, ref mean, ref square, channels, Count);
                Moments.Merge(ref oneByOne[0], ref oneByOneSquares[0], part * Count, ref mean, ref square, Count, channels);
            }

            Moments.MergeParts(
                ref means.First, ref squares.First, channels, Parts, Count, ref means.First, ref squares.First, channels);

            for (var c = 0; c < channels; c++)
            {
                var ofChannel = values.Where((_, i) => i % channels == c).ToArray();
                AssertMoments(ofChannel, means.Values[c], squares.Values[c]);
                AssertMoments(ofChannel, oneByOne[c], oneByOneSquares[c]);
            }

            means.AssertGuards();
            squares.AssertGuards();
        }
    }

    [Fact]
    public void Merged_groups_share_the_moments_of_all_their_channels()
    {
        foreach (var (channels, groups) in new[] { (1, 1), (6, 1), (6, 2), (6, 6), (32, 8), (15, 3) })
        {
            const int Pixels = 9;
            var values = Samples(channels * Pixels, groups);
            var (means, squares) = (new GuardedArray(new float[channels]), new GuardedArray(new float[channels]));
            Moments.OfPlanes(ref values[0], Pixels, ref means.First, ref squares.First, channels, Pixels);
            Moments.MergeGroups(ref means.First, ref squares.First, channels, groups, Pixels);
            var size = channels / groups;
            for (var c = 0; c < channels; c++)
                AssertMoments(values.AsSpan(c / size * size * Pixels, size * Pixels).ToArray(), means.Values[c], squares.Values[c]);
            means.AssertGuards();
            squares.AssertGuards();
        }
    }

    [Fact]
    public void Running_averages_move_by_the_momentum_towards_the_unbiased_variance()
    {
        float[] means = [2, -1];
        float[] squares = [30, 60];
        float[] runningMeans = [1, 0];
        float[] runningVariances = [4, 5];
        Moments.UpdateRunning(ref means[0], ref squares[0], 11, 0.25f, ref runningMeans[0], ref runningVariances[0], 2);
        Assert.Equal([1.25f, -0.25f], runningMeans);
        Assert.Equal([3.75f, 5.25f], runningVariances);
    }

    [Fact]
    public void Inverse_deviations_add_epsilon_to_the_variance()
    {
        float[] values = [30, 0];
        Moments.InverseDeviations(ref values[0], 10, 1f, ref values[0], 2);
        Assert.Equal([0.5f, 1f], values);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Groups_of_channels_forward_and_backward_in_both_orders(bool planar, bool affine)
    {
        foreach (var (channels, groups, pixels) in new[]
        {
            (1, 1, 5), (6, 1, 7), (6, 2, 16), (6, 6, 33), (32, 8, 49), (15, 3, 1), (24, 24, 70), (40, 5, 13), (64, 64, 200),
        })
        {
            var gap = channels % 3;
            var (channelStep, pixelStep) = planar ? (pixels + gap, 1) : (1, channels + gap);
            var length = ((channels - 1) * channelStep) + ((pixels - 1) * pixelStep) + 1;
            var x = new GuardedArray(Samples(length, 1));
            var y = new GuardedArray(new float[length]);
            var g = new GuardedArray(Samples(length, 2));
            var before = g.Values.ToArray();
            var (w, b) = (Samples(channels, 3), Samples(channels, 4));
            var (dw, db) = (new float[channels], new float[channels]);
            var (means, squares, inverses) = (new float[channels], new float[channels], new float[channels]);
            ref var weight = ref affine ? ref w[0] : ref Unsafe.NullRef<float>();
            ref var weightGradient = ref affine ? ref dw[0] : ref Unsafe.NullRef<float>();
            ref var biasGradient = ref affine ? ref db[0] : ref Unsafe.NullRef<float>();
            var scales = new float[channels];
            var (sums, products, a) = (new float[channels], new float[channels], new float[channels]);
            var shifts = affine ? b : new float[channels];

            if (planar)
                Moments.OfPlanes(ref x.First, channelStep, ref means[0], ref squares[0], channels, pixels);
            else
                Moments.OfChannels(ref x.First, pixelStep, ref means[0], ref squares[0], channels, pixels);
            Moments.MergeGroups(ref means[0], ref squares[0], channels, groups, pixels);
            Moments.InverseDeviations(ref squares[0], pixels * (channels / groups), Epsilon, ref inverses[0], channels);
            for (var c = 0; c < channels; c++)
                scales[c] = affine ? inverses[c] * w[c] : inverses[c];
            if (planar)
            {
                Normalization.ForwardPlanes(
                    ref x.First, channelStep, ref y.First, channelStep, ref means[0], ref scales[0], ref shifts[0], channels, pixels);
                Normalization.AddGradientSumsOfPlanes(
                    ref x.First, channelStep, ref g.First, channelStep, ref means[0], ref sums[0], ref products[0], channels, pixels);
            }
            else
            {
                Normalization.ForwardChannels(
                    ref x.First, pixelStep, ref y.First, pixelStep, ref means[0], ref scales[0], ref shifts[0], channels, pixels);
                Normalization.AddGradientSumsOfChannels(
                    ref x.First, pixelStep, ref g.First, pixelStep, ref means[0], ref sums[0], ref products[0], channels, pixels);
            }

            Normalization.GradientFactors(
                ref sums[0],
                ref products[0],
                ref inverses[0],
                ref weight,
                ref weightGradient,
                ref biasGradient,
                ref a[0],
                ref products[0],
                ref sums[0],
                channels,
                groups,
                pixels);
            if (planar)
            {
                Normalization.BackwardPlanes(
                    ref x.First,
                    channelStep,
                    ref g.First,
                    channelStep,
                    ref means[0],
                    ref a[0],
                    ref products[0],
                    ref sums[0],
                    channels,
                    pixels);
            }
            else
            {
                Normalization.BackwardChannels(
                    ref x.First, pixelStep, ref g.First, pixelStep, ref means[0], ref a[0], ref products[0], ref sums[0], channels, pixels);
            }

            CheckGroups(x, y, g, before, affine ? w : null, b, dw, db, (channels, groups, pixels, channelStep, pixelStep));
        }
    }

    private static void CheckGroups(
        GuardedArray x,
        GuardedArray y,
        GuardedArray g,
        float[] before,
        float[]? w,
        float[] b,
        float[] dw,
        float[] db,
        (int Channels, int Groups, int Pixels, int ChannelStep, int PixelStep) shape)
    {
        var size = shape.Channels / shape.Groups;
        var elements = size * shape.Pixels;
        var (expectedY, expectedG) = (new double[x.Length], Array.ConvertAll(before, value => (double)value));
        var (expectedW, expectedB) = (new double[shape.Channels], new double[shape.Channels]);
        for (var group = 0; group < shape.Groups; group++)
        {
            int Place(int k) => (((group * size) + (k / shape.Pixels)) * shape.ChannelStep) + (k % shape.Pixels * shape.PixelStep);
            var (values, gradients) = (new double[elements], new double[elements]);
            var channelOf = Enumerable.Range(0, elements).Select(k => (group * size) + (k / shape.Pixels)).ToArray();
            for (var k = 0; k < elements; k++)
                (values[k], gradients[k]) = (x.Values[Place(k)], before[Place(k)]);
            var (z, dx) = NormalizationLoops.Run(values, gradients, k => w is null ? 1 : w[channelOf[k]], Epsilon);
            for (var k = 0; k < elements; k++)
            {
                expectedY[Place(k)] = w is null ? z[k] : (z[k] * w[channelOf[k]]) + b[channelOf[k]];
                expectedG[Place(k)] = dx[k];
                expectedW[channelOf[k]] += w is null ? 0 : gradients[k] * z[k];
                expectedB[channelOf[k]] += w is null ? 0 : gradients[k];
            }
        }

        Agreement.Check(expectedY, y.Values, 1e-6, $"y of {shape}");
        Agreement.Check(expectedG, g.Values, 1e-5, $"dx of {shape}");
        Agreement.Check(expectedW, dw, 1e-5, $"dw of {shape}");
        Agreement.Check(expectedB, db, 1e-5, $"db of {shape}");
        x.AssertGuards();
        y.AssertGuards();
        g.AssertGuards();
    }

    private static void AssertMoments(float[] values, float mean, float squares)
    {
        var exact = values.Average(value => (double)value);
        var exactSquares = values.Sum(value => (value - exact) * (value - exact));
        Assert.Equal(exact, mean, 1e-6 * values.Average(value => Math.Abs((double)value)));
        Assert.Equal(exactSquares, squares, Math.Max(1e-6 * exactSquares, 1e-12));
    }
}
