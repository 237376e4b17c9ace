using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Shapes;

public class ShapeWalkTests
{
    [Fact]
    public void Nodes_are_numbered_by_stem_and_keep_the_place_of_their_declaration()
    {
        var network = Declarations.Network(
            "using Cnn;\n[Input(12, 12, 2), Conv(3, 3), Tanh, MaxPool(2), Conv(4, 2), LeakyRelu, AvgPool(2), "
                + "Dropout(0.1), Flatten, Dense(5), Tanh, Dense(2), Softmax] partial class Net;");
        Assert.Equal(
            ["conv1", "tanh1", "pool1", "conv2", "leakyrelu1", "pool2", "dropout1", "flatten1", "dense1", "tanh2", "dense2", "softmax1"],
            network.Nodes.Select(node => node.Name));
        Assert.Equal(Enumerable.Range(0, 12), network.Nodes.Select(node => node.Source));
    }

    [Theory]
    [InlineData("Conv(6, 3)", "26x24x6")]
    [InlineData("Conv(6, 3, 5)", "26x22x6")]
    [InlineData("Conv(6, 1)", "28x26x6")]
    [InlineData("Conv(6, 28, 26)", "1x1x6")]
    [InlineData("Conv(6, 5, Padding = 2)", "28x26x6")]
    [InlineData("Conv(6, 5, Padding = Padding.Same)", "28x26x6")]
    [InlineData("Conv(6, 4, Padding = Padding.Same)", "28x26x6")]
    [InlineData("Conv(6, 3, Stride = 2, Padding = Padding.Same)", "14x13x6")]
    [InlineData("Conv(6, 3, Stride = 3, Padding = Padding.Valid)", "9x8x6")]
    [InlineData("Conv(6, 3, InChannels = 3, Bias = false)", "26x24x6")]
    [InlineData("MaxPool(2)", "14x13x3")]
    [InlineData("AvgPool(4)", "7x6x3")]
    [InlineData("MaxPool(3, Stride = 2, Padding = 1)", "14x13x3")]
    [InlineData("MaxPool(3, Stride = 1)", "26x24x3")]
    [InlineData("AvgPool(2, Padding = Padding.Same)", "14x13x3")]
    [InlineData("Relu", "28x26x3")]
    [InlineData("Dropout(0.5)", "28x26x3")]
    [InlineData("Flatten", "2184")]
    [InlineData("Flatten, Dense(7)", "7")]
    [InlineData("Flatten, Dense(7, Bias = false), Softmax", "7")]
    [InlineData("Flatten, Sigmoid, Dropout(0)", "2184")]
    public void Layers_give_these_shapes(string layers, string output)
    {
        var network = Declarations.Network("using Cnn;\n[Input(28, 26, 3), " + layers + "] partial class Net;");
        Assert.Equal(output, network.Output.ToString());
        Assert.Empty(NetworkVerifier.Verify(network));
    }

    [Theory]
    [InlineData("", VolumeLayout.Hwc)]
    [InlineData(", Layout = Layout.Hwc", VolumeLayout.Hwc)]
    [InlineData(", Layout = Layout.Chw", VolumeLayout.Chw)]
    public void The_layout_is_read(string argument, object layout)
    {
        var network = Declarations.Network("using Cnn;\n[Input(4, 4, 2" + argument + "), Flatten] partial class Net;");
        Assert.Equal((VolumeLayout)layout, network.Layout);
    }
}
