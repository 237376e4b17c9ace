using System;
using System.Linq;
using System.Text.RegularExpressions;
using Cnn.Reference;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>
/// Convolutions that inference and training, forward and backward, compute as Winograd's, precise and fast, at every vector width: against the
/// reference, and among guards.
/// </summary>
[Trait("Category", "Numerics")]
public sealed class WinogradTests
{
    private static readonly ReferenceLayer.Relu Relu = new();

    /// <summary>Tiles that fit, that overlap in the last column or row, and that are the whole grid; in one band and in several.</summary>
    [Theory]
    [InlineData(14, 14, 24, 24, 1)]
    [InlineData(13, 15, 40, 24, 1)]
    [InlineData(7, 9, 64, 64, 1)]
    [InlineData(9, 7, 64, 96, 0, 2)]
    [InlineData(6, 6, 128, 128, 0, 2)]
    [InlineData(5, 21, 32, 40, 2)]
    [InlineData(34, 23, 32, 24, 1)]
    public void Every_size_agrees(int height, int width, int inputs, int filters, int padding, int fastTile = 4)
    {
        foreach (var isHwc in new[] { true, false })
            Check(new Architecture(height, width, inputs, isHwc, [Conv(filters, padding)], 2), fastTile);
    }

    /// <summary>A layer below needs the gradient of its input.</summary>
    [Theory]
    [InlineData(14, 14, 24, 24, 1)]
    [InlineData(13, 15, 40, 24, 1)]
    [InlineData(9, 11, 64, 48, 0)]
    [InlineData(10, 21, 32, 40, 2)]
    public void Every_size_agrees_above_another_layer(int height, int width, int inputs, int filters, int padding) => Check(new Architecture(
        height, width, 8, true, [new($"Conv({inputs}, 1)", new ReferenceLayer.Conv(inputs, new Window(1, 1))), Conv(filters, padding)], 2));

    /// <summary>Tiles that fit and that overlap in the last row or column; the gradient of the input is computed directly.</summary>
    [Theory]
    [InlineData(24, 24, 32, 64, 1)]
    [InlineData(29, 24, 40, 64, 1)]
    [InlineData(24, 50, 32, 64, 1)]
    [InlineData(22, 33, 32, 72, 2)]
    public void Every_size_agrees_with_stride_two(int height, int width, int inputs, int filters, int padding)
    {
        CheckStrided(new Architecture(height, width, inputs, height % 2 == 0, [Conv(filters, padding, 2)], 2));
        CheckStrided(new Architecture(
            height, width, 8, true, [new($"Conv({inputs}, 1)", new ReferenceLayer.Conv(inputs, new Window(1, 1))), Conv(filters, padding, 2)], 2));
    }

    [Theory]
    [InlineData(24, 24)]
    [InlineData(50, 24)]
    [InlineData(24, 50)]
    public void Fused_pooling_agrees_with_stride_two(int height, int width) => CheckStrided(new Architecture(
        height,
        width,
        32,
        true,
        [Conv(64, 1, 2), new("Relu", Relu), new("MaxPool(2)", new ReferenceLayer.MaxPool(new Window(2, 2, 2)))],
        2));

    /// <summary>The gradient of what a transposed convolution reads is a convolution with its stride.</summary>
    [Fact]
    public void The_gradient_of_a_transposed_convolution_with_stride_two_agrees()
    {
        var architecture = new Architecture(
            12,
            12,
            8,
            true,
            [
                new("Conv(64, 1)", new ReferenceLayer.Conv(64, new Window(1, 1))),
                new("ConvTranspose(32, 3, Stride = 2)", new ReferenceLayer.ConvTranspose(32, new Window(3, 3, 2))),
            ],
            2);
        var batch = NetworkBatch.Compile(architecture.Declaration("Network"), share: true);
        Assert.Matches(@"Filters\(ref \w+Turned", batch.Generated);
        Assert.Contains("// Winograd F(2x2, 3x3) with stride 2: 25 products for 4 outputs", batch.Generated, StringComparison.Ordinal);
        ReferenceComparison.CheckWidths(batch, "Network", architecture);
    }

