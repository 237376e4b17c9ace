using Cnn.Generator.Layers;
using Xunit;

namespace Cnn.Generator.Tests.Layers;

/// <summary>The output shapes of the layers that are no convolution.</summary>
public class ShapeTests
{
    [Theory]
    [InlineData("[Input(7, 9, 4), MaxPool(2, 3)]", "3x3x4")]
    [InlineData("[Input(7, 9, 4), MaxPool(2, CeilMode = true)]", "4x5x4")]
    [InlineData("[Input(7, 9, 4), MaxPool(2, Stride = 1, Dilation = 3)]", "4x6x4")]
    [InlineData("[Input(7, 9, 4), MaxPool(3, StrideWidth = 1)]", "2x7x4")]
    [InlineData("[Input(7, 9, 4), AvgPool(3, 2, Padding = 0, PaddingTop = 1)]", "2x4x4")]
    [InlineData("[Input(7, 9, 4), GlobalAvgPool]", "1x1x4")]
    [InlineData("[Input(7, 9, 4), GlobalMaxPool]", "1x1x4")]
    [InlineData("[Input(7, 9, 4), AdaptiveAvgPool(3)]", "3x3x4")]
    [InlineData("[Input(7, 9, 4), AdaptiveAvgPool(8, 2)]", "8x2x4")]
    [InlineData("[Input(7, 9, 4), Upsample(2, 3)]", "14x27x4")]
    [InlineData("[Input(7, 9, 4), Upsample(2, Mode = Upsampling.Bilinear, AlignCorners = true)]", "14x18x4")]
    [InlineData("[Input(7, 9, 4), PixelShuffle(2)]", "14x18x1")]
    [InlineData("[Input(7, 9, 4), Pad(2)]", "11x13x4")]
    [InlineData("[Input(7, 9, 4), Pad(1, 2, 3, 4, Mode = PadMode.Reflect)]", "11x15x4")]
    [InlineData("[Input(7, 9, 4), Crop(2)]", "3x5x4")]
    [InlineData("[Input(7, 9, 4), Crop(1, 0, 2, 8)]", "4x1x4")]
    [InlineData("[Input(7, 9, 4), Reshape(3, 3, 28)]", "3x3x28")]
    [InlineData("[Input(7, 9, 4), Reshape(252)]", "252")]
    [InlineData("[Input(252), Reshape(7, 9, 4)]", "7x9x4")]
    [InlineData("[Input(252), LayerNorm, Gelu, LogSoftmax]", "252")]
    [InlineData("[Input(7, 9, 4), Softmax]", "7x9x4")]
    [InlineData("[Input(7, 9, 4), Conv(5, 1, Name = \"a\"), Conv(5, 1), Add(\"a\")]", "7x9x5")]
    [InlineData("[Input(7, 9, 4), Relu, Add(\"input\", \"input\")]", "7x9x4")]
    [InlineData("[Input(7, 9, 4), Conv(5, 1), Concat(\"input\", \"conv1\")]", "7x9x14")]
    [InlineData("[Input(6), Dense(3), Concat(\"input\")]", "9")]
    [InlineData("[Input(7, 9, 4), GlobalAvgPool, Sigmoid, Multiply(\"input\")]", "7x9x4")]
    [InlineData("[Input(7, 9, 4), GlobalAvgPool(Name = \"gate\"), Relu(From = \"input\"), Multiply(\"gate\")]", "7x9x4")]
    [InlineData("[Input(1, 1, 4), Relu, Multiply(\"input\")]", "1x1x4")]
    public void A_layer_has_this_output(string declaration, string output)
    {
        Assert.Equal(output, Shaped.Last(declaration).Output.ToString());
    }

    [Theory]
    [InlineData("Relu", true, false)]
    [InlineData("Clip(-1, 1)", true, true)]
    [InlineData("Softplus", true, true)]
    [InlineData("HardSigmoid", true, false)]
    [InlineData("Elu", true, false)]
    [InlineData("Gelu", false, true)]
    [InlineData("Gelu(Tanh = true)", false, true)]
    [InlineData("Silu", false, true)]
    [InlineData("Mish", false, true)]
    [InlineData("HardSwish", false, true)]
    public void A_function_that_falls_somewhere_does_not_commute_with_a_maximum(string layer, bool isMonotonic, bool readsInput)
    {
        var activation = (ActivationLayer)Shaped.Last("[Input(6), " + layer + "]").Layer;
        Assert.Equal((isMonotonic, readsInput), (activation.IsMonotonic, activation.DerivativeReadsInput));
    }

    [Theory]
    [InlineData("Pad(0)")]
    [InlineData("Crop(0)")]
    [InlineData("Upsample(1)")]
    [InlineData("PixelShuffle(1)")]
    [InlineData("AdaptiveAvgPool(2, 3)")]
    [InlineData("AvgPool(1)")]
    [InlineData("SpatialDropout(0.5)")]
    public void A_layer_that_changes_nothing_at_inference_says_so(string layer)
    {
        var node = Shaped.Last("[Input(2, 3, 4), " + layer + "]");
        Assert.True(node.Layer.IsIdentityAtInference(node.Input));
        Assert.Equal(node.Input, node.Output);
    }

    [Theory]
    [InlineData("Pad(0, 1, 0, 0)")]
    [InlineData("Crop(0, 0, 1, 0)")]
    [InlineData("Upsample(1, 2)")]
    [InlineData("PixelShuffle(2)")]
    [InlineData("AdaptiveAvgPool(2)")]
    [InlineData("AvgPool(2)")]
    [InlineData("BatchNorm")]
    public void A_layer_that_changes_something_at_inference_does_not_say_so(string layer)
    {
        var node = Shaped.Last("[Input(2, 3, 4), " + layer + "]");
        Assert.False(node.Layer.IsIdentityAtInference(node.Input));
    }
}
