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
    [InlineData(
        "Conv(6, 5, StrideWidth = 2, DilationHeight = 2, Padding = 3, PaddingTop = 0)",
        "Conv 5x5",
        "5x5 convolution with stride 1x2, dilation 2x1 and padding 0/3/3/3 (top/left/bottom/right), 28x28x1 -> 23x15x6, 156 parameters")]
    [InlineData(
        "Conv(6, 1), Conv(4, 3, Groups = 2)",
        "Conv 3x3",
        "3x3 convolution in 2 groups with stride 1 and no padding, 28x28x6 -> 26x26x4, 112 parameters")]
    [InlineData(
        "DepthwiseConv(3, Multiplier = 2, Bias = false)",
        "DepthwiseConv 3x3",
        "3x3 depthwise convolution, 2 filters a channel, without bias with stride 1 and no padding, 28x28x1 -> 26x26x2, 18 parameters")]
    [InlineData(
        "ConvTranspose(6, 2, Stride = 2)",
        "ConvTranspose 2x2",
        "2x2 transposed convolution with stride 2 and no padding, 28x28x1 -> 56x56x6, 30 parameters")]
    [InlineData(
        "MaxPool(3, 2, CeilMode = true)",
        "MaxPool 3x2",
        "3x2 max pooling with stride 3x2 and no padding, rounded up, 28x28x1 -> 10x14x1")]
    [InlineData(
        "AvgPool(3, Padding = 1, CountIncludePad = false)",
        "AvgPool 3",
        "3x3 average pooling with stride 3 and padding 1 that does not count, 28x28x1 -> 10x10x1")]
    [InlineData("GlobalAvgPool", "GlobalAvgPool", "the mean of each channel, 28x28x1 -> 1x1x1")]
    [InlineData("GlobalMaxPool", "GlobalMaxPool", "the largest of each channel, 28x28x1 -> 1x1x1")]
    [InlineData("AdaptiveAvgPool(7)", "AdaptiveAvgPool 7", "average pooling to 7x7, 28x28x1 -> 7x7x1")]
    [InlineData("BatchNorm", "BatchNorm", "batch normalisation with epsilon 1E-05, 28x28x1, 2 parameters")]
    [InlineData(
        "LayerNorm(WholeSample = true, Epsilon = 0.001)",
        "LayerNorm",
        "layer normalisation with epsilon 0.001 over the whole volume, 28x28x1, 1,568 parameters")]
    [InlineData(
        "GroupNorm(1, Affine = false)",
        "GroupNorm 1",
        "normalisation of 1 group of channels without weight and bias with epsilon 1E-05, 28x28x1, 0 parameters")]
    [InlineData("InstanceNorm", "InstanceNorm", "normalisation of each channel with epsilon 1E-05, 28x28x1, 0 parameters")]
    [InlineData("PRelu", "PRelu", "x for x > 0, otherwise w x with a trainable w, 28x28x1, 1 parameter")]
    [InlineData("Elu(0.5)", "Elu 0.5", "x for x > 0, otherwise 0.5 (exp(x) - 1), of each element, 28x28x1")]
    [InlineData("Gelu(Tanh = true)", "Gelu tanh", "x / 2 * (1 + tanh(0.79788 (x + 0.044715 x^3))) of each element, 28x28x1")]
    [InlineData("Softplus(Beta = 2)", "Softplus 2, 20", "ln(1 + exp(2 x)) / 2 of each element, 28x28x1")]
    [InlineData("Clip(-1, 0.5)", "Clip -1, 0.5", "min(max(x, -1), 0.5) of each element, 28x28x1")]
    [InlineData("LogSoftmax", "LogSoftmax", "logarithm of softmax, x[i] - ln(sum of exp(x[j])) over the channels of each pixel, 28x28x1")]
    [InlineData("Upsample(2, Mode = Upsampling.Bilinear)", "Upsample 2 bilinear", "bilinear upsampling, 28x28x1 -> 56x56x1")]
    [InlineData("Conv(4, 1), PixelShuffle(2)", "PixelShuffle 2", "channels turned to pixels, 28x28x4 -> 56x56x1")]
    [InlineData("Pad(1, 2, 1, 2, Mode = PadMode.Reflect)", "Pad 1/2/1/2", "padded with its mirror image, 28x28x1 -> 30x32x1")]
    [InlineData("Pad(1, Value = 0.5)", "Pad 1", "padded with 0.5, 28x28x1 -> 30x30x1")]
    [InlineData("Crop(4)", "Crop 4", "cropped, 28x28x1 -> 20x20x1")]
    [InlineData("Reshape(14, 14, 4)", "Reshape 14x14x4", "read as another shape, 28x28x1 -> 14x14x4")]
    [InlineData("Relu, Add(\"input\")", "Add input", "the sum with input, 28x28x1")]
    [InlineData(
        "Conv(2, 1), Concat(\"input\", \"conv1\")",
        "Concat input, conv1",
        "joined with input and conv1, 28x28x2 + 28x28x1 + 28x28x2 -> 28x28x5")]
    [InlineData("GlobalAvgPool, Multiply(\"input\")", "Multiply input", "the product with input, 1x1x1 over 28x28x1")]
    public void A_layer_describes_itself(string layers, string title, string description)
    {
        var node = Shaped.Last("[Input(28, 28, 1), " + layers + "]");
        Assert.Equal(title, node.Layer.Title);
        Assert.Equal(description, node.Layer.Describe(node.Inputs));
    }
}
