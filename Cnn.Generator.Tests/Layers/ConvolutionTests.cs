using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Layers;
using Cnn.Generator.Shapes;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;

namespace Cnn.Generator.Tests.Layers;

/// <summary>Shapes, parameters and counts of every form of convolution.</summary>
public class ConvolutionTests
{
    /// <summary>Shapes that torch.nn.Conv2d and torch.nn.ConvTranspose2d give, worked by hand from their formulas.</summary>
    [Theory]
    [InlineData("[Input(8, 10, 3), Conv(4, 3, 5)]", "6x6x4")]
    [InlineData("[Input(8, 10, 3), Conv(4, 3, StrideHeight = 2)]", "3x8x4")]
    [InlineData("[Input(8, 10, 3), Conv(4, 3, Stride = 3, StrideWidth = 1)]", "2x8x4")]
    [InlineData("[Input(8, 10, 3), Conv(4, 3, Dilation = 2)]", "4x6x4")]
    [InlineData("[Input(8, 10, 3), Conv(4, 3, Dilation = 2, DilationHeight = 3)]", "2x6x4")]
    [InlineData("[Input(8, 10, 3), Conv(4, 3, PaddingTop = 1, PaddingRight = 2)]", "7x10x4")]
    [InlineData("[Input(8, 10, 3), Conv(4, 3, Padding = 2, PaddingLeft = 0)]", "10x10x4")]
    [InlineData("[Input(8, 10, 3), Conv(4, 3, Dilation = 2, Padding = Padding.Same, Stride = 2)]", "4x5x4")]
    [InlineData("[Input(49, 10, 1), Conv(64, 10, 4, Stride = 2, Padding = Padding.Same)]", "25x5x64")]
    [InlineData("[Input(8, 10, 6), Conv(4, 3, Groups = 2)]", "6x8x4")]
    [InlineData("[Input(8, 10, 6), DepthwiseConv(3, Padding = 1)]", "8x10x6")]
    [InlineData("[Input(8, 10, 6), DepthwiseConv(3, 1, Stride = 2, Multiplier = 2)]", "3x5x12")]
    [InlineData("[Input(8, 10, 6), ConvTranspose(4, 2, Stride = 2)]", "16x20x4")]
    [InlineData("[Input(8, 10, 6), ConvTranspose(4, 3, Stride = 2, Padding = 1)]", "15x19x4")]
    [InlineData("[Input(8, 10, 6), ConvTranspose(4, 3, Stride = 2, Padding = 1, OutputPadding = 1)]", "16x20x4")]
    [InlineData("[Input(8, 10, 6), ConvTranspose(4, 3, 2, Dilation = 3, StrideWidth = 3)]", "14x31x4")]
    [InlineData("[Input(8, 10, 6), ConvTranspose(4, 3, Stride = 3, OutputPaddingHeight = 2, PaddingTop = 1, PaddingRight = 2)]", "25x28x4")]
    [InlineData("[Input(1, 1, 6), ConvTranspose(4, 1)]", "1x1x4")]
    public void A_convolution_has_the_shape_of_PyTorch(string declaration, string output)
    {
        Assert.Equal(output, Shaped.Last(declaration).Output.ToString());
    }

    /// <summary>The canonical dimensions, and how many inputs feed an output and outputs an input.</summary>
    [Theory]
    [InlineData("[Input(8, 8, 6), Conv(4, 3, 5)]", "weight [4, 6, 3, 5] 90/60; bias [4] 0/0")]
    [InlineData("[Input(8, 8, 6), Conv(4, 3, Groups = 2, Bias = false)]", "weight [4, 3, 3, 3] 27/18")]
    [InlineData("[Input(8, 8, 6), Conv(12, 1, Groups = 6)]", "weight [12, 1, 1, 1] 1/2; bias [12] 0/0")]
    [InlineData("[Input(8, 8, 6), DepthwiseConv(3, Multiplier = 2)]", "weight [12, 1, 3, 3] 9/18; bias [12] 0/0")]
    [InlineData("[Input(8, 8, 6), DepthwiseConv(5, 3, Bias = false)]", "weight [6, 1, 5, 3] 15/15")]
    [InlineData("[Input(8, 8, 6), ConvTranspose(4, 2, Stride = 2)]", "weight [6, 4, 2, 2] 6/16; bias [4] 0/0")]
    [InlineData("[Input(8, 8, 6), ConvTranspose(4, 3, Stride = 2)]", "weight [6, 4, 3, 3] 24/36; bias [4] 0/0")]
    [InlineData("[Input(8, 8, 6), ConvTranspose(4, 3, Groups = 2, Bias = false)]", "weight [6, 2, 3, 3] 27/18")]
    [InlineData("[Input(8, 8, 6), ConvTranspose(4, 3, Stride = 2, Dilation = 2, Bias = false)]", "weight [6, 4, 3, 3] 54/36")]
    public void Its_parameters_are_those_of_PyTorch(string declaration, string parameters)
    {
        var node = Shaped.Last(declaration);
        Assert.Equal(
            parameters,
            string.Join("; ", node.Layer.Parameters(node.Input)
                .Select(tensor => $"{tensor.Suffix} [{string.Join(", ", tensor.Dimensions)}] {tensor.FanIn}/{tensor.FanOut}")));
    }

