using System;
using Cnn.Reference;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>
/// Direct convolutions of the sizes at which the compiler tiles otherwise than for small ones: against the reference, and among guards, at
/// both vector widths, alone and shared by threads.
/// </summary>
[Trait("Category", "Numerics")]
public sealed class LargeConvolutionTests
{
    /// <summary>Large outputs would cost the comparison more than the convolution.</summary>
    private static readonly ArchitectureLayer Mean = new("GlobalAvgPool", new ReferenceLayer.GlobalAvgPool());

    private const string Band = " band";
    private const string Fetch = "Fetch(ref next";
    private const string FetchBehindLoops = "Fetch(ref ahead";

    /// <summary>Source and target leave the nearest caches, the weights do not: bands of pixels, in each all channels.</summary>
    [Theory]
    [InlineData(64, 64, 16, 64, 1, 1)]
    [InlineData(61, 67, 16, 72, 1, 1)]
    [InlineData(129, 65, 8, 64, 3, 2)]
    public void Bands_of_pixels_agree(int height, int width, int inputs, int filters, int kernel, int stride) =>
        Check(new Architecture(height, width, inputs, true, [Conv(filters, kernel, stride), Mean], 1), Band);

    /// <summary>A tile goes on in the next row where the columns are no multiple of its pixels.</summary>
    [Theory]
    [InlineData(11, 13, 16, 32, 5, 1)]
    [InlineData(14, 13, 24, 48, 3, 2)]
    public void Tiles_over_the_ends_of_rows_agree(int height, int width, int inputs, int filters, int kernel, int stride) =>
        Check(new Architecture(height, width, inputs, true, [Conv(filters, kernel, stride), Mean], 1), "pTile");

    /// <summary>Seven wide vectors of channels go four and three at a time, whatever else there is.</summary>
    [Theory]
    [InlineData(9, 10, 24, 112, 1, 1)]
    [InlineData(12, 8, 5, 120, 3, 2)]
    [InlineData(53, 60, 80, 112, 1, 1)]
    public void Odd_numbers_of_vectors_agree(int height, int width, int inputs, int filters, int kernel, int stride) =>
        Check(new Architecture(height, width, inputs, true, [Conv(filters, kernel, stride), Mean], 1), " = Load16(bias, 64)");

    /// <summary>Few tiles use many weights: each fetches a part of the next block's.</summary>
    [Theory]
    [InlineData(7, 7, 256, 320, 1, 1, Fetch)]
    [InlineData(14, 14, 64, 128, 3, 2, FetchBehindLoops)]
    public void Weights_fetched_ahead_agree(int height, int width, int inputs, int filters, int kernel, int stride, string mark) =>
        Check(new Architecture(height, width, inputs, true, [Conv(filters, kernel, stride), Mean], 1), mark);

    /// <summary>A tile of one wide vector of channels reads each element of a planar source once for a row of taps.</summary>
    [Theory]
    [InlineData(14, 14, 6, 16, 5)]
    [InlineData(13, 8, 3, 12, 2)]
    [InlineData(12, 11, 4, 16, 6)]
    public void Rows_of_taps_agree(int height, int width, int inputs, int filters, int kernel) => Check(
        new Architecture(
            height,
            width,
            inputs,
            false,
            [
                new($"Conv({filters}, {kernel})", new ReferenceLayer.Conv(filters, new Window(kernel, kernel))),
                new("Relu", new ReferenceLayer.Relu()),
                new("MaxPool(2)", new ReferenceLayer.MaxPool(new Window(2, 2, 2))),
            ],
            2),
        ", k0, k1, ref a1, ref a0)");

    /// <summary>
    /// The addend of a large result, and the lines of the result, are fetched before the taps, all four of a pixel's channels.
    /// </summary>
    [Fact]
    public void Fetched_results_agree() => Check(
        new Architecture(
            32,
            33,
            16,
            true,
            [Conv(64, 1, 1), Conv(64, 1, 1), new("Add", new ReferenceLayer.Add()) { With = [0] }, new("Relu", new ReferenceLayer.Relu()), Mean],
            1),
        "FetchEach(ref added, 48, ",
        "FetchEach(ref written, 48, ");

    private static ArchitectureLayer Conv(int filters, int kernel, int stride)
    {
        var padding = kernel / 2;
        return new(
            $"Conv({filters}, {kernel}, Stride = {stride}, Padding = {padding})",
            new ReferenceLayer.Conv(filters, new Window(kernel, kernel, stride, padding, padding, padding, padding)));
    }

    private static void Check(Architecture architecture, params string[] marks)
    {
        foreach (var share in new[] { false, true })
        {
            var batch = NetworkBatch.Compile(architecture.Declaration("Network"), share: share);
            Assert.All(marks, mark => Assert.Contains(mark, batch.Generated, StringComparison.Ordinal));
            ReferenceComparison.CheckWidths(batch, "Network", architecture);
        }
    }
}
