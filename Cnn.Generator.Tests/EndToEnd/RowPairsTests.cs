using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;
using Cnn.Generator.Tests.Support;
using Cnn.Reference;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>
/// Convolutions whose outputs are computed in pairs of adjacent rows, over rows that leave columns of every number over and for kernels of
/// three to seven rows, alone or shared by threads, at every vector width: against the reference, and among guards.
/// </summary>
[Trait("Category", "Numerics")]
public sealed class RowPairsTests
{
    /// <summary>Columns, filters and channels that go across the width.</summary>
    private static readonly IEnumerable<(int Columns, int Filters, int Channels)> Narrow =
        Enumerable.Range(8, 40).Select(width => (width, width % 4 == 0 ? 11 : 4 + (width % 3), 1 + (width % 3)));

    /// <summary>The same that go across the filters.</summary>
    private static readonly IEnumerable<(int Columns, int Filters, int Channels)> Wide =
        Enumerable.Range(5, 32).Select(width => (width + 4, 12 + (width % 7 * 9), 2 + (width % 5)));

    /// <summary>The products of a column of the kernel: of three rows four, of two rows three.</summary>
    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 4)]
    [InlineData(4, 6)]
    [InlineData(5, 7)]
    [InlineData(6, 8)]
    [InlineData(7, 10)]
    public void Two_outputs_take_fewer_products_than_taps(int taps, int products) => Assert.Equal(products, RowPairs.Of(taps)!.Products);

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Other_kernels_have_no_pairs(int taps) => Assert.Null(RowPairs.Of(taps));

    [Fact]
    public void Plain_ones_agree_across_the_width() => Check<ConvPairsWidthKernel>(Narrow, Activated);

    [Fact]
    public void Pooled_ones_agree_across_the_width() => Check<ConvPairsWidthKernel>(Narrow, Pooled);

    [Fact]
    public void Plain_ones_agree_across_the_channels() => Check<ConvPairsChannelsKernel>(Wide, Activated);

    [Fact]
    public void Pooled_ones_agree_across_the_channels() => Check<ConvPairsChannelsKernel>(Wide, Pooled);

    /// <summary>With stride 1 a transposed convolution is one of adjacent windows over a source with a border.</summary>
    [Fact]
    public void Transposed_ones_agree()
    {
        Architecture[] networks =
        [
            new(20, 24, 2, true, [new("ConvTranspose(6, 5)", new ReferenceLayer.ConvTranspose(6, new Window(5, 5)))], 2),
            new(20, 22, 4, true, [new("ConvTranspose(24, 3)", new ReferenceLayer.ConvTranspose(24, new Window(3, 3)))], 2),
        ];

        Assert.True(IsInPairs<ConvPairsWidthKernel>(networks[0]));
        Assert.True(IsInPairs<ConvPairsChannelsKernel>(networks[1]));
        ConvolutionTests.CheckAll(networks, share: true, "AddSubtract8(ref a0, ");
    }

    private static IReadOnlyList<ArchitectureLayer> Activated(ArchitectureLayer conv, int number) =>
        number % 2 == 0 ? [conv] : [conv, new("Relu", new ReferenceLayer.Relu())];

    private static IReadOnlyList<ArchitectureLayer> Pooled(ArchitectureLayer conv, int number) => number % 2 == 0
        ? [conv, new("Relu", new ReferenceLayer.Relu()), new("MaxPool(2)", new ReferenceLayer.MaxPool(new Window(2, 2, 2)))]
        : [conv, new("Tanh", new ReferenceLayer.Tanh()), new("AvgPool(2)", new ReferenceLayer.AvgPool(new Window(2, 2, 2)))];

    /// <summary>Networks of one convolution each, of which every one is computed in pairs.</summary>
    private static void Check<TKernel>(
        IEnumerable<(int Columns, int Filters, int Channels)> shapes, Func<ArchitectureLayer, int, IReadOnlyList<ArchitectureLayer>> layers)
        where TKernel : Kernel
    {
        var networks = shapes.Select((shape, number) =>
        {
            var (height, width) = (3 + (number % 5), 3 + (number / 5 % 3));
            var window = new Window(height, width) { Top = height / 2, Left = width / 2 };
            var rows = 2 * (12 + (number % 9));
            return new Architecture(
                rows + height - 1 - window.Top,
                shape.Columns + width - 1 - window.Left,
                shape.Channels,
                number % 3 != 0,
                layers(Conv(shape.Filters, window), number),
                2);
        }).Where(IsInPairs<TKernel>).ToList();

        // Kernels that gain too little for their text are computed directly: most kernels of four rows, two times two.
        Assert.InRange(networks.Count, 12, int.MaxValue);
        var heights = networks.Select(network => ((ReferenceLayer.Conv)network.Layers[0].Reference).Window.KernelHeight).ToList();
        Assert.All([3, 5, 6, 7], height => Assert.Contains(height, heights));
        foreach (var share in new[] { false, true })
            ConvolutionTests.CheckAll([.. networks.Where((_, number) => number % 2 == 0 == share)], share, "AddSubtract8(ref a0, ");
    }

    private static bool IsInPairs<TKernel>(Architecture architecture) =>
        CompilerPipeline.Lower(Declarations.Network("using Cnn;\n" + architecture.Declaration("Network"))).Inference.Steps
            .Any(step => step.Kernel is TKernel);

    private static ArchitectureLayer Conv(int filters, Window window) => new(
        $"Conv({filters}, {window.KernelHeight}, {window.KernelWidth}, PaddingTop = {window.Top}, PaddingLeft = {window.Left})",
        new ReferenceLayer.Conv(filters, window));
}
