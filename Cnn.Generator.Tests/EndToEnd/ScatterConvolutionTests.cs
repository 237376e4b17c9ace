using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;
using Cnn.Generator.Tests.Support;
using Cnn.Reference;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>
/// Gradients of inputs that are computed from the side of the gradient of the output, at every vector width and for both orders of the channels:
/// against the reference.
/// </summary>
[Trait("Category", "Numerics")]
public sealed class ScatterConvolutionTests
{
    [Fact]
    public void Sums_over_windows_of_every_size_agree()
    {
        var cases = Shapes().ToList();

        Assert.InRange(cases.Count, 60, int.MaxValue);
        Assert.All([2, 3, 4, 5, 6, 7], size => Assert.Contains(cases, shape => shape.Window.KernelWidth == size));
        Assert.Contains(cases, shape => shape.Window.Left > 0 && shape.Window.Right == 0);
        Assert.Contains(cases, shape => shape.Window.Top == 0 && shape.Window.Bottom > 0);
        Assert.All([true, false], isHwc => Assert.Contains(cases, shape => shape.IsHwc == isHwc));
        ConvolutionTests.CheckAll([.. cases.Select(shape => shape.Architecture())], share: false, "ref float rows)", "for (int part = ");
    }

    /// <summary>Tiles of one and of several rows, pixels and vectors, with one and with several passes.</summary>
    [Fact]
    public void They_cover_tiles_of_all_kinds()
    {
        var tiles = Shapes().Select(shape => Kernel(shape)!.Geometry).SelectMany(geometry => ScatterTile.Widths(geometry)
            .Select(width => (Tile: ScatterTile.Best(geometry, width), Reach: ScatterTile.Reach(geometry, width)))).ToList();

        Assert.Contains(tiles, one => one.Tile.Rows > 1 && one.Tile.Pixels > 1);
        Assert.Contains(tiles, one => one.Tile.Rows > 2);
        Assert.Contains(tiles, one => one.Tile is { Rows: 1, Pixels: 1 });
        Assert.Contains(tiles, one => one.Tile.Vectors == 1);
        Assert.Contains(tiles, one => one.Reach > one.Tile.Vectors);
        Assert.Contains(tiles, one => one.Reach == one.Tile.Vectors);
    }

    /// <summary>With stride 1 and without dilation or groups, where the zeros around the gradient would cost more than the buffer.</summary>
    [Theory]
    [InlineData("Conv(6, 1), Conv(16, 5)", true)]
    [InlineData("Conv(6, 1), Conv(16, 5, Padding = 2)", false)]
    [InlineData("Conv(6, 1), Conv(16, 5, Stride = 2)", false)]
    [InlineData("Conv(6, 1), Conv(16, 5, Dilation = 2)", false)]
    [InlineData("Conv(6, 1), Conv(16, 5, Groups = 2)", false)]
    [InlineData("Conv(6, 1), Conv(16, 14, 1)", false)]
    [InlineData("Conv(6, 1), ConvTranspose(16, 5)", false)]
    [InlineData("Conv(64, 1), Conv(64, 3, Padding = 1)", false)]
    public void It_has_to_be_worth_it(string layers, bool isWorth) => Assert.Equal(isWorth, Kernel($"[Input(14, 14, 1), {layers}]") is not null);

    /// <summary>Shapes that are computed this way.</summary>
    private static IEnumerable<ConvolutionCase> Shapes()
    {
        var number = 0;
        foreach (var height in new[] { 2, 3, 4, 5, 6, 7 })
        {
            foreach (var width in new[] { 2, 3, 4, 5, 6, 7 })
            {
                for (var channels = 1; channels <= 12; channels++, number++)
                {
                    var window = new Window(height, width)
                    {
                        Top = number % 7 == 3 ? 1 : 0,
                        Left = number % 8 == 2 ? 1 : 0,
                        Bottom = number % 4 == 1 ? 1 : 0,
                        Right = number % 6 == 5 ? 1 : 0,
                    };
                    var shape = ConvolutionCase.Plain(height + 3 + (number % 6), width + 4 + (number % 9), channels, 4 + (number % 23), window) with
                    {
                        IsHwc = number % 2 == 0,
                        HasRelu = number % 3 == 0,
                    };
                    if (number % 5 < 3 && Kernel(shape) is not null)
                        yield return shape;
                }
            }
        }
    }

    private static ConvScatterKernel? Kernel(ConvolutionCase shape) => Kernel(shape.Architecture().Declaration("Network"), isWhole: true);

    private static ConvScatterKernel? Kernel(string declaration, bool isWhole = false) =>
        CompilerPipeline.Lower(Declarations.Network("using Cnn;\n" + (isWhole ? declaration : declaration + " public partial class Network;"))).Training.Backward
            .Select(step => step.Step?.Kernel).OfType<ConvScatterKernel>().FirstOrDefault();
}