    [Fact]
    public void Uneven_padding_agrees() => Check(new Architecture(
        11,
        10,
        32,
        true,
        [
            new(
                "Conv(32, 3, PaddingTop = 2, PaddingLeft = 0, PaddingBottom = 0, PaddingRight = 1)",
                new ReferenceLayer.Conv(32, new Window(3, 3) { Top = 2, Right = 1 })),
        ],
        2));

    [Theory]
    [InlineData(12, 16)]
    [InlineData(13, 11)]
    public void Fused_pooling_agrees(int height, int width)
    {
        Check(new Architecture(
            height, width, 56, true, [Conv(24, 1), new("Relu", Relu), new("MaxPool(2)", new ReferenceLayer.MaxPool(new Window(2, 2, 2)))], 2));
        Check(new Architecture(
            height,
            width,
            56,
            true,
            [Conv(24, 1), new("Tanh", new ReferenceLayer.Tanh()), new("AvgPool(2)", new ReferenceLayer.AvgPool(new Window(2, 2, 2)))],
            2));
    }

    /// <summary>Statistics are folded in before the weights are transformed; other layers read what comes out.</summary>
    [Fact]
    public void A_residual_block_with_batch_normalisation_agrees() => Check(new Architecture(
        10,
        12,
        32,
        true,
        [
            new("Conv(32, 3, Padding = 1, Bias = false)", new ReferenceLayer.Conv(32, new Window(3, 3, 1, 1, 1, 1, 1), 1, false)),
            new("BatchNorm", new ReferenceLayer.BatchNorm()),
            new("Relu", Relu),
            Conv(32, 1),
            new("BatchNorm", new ReferenceLayer.BatchNorm()),
            new("Add", new ReferenceLayer.Add()) { With = [2] },
            new("Relu", Relu),
            new("Flatten", new ReferenceLayer.Flatten()),
            new("Dense(5)", new ReferenceLayer.Dense(5)),
        ],
        4));

    private static ArchitectureLayer Conv(int filters, int padding, int stride = 1) => new(
        $"Conv({filters}, 3, Padding = {padding}, Stride = {stride})",
        new ReferenceLayer.Conv(filters, new Window(3, 3, stride, padding, padding, padding, padding)));

    /// <summary>There is one transform, whose factors are 0, 1 and -1: it is precise.</summary>
    private static void CheckStrided(Architecture architecture)
    {
        var batch = NetworkBatch.Compile(architecture.Declaration("Network"), share: true);
        Assert.Contains("// Winograd F(2x2, 3x3) with stride 2: 25 products for 4 outputs", batch.Generated, StringComparison.Ordinal);
        Assert.Matches(@"Filters\(ref (Add\(ref )?weights", batch.Generated);
        ReferenceComparison.CheckWidths(batch, "Network", architecture);
    }

    private static void Check(Architecture architecture, int fastTile = 4)
    {
        foreach (var isFast in new[] { false, true })
        {
            var declared = architecture with { IsFast = isFast };
            var batch = NetworkBatch.Compile(declared.Declaration("Network"), share: true);
            var tile = isFast ? fastTile : 2;
            Assert.Contains($"// Winograd F({tile}x{tile}, 3x3)", batch.Generated, StringComparison.Ordinal);
            Assert.Matches(@"Filters\(ref (Add\(ref )?weights", batch.Generated);
            var hasLayersBelow = architecture.Layers.Count(layer => layer.Reference is ReferenceLayer.Conv) > 1;
            Assert.Equal(hasLayersBelow, Regex.IsMatch(batch.Generated, @"Filters\(ref \w+Turned"));
            ReferenceComparison.CheckWidths(batch, "Network", declared);
        }
    }
}