    [Theory]
    [InlineData("[Input(8, 8, 6), Conv(4, 3)]", 36 * 4 * 6 * 9)]
    [InlineData("[Input(8, 8, 6), Conv(4, 3, Groups = 2)]", 36 * 4 * 3 * 9)]
    [InlineData("[Input(8, 8, 6), Conv(4, 3, Dilation = 3)]", 4 * 4 * 6 * 9)]
    [InlineData("[Input(8, 8, 6), DepthwiseConv(3, Padding = 1, Multiplier = 2)]", 64 * 12 * 9)]
    [InlineData("[Input(8, 8, 6), ConvTranspose(4, 3, Stride = 2)]", 64 * 6 * 4 * 9)]
    [InlineData("[Input(8, 8, 6), ConvTranspose(4, 3, Stride = 2, Groups = 2)]", 64 * 6 * 2 * 9)]
    [InlineData("[Input(8, 8, 6), BatchNorm]", 0)]
    [InlineData("[Input(8, 8, 6), GlobalAvgPool]", 0)]
    public void Its_multiply_adds_are_those_of_its_group_of_channels(string declaration, long multiplyAdds)
    {
        var node = Shaped.Last(declaration);
        Assert.Equal(multiplyAdds, node.Layer.MultiplyAdds(node.Input));
    }

    /// <summary>A convolution with the same window takes the output of a transposed one back to the size of its input.</summary>
    [Fact]
    public void A_transposed_convolution_undoes_the_size_of_a_convolution()
    {
        var draws =
            from size in Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12])
            from kernel in Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5])
            from stride in Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4])
            from dilation in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3])
            from sides in Gen.Int[0, 2].Array[4]
            from rest in Gen.Select(Gen.Int[0, stride.Item1 - 1], Gen.Int[0, stride.Item2 - 1])
            let padding = PaddingSpec.Of(sides[0], sides[1], sides[2], sides[3])
            let spec = new WindowSpec(kernel.Item1, kernel.Item2, stride.Item1, stride.Item2, padding)
            {
                DilationHeight = dilation.Item1,
                DilationWidth = dilation.Item2,
            }
            select (
                Layer: new ConvTransposeLayer(2, spec, rest.Item1, rest.Item2, 1, true),
                Input: Shape.Volume(size.Item1, size.Item2, 3));
        draws.Where(draw => draw.Layer.Infer(draw.Input) is { Height: > 0, Width: > 0 }).ForAll(draw =>
        {
            var output = draw.Layer.Infer(draw.Input);
            var back = new ConvLayer(3, draw.Layer.Spec, 1, true).Infer(output);
            Assert.Equal(draw.Input, back);
        });
    }

    [Fact]
    public void A_depthwise_convolution_is_one_with_as_many_groups_as_channels()
    {
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 3], Gen.Int[1, 3]).ForAll((channels, multiplier, kernel) =>
        {
            var input = Shape.Volume(7, 5, channels);
            var spec = WindowSpec.Square(kernel, 1, PaddingSpec.Of(1));
            Layer depthwise = new DepthwiseConvLayer(spec, multiplier, true);
            Layer grouped = new ConvLayer(channels * multiplier, spec, channels, true);
            Assert.Equal(grouped.Infer(input), depthwise.Infer(input));
            Assert.Equal(grouped.Parameters(input), depthwise.Parameters(input));
            Assert.Equal(grouped.MultiplyAdds(input), depthwise.MultiplyAdds(input));
        });
    }
}
