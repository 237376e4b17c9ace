using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Layers;
using Cnn.Generator.Shapes;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Shapes;

/// <summary>Every worked size and count of the lecture.</summary>
public class LectureTests
{
    [Theory]
    [InlineData(6, 1, 3, 0, 1, 1, "4x4x1")] // a 6x6 image and a 3x3 filter
    [InlineData(6, 1, 3, 1, 1, 1, "6x6x1")] // p = (3 - 1) / 2 keeps the size
    [InlineData(6, 1, 5, 2, 1, 1, "6x6x1")] // p = (5 - 1) / 2 keeps the size
    [InlineData(7, 1, 3, 0, 2, 1, "3x3x1")] // stride 2
    [InlineData(6, 3, 3, 0, 1, 1, "4x4x1")] // a volume
    [InlineData(6, 3, 3, 0, 1, 2, "4x4x2")] // two filters
    [InlineData(32, 3, 5, 0, 1, 6, "28x28x6")]
    public void A_convolution_has_the_output_of_the_lecture(
        int size, int channels, int kernel, int padding, int stride, int filters, string output)
    {
        var layer = new ConvLayer(filters, kernel, kernel, stride, PaddingSpec.Of(padding), Bias: true);
        Assert.Equal(output, layer.Infer(Shape.Volume(size, size, channels)).ToString());
    }

    [Fact]
    public void A_filter_of_5x5x3_has_76_parameters_and_six_have_456()
    {
        var image = Shape.Volume(32, 32, 3);
        Assert.Equal(76, new ConvLayer(1, 5, 5, 1, PaddingSpec.Of(0), Bias: true).ParameterCount(image));
        Assert.Equal(456, new ConvLayer(6, 5, 5, 1, PaddingSpec.Of(0), Bias: true).ParameterCount(image));
    }

    [Fact]
    public void The_parameters_of_a_convolution_do_not_depend_on_the_size_of_the_image()
    {
        var layer = new ConvLayer(6, 5, 5, 1, PaddingSpec.Of(0), Bias: true);
        Assert.Equal(layer.ParameterCount(Shape.Volume(32, 32, 3)), layer.ParameterCount(Shape.Volume(500, 300, 3)));
    }

    [Fact]
    public void A_fully_connected_layer_in_place_of_the_convolution_has_14_million_parameters()
    {
        var dense = new DenseLayer(28 * 28 * 6, Bias: true);
        Assert.Equal((4704 * 3072) + 4704, dense.ParameterCount(Shape.Vector(32 * 32 * 3)));
    }

    [Fact]
    public void Pooling_keeps_the_channels()
    {
        Assert.Equal("14x14x6", new PoolLayer(true, 2, 2, PaddingSpec.Of(0)).Infer(Shape.Volume(28, 28, 6)).ToString());
    }

    [Fact]
    public void The_lecture_s_table_comes_out()
    {
        var network = Declarations.Network(Sources.Lecture);
        var rows = network.Nodes
            .Where(node => !node.Layer.IsElementwise && node.Layer is not (FlattenLayer or SoftmaxLayer))
            .Select(node => (node.Name, node.Output.ToString(), node.Output.Length, node.Layer.ParameterCount(node.Input)));
        Assert.Equal(
            [
                ("conv1", "28x28x6", 4704, 456L),
                ("pool1", "14x14x6", 1176, 0),
                ("conv2", "10x10x16", 1600, 2416),
                ("pool2", "5x5x16", 400, 0),
                ("dense1", "120", 120, 48120),
                ("dense2", "84", 84, 10164),
                ("dense3", "10", 10, 850),
            ],
            rows);
        Assert.Equal(3072, network.Input.Length);
        Assert.Equal(651720, network.Nodes.Sum(node => node.Layer.MultiplyAdds(node.Input)));
    }
}
