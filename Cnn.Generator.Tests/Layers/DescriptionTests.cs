using System.Linq;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Layers;

public class DescriptionTests
{
    [Theory]
    [InlineData("Conv(6, 5, Padding = 2)", "Conv 5x5", "5x5 convolution with stride 1 and padding 2, 28x28x1 -> 28x28x6, 156 parameters")]
    [InlineData("Conv(6, 5, 3)", "Conv 5x3", "5x3 convolution with stride 1 and no padding, 28x28x1 -> 24x26x6, 96 parameters")]
    [InlineData(
        "Conv(6, 5, Bias = false)",
        "Conv 5x5",
        "5x5 convolution without bias with stride 1 and no padding, 28x28x1 -> 24x24x6, 150 parameters")]
    [InlineData(
        "Conv(6, 4, Padding = Padding.Same)",
        "Conv 4x4",
        "4x4 convolution with stride 1 and padding 1/1/2/2 (top/left/bottom/right), 28x28x1 -> 28x28x6, 102 parameters")]
    [InlineData("MaxPool(2)", "MaxPool 2", "2x2 max pooling with stride 2 and no padding, 28x28x1 -> 14x14x1")]
    [InlineData("AvgPool(3, Stride = 1, Padding = 1)", "AvgPool 3", "3x3 average pooling with stride 1 and padding 1, 28x28x1 -> 28x28x1")]
    [InlineData("Flatten", "Flatten", "the volume read as a vector, 28x28x1 -> 784")]
    [InlineData("Flatten, Dense(1000)", "Dense 1000", "fully connected, 784 -> 1000, 785,000 parameters")]
    [InlineData("Flatten, Dense(10, Bias = false)", "Dense 10", "fully connected without bias, 784 -> 10, 7,840 parameters")]
    [InlineData("Relu", "Relu", "max(x, 0) of each element, 28x28x1")]
    [InlineData("LeakyRelu(0.25)", "LeakyRelu 0.25", "x for x > 0, otherwise 0.25 x, of each element, 28x28x1")]
    [InlineData("LeakyRelu", "LeakyRelu 0.01", "x for x > 0, otherwise 0.01 x, of each element, 28x28x1")]
    [InlineData("Sigmoid", "Sigmoid", "1 / (1 + exp(-x)) of each element, 28x28x1")]
    [InlineData("Tanh", "Tanh", "tanh(x) of each element, 28x28x1")]
    [InlineData("Dropout(0.5)", "Dropout 0.5", "dropout with rate 0.5 in training, nothing at inference, 28x28x1")]
    [InlineData("Flatten, Softmax", "Softmax", "softmax, exp(x[i]) / sum of exp(x[j]), 784")]
    public void A_layer_describes_itself(string layers, string title, string description)
    {
        var node = Declarations.Network("using Cnn;\n[Input(28, 28, 1), " + layers + "] partial class Net;").Nodes.Last();
        Assert.Equal(title, node.Layer.Title);
        Assert.Equal(description, node.Layer.Describe(node.Input));
    }
}
