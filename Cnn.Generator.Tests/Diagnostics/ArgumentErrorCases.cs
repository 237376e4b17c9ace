using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <content>The arguments of single layers.</content>
public static partial class ErrorCases
{
    /// <summary>Gets faults of arguments that no input makes legal.</summary>
    public static TheoryData<string, string, string> OfArguments { get; } = new()
    {
        {
            "CNN0020",
            "[Input(8, 8, 6), Conv(6, 3), Budget(ArenaBytes = 1_000_000, [|MultiplyAdds = 0|])] public partial class Net;",
            "[Budget(ArenaBytes = 1000000, MultiplyAdds = 0)]: MultiplyAdds is 0, but must be at least 1"
        },
        {
            "CNN0020",
            "[Budget([|WeightBytes = -1|])] [Input(8, 8, 6), Conv(6, 3)] public partial class Net;",
            "[Budget(WeightBytes = -1)]: WeightBytes is -1, but must be at least 1"
        },
        {
            "CNN0040",
            "[Input(8, 8, 6), Conv(6, 3), Memory([|StackLimit = -1|])] public partial class Net;",
            "[Memory(StackLimit = -1)]: the limit of the stack is -1, but must be from 0 to 1,048,576"
        },
        {
            "CNN0040",
            "[Memory([|StackLimit = 1 << 21|])] [Input(8, 8, 6), Conv(6, 3)] public partial class Net;",
            "[Memory(StackLimit = 2097152)]: the limit of the stack is 2097152, but must be from 0 to 1,048,576"
        },
        {
            "CNN0020",
            "[Input(8, 8, 6), Conv(6, 3, [|StrideHeight = 0|])] public partial class Net;",
            "[Conv(6, 3, StrideHeight = 0)]: StrideHeight is 0, but must be at least 1"
        },
        {
            "CNN0020",
            "[Input(8, 8, 6), Conv(6, 3, [|Dilation = 0|])] public partial class Net;",
            "[Conv(6, 3, Dilation = 0)]: the dilation is 0, but must be at least 1"
        },
        {
            "CNN0020",
            "[Input(8, 8, 6), Conv(6, 3, [|Groups = -1|])] public partial class Net;",
            "[Conv(6, 3, Groups = -1)]: the number of groups is -1, but must be at least 1"
        },
        {
            "CNN0020",
            "[Input(8, 8, 6), DepthwiseConv(3, [|Multiplier = 0|])] public partial class Net;",
            "[DepthwiseConv(3, Multiplier = 0)]: the multiplier is 0, but must be at least 1"
        },
        {
            "CNN0020",
            "[Input(8, 8, 6), DepthwiseConv(3, [|0|])] public partial class Net;",
            "[DepthwiseConv(3, 0)]: the width of the kernel is 0, but must be at least 1"
        },
        {
            "CNN0020",
            "[Input(8, 8, 6), ConvTranspose([|0|], 2)] public partial class Net;",
            "[ConvTranspose(0, 2)]: the number of filters is 0, but must be at least 1"
        },
        {
            "CNN0020",
            "[Input(8, 8, 6), MaxPool([|0|], 2)] public partial class Net;",
            "[MaxPool(0, 2)]: the height of the window is 0, but must be at least 1"
        },
        {
            "CNN0020",
            "[Input(8, 8, 6), AdaptiveAvgPool(2, [|0|])] public partial class Net;",
            "[AdaptiveAvgPool(2, 0)]: the width of the output is 0, but must be at least 1"
        },
        {
            "CNN0020",
            "[Input(8, 8, 6), GroupNorm([|0|])] public partial class Net;",
            "[GroupNorm(0)]: the number of groups is 0, but must be at least 1"
        },
        {
            "CNN0020",
            "[Input(8, 8, 6), Upsample([|0|])] public partial class Net;",
            "[Upsample(0)]: the scale is 0, but must be at least 1"
        },
        {
            "CNN0020",
            "[Input(8, 8, 6), PixelShuffle([|-2|])] public partial class Net;",
            "[PixelShuffle(-2)]: the factor is -2, but must be at least 1"
        },
        {
            "CNN0020",
            "[Input(8, 8, 6), Reshape(4, [|0|], 6)] public partial class Net;",
            "[Reshape(4, 0, 6)]: the width is 0, but must be at least 1"
        },
        {
            "CNN0020",
            "[Input(8, 8, 6), Reshape([|0|])] public partial class Net;",
            "[Reshape(0)]: the length is 0, but must be at least 1"
        },
        {
            "CNN0021",
            "[Input(8, 8, 6), Conv(6, 3, [|PaddingLeft = -1|])] public partial class Net;",
            "[Conv(6, 3, PaddingLeft = -1)]: the padding is -1, but must be at least 0; to keep the size, write "
                + "Padding = Padding.Same"
        },
        {
            "CNN0022",
            "[Input(8, 8, 6), SpatialDropout([|1.5|])] public partial class Net;",
            "[SpatialDropout(1.5)]: the rate is 1.5, but must be at least 0 and less than 1; it is the share of "
                + "elements that training sets to zero, often 0.5"
        },
        {
            "CNN0040",
            "[Input(8, 8, 6), BatchNorm([|Epsilon = 0|])] public partial class Net;",
            "[BatchNorm(Epsilon = 0)]: epsilon is 0, but must be greater than 0 and finite, often 1e-5"
        },
        {
            "CNN0040",
            "[Input(8, 8, 6), BatchNorm([|Momentum = 1.5|])] public partial class Net;",
            "[BatchNorm(Momentum = 1.5)]: the momentum is 1.5, but must be at least 0 and at most 1, often 0.1"
        },
        {
            "CNN0040",
            "[Input(8, 8, 6), LayerNorm([|Epsilon = -1|])] public partial class Net;",
            "[LayerNorm(Epsilon = -1)]: epsilon is -1, but must be greater than 0 and finite, often 1e-5"
        },
        {
            "CNN0040",
            "[Input(8, 8, 6), GroupNorm(2, [|Epsilon = 1e-60|])] public partial class Net;",
            "[GroupNorm(2, Epsilon = 1E-60)]: epsilon is 1E-60, but must be greater than 0 and finite, often 1e-5"
        },
        {
            "CNN0040",
            "[Input(8, 8, 6), InstanceNorm([|Epsilon = double.NaN|])] public partial class Net;",
            "[InstanceNorm(Epsilon = double.NaN)]: epsilon is NaN, but must be greater than 0 and finite, often 1e-5"
        },
        {
            "CNN0040",
            "[Input(8, 8, 6), Elu([|0|])] public partial class Net;",
            "[Elu(0)]: alpha is 0, but must be greater than 0 and finite"
        },
        {
            "CNN0040",
            "[Input(8, 8, 6), Softplus([|Beta = -1|])] public partial class Net;",
            "[Softplus(Beta = -1)]: beta is -1, but must be greater than 0 and finite"
        },
        {
            "CNN0040",
            "[Input(8, 8, 6), Softplus([|Threshold = double.PositiveInfinity|])] public partial class Net;",
            "[Softplus(Threshold = double.PositiveInfinity)]: the threshold is PositiveInfinity, but must be finite"
        },
        {
            "CNN0040",
            "[Input(8, 8, 6), Clip(0, [|1e300|])] public partial class Net;",
            "[Clip(0, 1E+300)]: the largest output is 1E+300, but must be finite"
        },
        {
            "CNN0040",
            "[Input(8, 8, 6), PRelu([|Init = double.NaN|])] public partial class Net;",
            "[PRelu(Init = double.NaN)]: the initial slope is NaN, but must be finite"
        },
        {
            "CNN0040",
            "[Input(8, 8, 6), Pad(1, [|Value = double.NegativeInfinity|])] public partial class Net;",
            "[Pad(1, Value = double.NegativeInfinity)]: the value is NegativeInfinity, but must be finite"
        },
        {
            "CNN0040",
            "[Input(8, 8, 6), Pad([|-1|])] public partial class Net;",
            "[Pad(-1)]: the number of rows and columns is -1, but must be at least 0"
        },
        {
            "CNN0040",
            "[Input(8, 8, 6), Crop(1, [|-1|], 1, 1)] public partial class Net;",
            "[Crop(1, -1, 1, 1)]: the left is -1, but must be at least 0"
        },
        {
            "CNN0040",
            "[Input(8, 8, 6), ConvTranspose(3, 2, [|OutputPadding = -1|])] public partial class Net;",
            "[ConvTranspose(3, 2, OutputPadding = -1)]: the output padding is -1, but must be at least 0"
        },
        {
            "CNN0042",
            "[Input(8, 8, 6), Clip([|6|], 0)] public partial class Net;",
            "[Clip(6, 0)]: the least output 6 is not below the largest, 0; write the smaller one first"
        },
        {
            "CNN0043",
            "[Input(8, 8, 6), Upsample(2, [|Mode = (Upsampling)7|])] public partial class Net;",
            "[Upsample(2, Mode = (Upsampling)7)]: (Upsampling)7 is no way of upsampling; write Upsampling.Nearest or "
                + "Upsampling.Bilinear"
        },
        {
            "CNN0043",
            "[Input(8, 8, 6), Pad(1, [|Mode = (PadMode)(-1)|])] public partial class Net;",
            "[Pad(1, Mode = (PadMode)-1)]: (PadMode)-1 is no way of padding; write PadMode.Constant or "
                + "PadMode.Reflect or PadMode.Replicate"
        },
        {
            "CNN0044",
            "[Input(8, 8, 6), ConvTranspose(3, 3, Stride = 2, [|OutputPadding = 2|])] public partial class Net;",
            "[ConvTranspose(3, 3, Stride = 2, OutputPadding = 2)]: an output padding of 2 is neither less than the "
                + "stride of 2 nor than the dilation of 1; the most is 1"
        },
        {
            "CNN0044",
            "[Input(8, 8, 6), ConvTranspose(3, 3, [|OutputPaddingWidth = 1|])] public partial class Net;",
            "[ConvTranspose(3, 3, OutputPaddingWidth = 1)]: an output padding of 1 is neither less than the stride of "
                + "1 nor than the dilation of 1; leave it out"
        },
        {
            "CNN0049",
            "[Input(8, 8, 6), [|Add|]] public partial class Net;",
            "[Add] joins nothing; write the Name of another layer in it"
        },
        {
            "CNN0049",
            "[Input(8, 8, 6), [|Concat()|]] public partial class Net;",
            "[Concat] joins nothing; write the Name of another layer in it"
        },
        {
            "CNN0049",
            "[Input(8, 8, 6), [|Multiply|]] public partial class Net;",
            "[Multiply] joins nothing; write the Name of another layer in it"
        },
        {
            "CNN0080",
            "[Input(8, 8, 6), ConvTranspose(3, 2, [|Padding = Padding.Same|])] public partial class Net;",
            "[ConvTranspose(3, 2, Padding = Padding.Same)]: Padding.Same is defined by the input of a convolution and "
                + "has no meaning for a transposed one; write a number, which is taken away from every side of the output"
        },
        {
            "CNN0081",
            "[Input(8, 8, 6), Upsample(2, [|AlignCorners = true|])] public partial class Net;",
            "[Upsample(2, AlignCorners = true)]: AlignCorners has no effect, for Upsampling.Nearest repeats elements; "
                + "write Mode = Upsampling.Bilinear or leave it out"
        },
        {
            "CNN0081",
            "[Input(8, 8, 6), Pad(1, Mode = PadMode.Reflect, [|Value = 1|])] public partial class Net;",
            "[Pad(1, Mode = PadMode.Reflect, Value = 1)]: Value has no effect, for PadMode.Reflect takes its numbers "
                + "from the volume; leave it out"
        },
        {
            "CNN0081",
            "[Input(8, 8, 6), Conv(6, 3, Padding = Padding.Same, [|PaddingTop = 1|])] public partial class Net;",
            "[Conv(6, 3, Padding = Padding.Same, PaddingTop = 1)]: PaddingTop has no effect, for Padding.Same decides "
                + "all four sides; remove one of them"
        },
    };
}
