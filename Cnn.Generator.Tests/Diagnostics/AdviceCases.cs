using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>Declarations that are legal and probably not meant: the id, the source with the place marked, the message.</summary>
public static class AdviceCases
{
    private const string Field =
        " at each place, so that nothing larger is ever seen as a whole; put more layers, strides or pooling before it";

    private const string Linear = " with no activation between them, so that both together are one linear layer of ";

    private const string Bent = "; put an activation such as [Relu] before it, or remove one of the two";

    public static TheoryData<string, string, string> All { get; } = new()
    {
        {
            "CNN0054",
            "[Input(16, 16, 3), Conv(64, 3, Padding = 1), Relu, Flatten, Dropout(0.5), Dense([|100|])] public partial class Net;",
            "[Dense(100)] holds 1,638,500 of the 1,640,292 parameters, for it reads every element of a volume of 16x16x64; "
                + "[GlobalAvgPool] before it would leave 6,500"
        },
        {
            "CNN0055",
            "[Input(8, 8, 3), [|Conv(16, 3)|], BatchNorm, Relu, Flatten, Dense(10)] public partial class Net;",
            "[Conv(16, 3)]: its 16 biases have no effect, for [BatchNorm] subtracts the mean of every channel; write Bias = false"
        },
        {
            "CNN0055",
            "[Input(8, 8, 3), Conv(1, 3, [|Bias = true|]), InstanceNorm, Relu, Flatten, Dense(10)] public partial class Net;",
            "[Conv(1, 3, Bias = true)]: its bias has no effect, for [InstanceNorm] subtracts the mean of every channel; write Bias = false"
        },
        {
            "CNN0055",
            "[Input(8), [|Dense(4)|], Block(typeof(Norm)), Dense(10)] public partial class Net; [BatchNorm, Relu] class Norm;",
            "[Dense(4)]: its 4 biases have no effect, for Norm > [BatchNorm] subtracts the mean of every channel; "
                + "write Bias = false"
        },
        {
            "CNN0055",
            "[Input(8, 8, 3), [|Block(typeof(Body))|], Flatten, Dense(10)] partial class Net; [DepthwiseConv(3), BatchNorm] class Body;",
            "Body > [DepthwiseConv(3)]: its 3 biases have no effect, for Body > [BatchNorm] subtracts the mean of every channel; "
                + "write Bias = false"
        },
        {
            "CNN0056",
            "[Input(32, 32, 3), Conv(8, 3), Relu, MaxPool(2), Conv(8, 3), [|GlobalAvgPool|], Flatten, Dense(10)] public partial class Net;",
            "[GlobalAvgPool] pools what depends on no more than 8x8 of the 32x32 input" + Field
        },
        {
            "CNN0056",
            "[Input(33, 33, 3), Conv(8, 3, Stride = 2), Relu, Upsample(2, Mode = Upsampling.Bilinear), ConvTranspose(4, 4, Stride = 2), "
                + "[|AdaptiveAvgPool(1)|], Conv(2, 1), Flatten] public partial class Net;",
            "[AdaptiveAvgPool(1)] pools what depends on no more than 6x6 of the 33x33 input" + Field
        },
        {
            "CNN0076",
            "[Input(8, 8, 3), Conv(3, [|4|], 3), Relu, Flatten, Dense(10)] public partial class Net;",
            "[Conv(3, 4, 3)] has 3 filters with a 4x3 kernel, for the order is filters, kernel height, kernel width; for 4 filters of 3x3 "
                + "write [Conv(4, 3)]"
        },
        {
            "CNN0075",
            "[[|Input(3, 32, 48)|], Conv(8, 3), Relu, GlobalAvgPool, Flatten, Dense(10)] public partial class Net;",
            "An input of 3x32x48 has 3 rows, for the order is height, width, channels; for pictures of 32x48x3 write [Input(32, 48, 3)]"
        },
        {
            "CNN0070",
            "[Input(8), Dense(4), Relu, [|Relu|], Dense(10)] public partial class Net;",
            "[Relu] follows [Relu] with no layer between them, so that it changes nothing; remove one of the two"
        },
        {
            "CNN0070",
            "[Input(8), Dense(4), Tanh, Dropout(0.5), [|PRelu|], Dense(10)] public partial class Net;",
            "[PRelu] follows [Tanh] with no layer between them, so that it sees only what that one lets through; remove one of the two"
        },
        {
            "CNN0070",
            "[Input(8), Dense(4), Relu, [|Softmax|]] public partial class Net;",
            "[Softmax] follows [Relu] with no layer between them, so that it sees only what that one lets through; remove one of the two"
        },
        {
            "CNN0070",
            "[Input(8), Dense(4), Clip(0, 6), [|Softmax|]] public partial class Net;",
            "[Softmax] follows [Clip(0, 6)] with no layer between them, so that it sees only what that one lets through; remove one of the two"
        },
        {
            "CNN0078",
            "[Input(8), Dense(16), [|Dense(10)|]] public partial class Net;",
            "[Dense(10)] follows [Dense(16)]" + Linear + "10 units" + Bent
        },
        {
            "CNN0078",
            "[Input(8), Dense(8, Bias = false), BatchNorm, Dropout(0.5), [|Dense(10)|]] public partial class Net;",
            "[Dense(10)] follows [Dense(8, Bias = false)]" + Linear + "10 units" + Bent
        },
        {
            "CNN0078",
            "[Input(8, 8, 3), Conv(8, 3), [|Conv(4, 1)|], Relu, Flatten, Dense(2)] public partial class Net;",
            "[Conv(4, 1)] follows [Conv(8, 3)]" + Linear + "4 filters" + Bent
        },
        {
            "CNN0078",
            "[Input(8, 8, 3), Conv(3, 1), [|Conv(4, 3)|], Relu, Flatten, Dense(2)] public partial class Net;",
            "[Conv(4, 3)] follows [Conv(3, 1)]" + Linear + "4 filters" + Bent
        },
        {
            "CNN0079",
            "[Input(8, 8, 3), Conv(8, 3, Bias = false), BatchNorm, [|BatchNorm|], Relu, Flatten, Dense(2)] public partial class Net;",
            "[BatchNorm] follows [BatchNorm], which has normalised the same already, so that it can only scale and shift once more; remove one of the two"
        },
        {
            "CNN0079",
            "[Input(8, 8, 3), InstanceNorm, [|InstanceNorm|], Relu, Flatten, Dense(2)] public partial class Net;",
            "[InstanceNorm] follows [InstanceNorm], which has normalised the same already, so that it can only scale and shift once more; remove one of the two"
        },
        {
            "CNN0085",
            "[Input(8, 8, 3), Conv(8, 3, Bias = false), BatchNorm([|Momentum = 0.99|]), Relu, Flatten, Dense(2)] public partial class Net;",
            "[BatchNorm(Momentum = 0.99)]: a momentum of 0.99 all but replaces the running averages by those of each batch, for it is the share of the new value, "
                + "as in PyTorch; for Keras's momentum of 0.99 write Momentum = 0.01"
        },
        {
            "CNN0071",
            "[Input(8), Dense(4), [|Dropout(0.5)|], Softmax] public partial class Net;",
            "[Dropout(0.5)] zeroes outputs of the network in training, for no layer with parameters stands behind it; "
                + "put it before [Dense(4)] or remove it"
        },
        {
            "CNN0071",
            "[Input(8, 8, 1), Conv(4, 3), Sigmoid, [|SpatialDropout(0.1)|]] public partial class Net;",
            "[SpatialDropout(0.1)] zeroes outputs of the network in training, for no layer with parameters stands behind it; "
                + "put it before [Conv(4, 3)] or remove it"
        },
        {
            "CNN0072",
            "[Input(28, 28, 1), Conv(6, 3, [|Stride = 4|]), Flatten, Dense(10)] public partial class Net;",
            "[Conv(6, 3, Stride = 4)] never reads 7 of 28 rows and 7 of 28 columns of the 28x28x1 input, for the stride of 4 is larger "
                + "than the kernel, which spans 3x3; Stride = 1 reads everything"
        },
        {
            "CNN0072",
            "[Input(30, 8, 1), MaxPool(2, [|StrideHeight = 5|]), Flatten, Dense(10)] public partial class Net;",
            "[MaxPool(2, StrideHeight = 5)] never reads 18 of 30 rows of the 30x8x1 input, for the stride of 5x2 is larger "
                + "than the window, which spans 2x2; use a smaller stride"
        },
        {
            "CNN0073",
            "[Input(8), Dense(1), [|Softmax|]] public partial class Net;",
            "[Softmax] is 1 whatever arrives, for a vector of 1 has a single class; write [Sigmoid] for a yes or no"
        },
        {
            "CNN0073",
            "[Input(8, 8, 3), Conv(1, 3), [|LogSoftmax|]] public partial class Net;",
            "[LogSoftmax] is 0 whatever arrives, for a volume of 6x6x1 has a single class; write [Sigmoid] for a yes or no"
        },
    };

