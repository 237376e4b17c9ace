using System.Linq;
using Cnn.Kernels;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Tests.Kernels;

/// <summary>Statistics of more channels than the stack holds at once.</summary>
public sealed class BatchNormalizationTests
{
    private const int Channels = 1300;
    private const int Pixels = 3;

    [Fact]
    public void Statistics_and_sums_of_many_channels_are_right_and_allocate_nothing()
    {
        var random = new Rng(1);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextFloat() - 0.5f)];
        var (x, g, inverse) = (Numbers(Channels * Pixels), Numbers(Channels * Pixels), Numbers(Channels));
        var (mean, deviation, remainder) = (new float[Channels], new float[Channels], new float[Channels]);
        var (sums, products) = (new float[Channels], new float[Channels]);

        Allocation.AssertNone(
            () =>
            {
                BatchNormalization.Moments(
                    ref x[0], 1, 0, 1, 0, Pixels, Channels, Channels, ref mean[0], ref deviation[0], ref remainder[0]);
                BatchNormalization.GradientSums(
                    ref x[0],
                    0,
                    0,
                    Channels,
                    ref g[0],
                    0,
                    0,
                    Channels,
                    1,
                    1,
                    Pixels,
                    Channels,
                    ref mean[0],
                    ref inverse[0],
                    ref remainder[0],
                    ref sums[0],
                    ref products[0]);
            },
            calls: 1);

        for (var c = 0; c < Channels; c++)
        {
            var own = Enumerable.Range(0, Pixels).Select(i => (X: (double)x[(i * Channels) + c], G: (double)g[(i * Channels) + c])).ToList();
            var expected = own.Average(pair => pair.X);
            Assert.Equal(expected, mean[c], 1e-6);
            Assert.Equal(expected, mean[c] + (double)remainder[c], 1e-7);
            var squares = Pixels * (double)deviation[c] * deviation[c];
            Assert.Equal(own.Sum(pair => (pair.X - expected) * (pair.X - expected)), squares, 1e-6);
            Assert.Equal(own.Sum(pair => pair.G), sums[c], 1e-6);
            Assert.Equal(own.Sum(pair => pair.G * (pair.X - expected)) * inverse[c], products[c], 1e-6);
        }
    }
}
