using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <content>The shapes that arrive at single layers.</content>
public static partial class ErrorCases
{
    /// <summary>Gets faults of layers where the shape that arrives does not suit them.</summary>
    public static TheoryData<string, string, string> OfShapes { get; } = new()
    {
        {
            "CNN0030",
            "[Input(3, 32, 32), Conv(6, 3), Relu, MaxPool([|2|]), Flatten, Dense(10)] public partial class Net;",
            "[MaxPool(2)]: a 2x2 window does not fit the 1x30x6 output of Conv 3x3; the largest that fits is 1, or Padding = 1; "
                + "the order is height, width, channels: [Input(32, 32, 3)]"
        },
        {
            "CNN0030",
            "[Input(12, 12, 6), Conv(6, [|16|], 5), Flatten, Dense(10)] public partial class Net;",
            "[Conv(6, 16, 5)]: a 16x5 kernel does not fit the 12x12x6 input; the largest that fits is 12x5, or Padding = 2; "
                + "the order is filters, kernel: [Conv(16, 5)]"
        },
        {
            "CNN0030",
            "[Input(1, 28, 28), Conv(6, [|5|]), Flatten, Dense(10)] public partial class Net;",
            "[Conv(6, 5)]: a 5x5 kernel does not fit the 1x28x28 input; the largest that fits is 1, or Padding = 2; "
                + "the order is height, width, channels: [Input(28, 28, 1)]"
        },
        {
            "CNN0030",
            "[Input(8, 8, 6), Conv(6, [|3|], Dilation = 4)] public partial class Net;",
            "[Conv(6, 3, Dilation = 4)]: a 3x3 kernel with dilation 4, which spans 9x9, does not fit the 8x8x6 input; "
                + "the largest that fits is 2, or Padding = 1"
        },
        {
            "CNN0030",
            "[Input(8, 8, 6), Conv(7, [|12|], 3, PaddingTop = 2, PaddingBottom = 1)] public partial class Net;",
            "[Conv(7, 12, 3, PaddingTop = 2, PaddingBottom = 1)]: a 12x3 kernel does not fit the 8x8x6 input, padded "
                + "to 11x8 (8 + 2 + 1 by 8 + 2 * 0); the largest that fits is 11x3"
        },
        {
            "CNN0030",
            "[Input(8, 8, 6), MaxPool([|10|], Stride = 2, CeilMode = true)] public partial class Net;",
            "[MaxPool(10, Stride = 2, CeilMode = true)]: a 10x10 window does not fit the 8x8x6 input; the largest "
                + "that fits is 9, or Padding = 1"
        },
        {
            "CNN0031",
            "[Input(8, 8, 6), DepthwiseConv(3, [|InChannels = 4|])] public partial class Net;",
            "[DepthwiseConv(3, InChannels = 4)] expects 4 channels, but [Input(8, 8, 6)] gives 8x8x6: 6 channels; "
                + "write InChannels = 6 or leave it out"
        },
        {
            "CNN0031",
            "[Input(8, 8, 6), ConvTranspose(3, 2, [|InChannels = 4|])] public partial class Net;",
            "[ConvTranspose(3, 2, InChannels = 4)] expects 4 channels, but [Input(8, 8, 6)] gives 8x8x6: 6 channels; "
                + "write InChannels = 6 or leave it out"
        },
        {
            "CNN0032",
            "[Input(8, 8, 6), AvgPool(3, 2, [|PaddingRight = 2|])] public partial class Net;",
            "[AvgPool(3, 2, PaddingRight = 2)]: a padding of 2 is more than half of the 3x2 window (2 * 2 > 2); the most is PaddingRight = 1"
        },
        {
            "CNN0034",
            "[Input(40), [|DepthwiseConv(3)|]] public partial class Net;",
            "[DepthwiseConv(3)] needs a volume (height x width x channels), but [Input(40)] gives a vector of 40; put "
                + "[Reshape(height, width, channels)] before it"
        },
        {
            "CNN0034",
            "[Input(40), [|ConvTranspose(3, 2)|]] public partial class Net;",
            "[ConvTranspose(3, 2)] needs a volume (height x width x channels), but [Input(40)] gives a vector of 40; "
                + "put [Reshape(height, width, channels)] before it"
        },
        {
            "CNN0034",
            "[Input(40), [|GlobalMaxPool|]] public partial class Net;",
            "[GlobalMaxPool] needs a volume (height x width x channels), but [Input(40)] gives a vector of 40; put "
                + "[Reshape(height, width, channels)] before it"
        },
        {
            "CNN0034",
            "[Input(40), [|AdaptiveAvgPool(2)|]] public partial class Net;",
            "[AdaptiveAvgPool(2)] needs a volume (height x width x channels), but [Input(40)] gives a vector of 40; "
                + "put [Reshape(height, width, channels)] before it"
        },
        {
            "CNN0034",
            "[Input(40), [|GroupNorm(2)|]] public partial class Net;",
            "[GroupNorm(2)] needs a volume (height x width x channels), but [Input(40)] gives a vector of 40; put "
                + "[Reshape(height, width, channels)] before it"
        },
        {
            "CNN0034",
            "[Input(40), [|InstanceNorm|]] public partial class Net;",
            "[InstanceNorm] needs a volume (height x width x channels), but [Input(40)] gives a vector of 40; put "
                + "[Reshape(height, width, channels)] before it"
        },
        {
            "CNN0034",
            "[Input(40), [|SpatialDropout(0.5)|]] public partial class Net;",
            "[SpatialDropout(0.5)] needs a volume (height x width x channels), but [Input(40)] gives a vector of 40; "
                + "put [Reshape(height, width, channels)] before it"
        },
        {
            "CNN0034",
            "[Input(40), [|Upsample(2)|]] public partial class Net;",
            "[Upsample(2)] needs a volume (height x width x channels), but [Input(40)] gives a vector of 40; put "
                + "[Reshape(height, width, channels)] before it"
        },
        {
            "CNN0034",
            "[Input(40), [|PixelShuffle(2)|]] public partial class Net;",
            "[PixelShuffle(2)] needs a volume (height x width x channels), but [Input(40)] gives a vector of 40; put "
                + "[Reshape(height, width, channels)] before it"
        },
        {
            "CNN0034",
            "[Input(40), [|Pad(1)|]] public partial class Net;",
            "[Pad(1)] needs a volume (height x width x channels), but [Input(40)] gives a vector of 40; put "
                + "[Reshape(height, width, channels)] before it"
        },
        {
            "CNN0034",
            "[Input(40), [|Crop(1)|]] public partial class Net;",
            "[Crop(1)] needs a volume (height x width x channels), but [Input(40)] gives a vector of 40; put "
                + "[Reshape(height, width, channels)] before it"
        },
        {
            "CNN0036",
            "[Input(8, 8, 6), [|Upsample(int.MaxValue)|]] public partial class Net;",
            "[Upsample(2147483647)] makes an output of 17179869176x17179869176x6 of 1,770,887,429,426,849,513,856 "
                + "elements, but the largest array of floats that fits in 2 GiB has 536,870,911; use a smaller scale"
        },
        {
            "CNN0036",
            "[Input(8, 8, 6), [|Pad(int.MaxValue)|]] public partial class Net;",
            "[Pad(2147483647)] makes an output of 4294967302x4294967302x6 of 110,680,464,751,494,955,224 elements, "
                + "but the largest array of floats that fits in 2 GiB has 536,870,911; pad less"
        },
        {
            "CNN0036",
            "[Input(8, 8, 6), DepthwiseConv(3, [|Multiplier = int.MaxValue|])] public partial class Net;",
            "[DepthwiseConv(3, Multiplier = 2147483647)] makes an output of 6x6x12884901882 of 463,856,467,752 "
                + "elements, but the largest array of floats that fits in 2 GiB has 536,870,911; use a smaller multiplier "
                + "or a larger stride"
        },
        {
            "CNN0036",
            "[Input(8, 8, 6), [|ConvTranspose(int.MaxValue, int.MaxValue, Stride = int.MaxValue, Dilation = "
                + "int.MaxValue)|]] public partial class Net;",
            "[ConvTranspose(2147483647, 2147483647, Stride = 2147483647, Dilation = 2147483647)] makes an output, "
                + "before the padding is taken away, of 4611686027017322492x4611686027017322492x2147483647 of "
                + "45,671,926,315,464,251,721,775,728,603,142,794,481,630,183,408 elements, but the largest array of floats "
                + "that fits in 2 GiB has 536,870,911; use fewer filters or a smaller stride"
        },
        {
            "CNN0036",
            "[Input(8, 8, 6), [|AdaptiveAvgPool(int.MaxValue)|]] public partial class Net;",
            "[AdaptiveAvgPool(2147483647)] makes an output of 2147483647x2147483647x6 of 27,670,116,084,794,523,654 "
                + "elements, but the largest array of floats that fits in 2 GiB has 536,870,911; use a smaller size"
        },
        {
            "CNN0036",
            "[Input(8, 8, 6), Conv(6, int.MaxValue, Dilation = int.MaxValue, [|Padding = Padding.Same|])] public "
                + "partial class Net;",
            "[Conv(6, 2147483647, Dilation = 2147483647, Padding = Padding.Same)] makes a padded input of "
                + "4611686011984936970x4611686011984936970x6 of 127,605,887,238,825,193,287,009,325,049,236,685,400 "
                + "elements, but the largest array of floats that fits in 2 GiB has 536,870,911; use a smaller kernel"
        },
        {
            "CNN0041",
            "[Input(8, 8, 6), Conv(8, 3, [|Groups = 3|])] public partial class Net;",
            "[Conv(8, 3, Groups = 3)]: 3 groups do not divide the 8 filters, for 8 / 3 leaves a rest of 2; the next "
                + "smaller number that does is 2"
        },
        {
            "CNN0041",
            "[Input(8, 8, 6), Conv(8, 3, [|Groups = 4|])] public partial class Net;",
            "[Conv(8, 3, Groups = 4)]: 4 groups do not divide the 6 channels of the 8x8x6 input, for 6 / 4 leaves a "
                + "rest of 2; the next smaller number that does is 3"
        },
        {
            "CNN0041",
            "[Input(8, 8, 6), ConvTranspose(8, 2, [|Groups = 4|])] public partial class Net;",
            "[ConvTranspose(8, 2, Groups = 4)]: 4 groups do not divide the 6 channels of the 8x8x6 input, for 6 / 4 "
                + "leaves a rest of 2; the next smaller number that does is 3"
        },
        {
            "CNN0041",
            "[Input(8, 8, 6), GroupNorm([|32|])] public partial class Net;",
            "[GroupNorm(32)]: 32 groups do not divide the 6 channels of the 8x8x6 input, for 6 / 32 leaves a rest of "
                + "6; the next smaller number that does is 6"
        },
        {
            "CNN0045",
            "[Input(8, 8, 6), Crop([|4|])] public partial class Net;",
            "[Crop(4)] leaves nothing of the height, for 8 - 4 - 4 = 0; crop 7 of it at most"
        },
        {
            "CNN0045",
            "[Input(8, 8, 6), Crop(0, [|3|], 0, 7)] public partial class Net;",
            "[Crop(0, 3, 0, 7)] leaves nothing of the width, for 8 - 3 - 7 = -2; crop 7 of it at most"
        },
        {
            "CNN0045",
            "[Input(8, 8, 6), ConvTranspose(3, 3, [|Padding = 5|])] public partial class Net;",
            "[ConvTranspose(3, 3, Padding = 5)] leaves nothing of the height, for 10 - 5 - 5 = 0; pad 9 of it at most"
        },
        {
            "CNN0046",
            "[Input(8, 8, 6), [|Reshape(4, 4, 6)|]] public partial class Net;",
            "[Reshape(4, 4, 6)]: 4x4x6 has 96 elements, but the 8x8x6 input has 384; write a shape of as many"
        },
        {
            "CNN0046",
            "[Input(8, 8, 6), [|Reshape(385)|]] public partial class Net;",
            "[Reshape(385)]: 385 has 385 elements, but the 8x8x6 input has 384; write a shape of as many"
        },
        {
            "CNN0047",
            "[Input(8, 8, 6), Pad([|8|], Mode = PadMode.Reflect)] public partial class Net;",
            "[Pad(8, Mode = PadMode.Reflect)]: a mirror image of 8 rows does not fit the 8x8x6 input, which has 8 "
                + "rows of which the outermost is not repeated; the most is 7"
        },
        {
            "CNN0047",
            "[Input(8, 8, 6), Pad(1, 1, 1, [|9|], Mode = PadMode.Reflect)] public partial class Net;",
            "[Pad(1, 1, 1, 9, Mode = PadMode.Reflect)]: a mirror image of 9 columns does not fit the 8x8x6 input, "
                + "which has 8 columns of which the outermost is not repeated; the most is 7"
        },
        {
            "CNN0048",
            "[Input(8, 8, 6), Conv(6, 3, Name = \"a\"), MaxPool(2), Add([|\"a\"|])] public partial class Net;",
            "[Add(\"a\")]: 3x3x6 from pool1 (MaxPool 2) and 6x6x6, named \"a\", do not match, for a sum takes equal shapes; "
                + "write [MaxPool(2, From = \"a\"), Add(\"pool1\")] in its place, which brings \"a\" to 3x3x6"
        },
        {
            "CNN0048",
            "[Input(8, 8, 6), Conv(5, 3, Name = \"a\"), Conv(6, 1, Padding = 1), Concat([|\"a\"|])] public partial class "
                + "Net;",
            "[Concat(\"a\")]: 8x8x6 from conv1 (Conv 1x1) and 6x6x5, named \"a\", do not match, for volumes of one height "
                + "and width are joined; put [Crop(1)] before it, which gives 6x6x6"
        },
        {
            "CNN0048",
            "[Input(8, 8, 6), Conv(6, 3, Name = \"a\"), GlobalAvgPool, Conv(5, 1), Multiply([|\"a\"|])] public partial "
                + "class Net;",
            "[Multiply(\"a\")]: 1x1x5 from conv1 (Conv 1x1) and 6x6x6, named \"a\", do not match, for a product takes "
                + "equal shapes, or volumes and gates of 1x1 with as many channels; put [Conv(6, 1)] before it, which gives 1x1x6"
        },
        {
            "CNN0048",
            "[Input(8, 8, 6), Conv(6, 3, Name = \"a\"), Flatten, Concat([|\"a\"|])] public partial class Net;",
            "[Concat(\"a\")]: 216 from flatten1 (Flatten) and 6x6x6, named \"a\", do not match, for a vector is joined "
                + "with vectors; write [Flatten(From = \"a\"), Concat(\"flatten1\")] in its place, which brings \"a\" to 216"
        },
        {
            "CNN0082",
            "[Input(2, 9, 1), MaxPool(3, Stride = 4, [|Dilation = 3|], Padding = 1, CeilMode = true)] public partial "
                + "class Net;",
            "[MaxPool(3, Stride = 4, Dilation = 3, Padding = 1, CeilMode = true)]: a window that starts 1 row before "
                + "the input steps over all of its 2 rows with a dilation of 3, so that it pools nothing; the largest "
                + "dilation is 2"
        },
        {
            "CNN0083",
            "[Input(1, 1, 6), [|InstanceNorm|]] public partial class Net;",
            "[InstanceNorm] has nothing to normalise in the 1x1x6 input, of which each channel has one element, so "
                + "that every element would become its bias; remove it or put it where more arrives"
        },
        {
            "CNN0083",
            "[Input(1, 1, 6), [|GroupNorm(6)|]] public partial class Net;",
            "[GroupNorm(6)] has nothing to normalise in the 1x1x6 input, of which each group has one element, so that "
                + "every element would become its bias; remove it or put it where more arrives"
        },
        {
            "CNN0083",
            "[Input(8, 8, 1), [|LayerNorm|]] public partial class Net;",
            "[LayerNorm] has nothing to normalise in the 8x8x1 input, which has one channel a pixel, so that every "
                + "element would become its bias; remove it or put it where more arrives"
        },
        {
            "CNN0084",
            "[Input(8, 8, 6), PixelShuffle([|2|])] public partial class Net;",
            "[PixelShuffle(2)]: 2 * 2 = 4 does not divide the 6 channels of the 8x8x6 input; give it 4 or 8 channels"
        },
    };
}