    /// <summary>Networks that look alike and are meant.</summary>
    public static TheoryData<string> Meant { get; } = new()
    {
        // A gate is a function of its own: mish by hand, and attention.
        "[Input(8), Dense(4, Name = \"x\"), Softplus, Tanh, Multiply(\"x\"), Dense(10)]",
        "[Input(8, 8, 3), Conv(4, 3), Relu(Name = \"x\"), Sigmoid, Multiply(\"x\"), Flatten, Dense(10)]",

        // The first activation is read elsewhere too.
        "[Input(8), Dense(4), Relu(Name = \"x\"), Tanh, Add(\"x\"), Dense(10)]",
        "[Input(8), Dense(4), Relu(Name = \"x\"), Output(\"x\"), Tanh, Dense(10)]",

        // A bound is no second bend.
        "[Input(8), Dense(4), Relu, Clip(0, 1), Dense(10)]",

        // Something stands between.
        "[Input(8, 8, 3), Conv(4, 3), Relu, BatchNorm, Relu, Flatten, Dense(10)]",
        "[Input(8, 8, 3), Conv(4, 3), Relu, MaxPool(2), Relu, Flatten, Dense(10)]",

        // A narrow layer between wide ones saves weights, as do small kernels in a row, and one that others read is no mere step.
        "[Input(64), Dense(8), Dense(64), Relu, Dense(10)]",
        "[Input(8, 8, 32), Conv(8, 1, Bias = false), BatchNorm, Conv(48, 1, Bias = false), BatchNorm, Relu6, Flatten, Dense(10)]",
        "[Input(8, 8, 3), Conv(8, 3, 1), Conv(8, 1, 3), Relu, Flatten, Dense(10)]",
        "[Input(8, 8, 3), Conv(8, 3), Conv(8, 3), Relu, Flatten, Dense(10)]",
        "[Input(8, 8, 3), DepthwiseConv(3), Conv(8, 1), Relu, Flatten, Dense(10)]",
        "[Input(8, 8, 4), Conv(4, 3, Groups = 4), Conv(4, 1), Relu, Flatten, Dense(10)]",
        "[Input(8), Dense(8, Name = \"x\"), Dense(8), Add(\"x\"), Dense(2)]",
        "[Input(8), Dense(8, Name = \"x\"), Output(\"x\"), Dense(2)]",
        "[Input(8, 8, 3), Conv(8, 3), Flatten, Dense(10)]",
        "[Input(5, 5, 3), Conv(8, 3), GlobalAvgPool, Flatten, Dense(10)]",

        // Another normalisation, or a momentum that takes the last batch alone.
        "[Input(8, 8, 3), InstanceNorm, BatchNorm, Relu, Flatten, Dense(10)]",
        "[Input(8, 8, 3), BatchNorm(Momentum = 1), Relu, Flatten, Dense(10)]",
        "[Input(8, 8, 3), BatchNorm(Momentum = 0.5), Relu, Flatten, Dense(10)]",

        // A layer after the dropout is trained, or none before it is.
        "[Input(8), Dropout(0.5), Dense(4), Softmax]",
        "[Input(8), Dropout(0.5), Sigmoid]",
        "[Input(8), Dense(4), Dropout(0), Softmax]",
        "[Input(6, 6, 3), Conv(4, 3), Dropout(0.5), Conv(10, 1), GlobalAvgPool, Flatten]",

        // The bias is not all that the normalisation subtracts, or others read it.
        "[Input(8, 8, 3), Conv(4, 3), Relu, BatchNorm, Flatten, Dense(10)]",
        "[Input(8, 8, 3), Conv(4, 3), GroupNorm(2), Relu, Flatten, Dense(10)]",
        "[Input(8, 8, 3), Conv(4, 3, Name = \"x\"), BatchNorm, Add(\"x\"), Flatten, Dense(10)]",
        "[Input(8, 8, 3), Conv(4, 3, Bias = false), BatchNorm, Flatten, Dense(10)]",

        // A dense layer or a gate sees the pixels that the receptive field misses.
        "[Input(32, 32, 3), Conv(8, 3), Relu, Flatten, Dense(10)]",
        "[Input(32, 32, 3), Conv(8, 3, Name = \"x\"), GlobalAvgPool, Conv(8, 1), Sigmoid, Multiply(\"x\"), GlobalAvgPool, Flatten]",
        "[Input(32, 32, 3), Conv(8, 3), Relu, Conv(1, 3), Sigmoid]",
        "[Input(16, 16, 3), Conv(8, 3), Relu, MaxPool(2), Conv(8, 3), GlobalAvgPool, Flatten, Dense(10)]",

        // Kernels that lie, or stand as one column, and other filters than channels.
        "[Input(9, 9, 3), Conv(3, 3, 5), Relu, Conv(3, 5, 1), Relu, Conv(6, 5, 3), Flatten, Dense(10)]",

        // A large layer among others as large, and a network of one layer.
        "[Input(32, 32, 3), Flatten, Dense(1024), Relu, Dense(2048), Relu, Dense(10)]",
        "[Input(64, 64, 64), Flatten, Dense(10)]",
    };
}
