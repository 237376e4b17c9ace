using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Tests.Support;

namespace Cnn.Reference.Tests;

using static Cnn.Reference.ReferenceLayer;

/// <summary>The layers of windows.safetensors and units.safetensors, from their kind and settings.</summary>
internal static class FixtureLayers
{
    /// <summary>The layer of a case whose name begins with its kind.</summary>
    public static ReferenceLayer Read(FixtureFile fixture, string name)
    {
        var settings = fixture.Tensors.TryGetValue(name + ".settings", out var tensor) ? tensor.Values : [];
        double Number(int i) => (float)settings[i];
        int Whole(int i) => (int)settings[i];
        bool Flag(int i) => settings[i] != 0;
        var hasBias = fixture.Tensors.ContainsKey(name + ".bias");
        var filters = fixture[name + ".output"].Shape[0];
        return name[..name.IndexOf('.')] switch
        {
            "conv" => new Conv(filters, Window(settings), Whole(10), hasBias),
            "depthwiseconv" => new DepthwiseConv(Window(settings), filters / Whole(10), hasBias),
            "convtranspose" => new ConvTranspose(filters, Window(settings), Whole(10), Whole(11), Whole(12), hasBias),
            "maxpool" => new MaxPool(Window(settings) with { CeilMode = Flag(10) }),
            "avgpool" => new AvgPool(Window(settings) with { CeilMode = Flag(10) }, Flag(11)),
            "globalavgpool" => new GlobalAvgPool(),
            "globalmaxpool" => new GlobalMaxPool(),
            "adaptiveavgpool" => new AdaptiveAvgPool(Whole(0), Whole(1)),
            "batchnorm" => new BatchNorm(Number(0), Number(1), Flag(2)),
            "layernorm" => new LayerNorm(Number(0), Flag(1), Flag(2)),
            "groupnorm" => new GroupNorm(Whole(0), Number(1), Flag(2)),
            "instancenorm" => new InstanceNorm(Number(0), Flag(1)),
            "relu6" => new Relu6(),
            "prelu" => new PRelu(Flag(0)),
            "elu" => new Elu(Number(0)),
            "selu" => new Selu(),
            "gelu" => new Gelu(Flag(0)),
            "silu" => new Silu(),
            "mish" => new Mish(),
            "hardswish" => new HardSwish(),
            "hardsigmoid" => new HardSigmoid(),
            "softplus" => new Softplus(Number(0), Number(1)),
            "clip" => new Clip(Number(0), Number(1)),
            "softmax" => new Softmax(),
            "logsoftmax" => new LogSoftmax(),
            "add" => new Add(),
            "multiply" => new Multiply(),
            "concat" => new Concat(),
            "upsample" => new Upsample(Whole(0), Whole(1), (ReferenceUpsampling)Whole(2)),
            "pixelshuffle" => new PixelShuffle(Whole(0)),
            "pad" => new Pad(Whole(0), Whole(1), Whole(2), Whole(3), (ReferencePadding)Whole(4), Number(5)),
            "crop" => new Crop(Whole(0), Whole(1), Whole(2), Whole(3)),
            "reshape" => new Reshape(Whole(0), Whole(1), Whole(2)),
            "spatialdropout" => new SpatialDropout(Number(0)),
            var kind => throw new ArgumentException($"There is no layer {kind}."),
        };
    }

    /// <summary>The samples of a tensor: one of [channels, height, width], or a batch of [n, channels, height, width].</summary>
    public static Volume[] Samples(FixtureTensor tensor)
    {
        var shape = tensor.Shape is [var channels, var height, var width]
            ? [1, channels, height, width]
            : tensor.Shape;
        return [.. Array.ConvertAll(tensor.Values, value => (double)value)
            .Chunk(shape[1] * shape[2] * shape[3])
            .Select(values => new Volume(shape[1], shape[2], shape[3], values))];
    }

    /// <summary>The names of the cases.</summary>
    public static IEnumerable<string> Cases(FixtureFile fixture) => fixture.Tensors.Keys
        .Where(name => name.EndsWith(".output", StringComparison.Ordinal))
        .Select(name => name[..^".output".Length]);

    /// <summary>Kernel, strides, padding and dilations, the first ten settings of a window.</summary>
    private static Window Window(float[] settings) => Array.ConvertAll(settings[..10], value => (int)value) is
        [
            var kernelHeight, var kernelWidth, var strideHeight, var strideWidth,
            var top, var left, var bottom, var right, var rows, var columns
        ]
        ? new Window(kernelHeight, kernelWidth, 1, top, left, bottom, right)
        {
            StrideHeight = strideHeight,
            StrideWidth = strideWidth,
            DilationHeight = rows,
            DilationWidth = columns,
        }
        : throw new InvalidOperationException("A window has ten numbers.");
}
