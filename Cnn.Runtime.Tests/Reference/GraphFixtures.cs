using System;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Reference.Tests;

using static Cnn.Reference.ReferenceLayer;

/// <summary>The graphs of the fixtures, as their <c>declaration</c> says, with the parameters and running averages of the file.</summary>
internal static class GraphFixtures
{
    private static readonly Window Three = new(3, 3, 1, 1, 1, 1, 1);

    private static ReferenceNode[] Residual =>
    [
        new("stem", new Conv(7, Three, Bias: false)),
        new("stem_bn", new BatchNorm()),
        new("x", new Relu()),
        new("conv1", new Conv(13, Three with { StrideHeight = 2, StrideWidth = 2 }, Bias: false)),
        new("bn1", new BatchNorm()),
        new("relu1", new Relu()),
        new("conv2", new Conv(13, Three, Bias: false)),
        new("bn2", new BatchNorm()),
        new("projection", new Conv(13, new Window(1, 1, 2), Bias: false), "x"),
        new("projection_bn", new BatchNorm()),
        new("add", new Add(), "projection_bn", "bn2"),
        new("relu2", new Relu()),
        new("pool", new GlobalAvgPool()),
        new("flatten", new Flatten()),
        new("head", new Dense(5)),
        new("softmax", new Softmax()),
    ];

    private static ReferenceNode[] UNet =>
    [
        new("down1", new Conv(5, Three, Bias: false)),
        new("down1_bn", new BatchNorm()),
        new("skip1", new Relu()),
        new("pool1", new MaxPool(2, 2)),
        new("down2", new Conv(9, Three, Bias: false)),
        new("down2_bn", new BatchNorm()),
        new("skip2", new Relu()),
        new("pool2", new MaxPool(2, 2)),
        new("bottom", new Conv(13, Three)),
        new("relu3", new Relu()),
        new("up2", new ConvTranspose(9, new Window(2, 2, 2))),
        new("concat2", new Concat(), "up2", "skip2"),
        new("merge2", new Conv(9, Three)),
        new("relu4", new Relu()),
        new("up1", new ConvTranspose(5, new Window(2, 2, 2))),
        new("concat1", new Concat(), "up1", "skip1"),
        new("merge1", new Conv(5, Three)),
        new("relu5", new Relu()),
        new("classes", new Conv(3, new Window(1, 1))),
        new("softmax", new Softmax()),
    ];

    private static ReferenceNode[] Gate =>
    [
        new("expand", new Conv(11, new Window(1, 1), Bias: false)),
        new("expand_bn", new BatchNorm()),
        new("hardswish", new HardSwish()),
        new("depthwise", new DepthwiseConv(Three with { StrideHeight = 2, StrideWidth = 2 }, Bias: false)),
        new("depthwise_bn", new BatchNorm(1e-3, 0.3)),
        new("x", new Silu()),
        new("pool", new GlobalAvgPool()),
        new("squeeze", new Conv(3, new Window(1, 1))),
        new("relu", new Relu()),
        new("excite", new Conv(11, new Window(1, 1))),
        new("hardsigmoid", new HardSigmoid()),
        new("multiply", new Multiply(), "hardsigmoid", "x"),
        new("project", new Conv(7, new Window(1, 1), Bias: false)),
        new("project_bn", new BatchNorm()),
        new("flatten", new Flatten()),
        new("head", new Dense(3)),
    ];

    public static ReferenceNetwork Read(FixtureFile fixture)
    {
        var network = fixture.Name switch
        {
            "residual_chw" => new ReferenceNetwork(9, 8, 3, inputIsHwc: false, Residual),
            "unet_hwc" => new ReferenceNetwork(8, 12, 1, inputIsHwc: true, UNet),
            "gate_hwc" => new ReferenceNetwork(7, 9, 5, inputIsHwc: true, Gate, ["head", "project_bn"]),
            _ => throw new ArgumentException($"There is no graph {fixture.Name}."),
        };
        Assert.Equal(fixture.ParameterNames, network.Parameters.Select(parameter => parameter.Name));
        foreach (var tensor in network.Parameters.Concat(network.Buffers))
        {
            Assert.Equal(fixture[tensor.Name].Shape, tensor.Shape);
            fixture[tensor.Name].Values.CopyTo(tensor.Values, 0);
        }

        return network;
    }

    /// <summary>One training pass on the batch of the file.</summary>
    public static ReferenceGradients Gradients(FixtureFile fixture, ReferenceNetwork network) => fixture.Metadata["loss"] switch
    {
        "cross-entropy" => network.MeanGradients(fixture["inputs"].Values, fixture["labels"].Integers),
        "pixel-cross-entropy" =>
            network.MeanGradients(fixture["inputs"].Values, fixture["labels"].Integers, ReferenceLoss.PixelCrossEntropy),
        "mean-squared-error" =>
            network.MeanGradients(fixture["inputs"].Values, fixture["targets"].Values, ReferenceLoss.MeanSquaredError),
        var loss => throw new ArgumentException($"There is no loss {loss}."),
    };
}
