using System;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Layers;
using Cnn.Generator.Shapes;
using Cnn.Reference;

namespace Cnn.Generator.Tests.Fuzz;

/// <summary>The network of the reference that a declaration means, layer for layer.</summary>
internal static class DeclaredReference
{
    public static ReferenceNetwork Of(Network network)
    {
        ReferenceNode[] nodes = [.. network.Nodes.Select(node => new ReferenceNode(node.Name, Layer(node), [.. node.Sources]))];
        var input = network.Input;
        var (height, width, channels) = input.IsVector ? (1, 1, input.Length) : (input.Height, input.Width, input.Channels);
        return new ReferenceNetwork(height, width, channels, network.Layout == VolumeLayout.Hwc, nodes, [.. network.OutputNames]);
    }

    private static ReferenceLayer Layer(Node node) => node.Layer switch
    {
        ActivationLayer layer => Activation(layer),
        ConvLayer layer => new ReferenceLayer.Conv(layer.Filters, Window(layer.Spec, node.Input), layer.Groups, layer.Bias),
        DepthwiseConvLayer layer => new ReferenceLayer.DepthwiseConv(Window(layer.Spec, node.Input), layer.Multiplier, layer.Bias),
        ConvTransposeLayer layer => new ReferenceLayer.ConvTranspose(
            layer.Filters,
            Window(layer.Spec, node.Input),
            layer.OutputPaddingHeight,
            layer.OutputPaddingWidth,
            layer.Groups,
            layer.Bias),
        PoolLayer { IsMax: true } layer => new ReferenceLayer.MaxPool(Window(layer.Spec, node.Input)),
        PoolLayer layer => new ReferenceLayer.AvgPool(Window(layer.Spec, node.Input), layer.CountIncludePad),
        GlobalPoolLayer { IsMax: true } => new ReferenceLayer.GlobalMaxPool(),
        GlobalPoolLayer => new ReferenceLayer.GlobalAvgPool(),
        AdaptiveAvgPoolLayer layer => new ReferenceLayer.AdaptiveAvgPool(layer.Height, layer.Width),
        DenseLayer layer => new ReferenceLayer.Dense(layer.Units, layer.Bias),
        BatchNormLayer layer => new ReferenceLayer.BatchNorm(layer.Epsilon, layer.Momentum, layer.Affine),
        LayerNormLayer layer => new ReferenceLayer.LayerNorm(layer.Epsilon, layer.Affine, layer.WholeSample),
        GroupNormLayer layer => new ReferenceLayer.GroupNorm(layer.Groups, layer.Epsilon, layer.Affine),
        InstanceNormLayer layer => new ReferenceLayer.InstanceNorm(layer.Epsilon, layer.Affine),
        PReluLayer layer => new ReferenceLayer.PRelu(layer.PerChannel, layer.Init),
        SoftmaxLayer => new ReferenceLayer.Softmax(),
        LogSoftmaxLayer => new ReferenceLayer.LogSoftmax(),
        DropoutLayer layer => new ReferenceLayer.Dropout(layer.Rate),
        SpatialDropoutLayer layer => new ReferenceLayer.SpatialDropout(layer.Rate),
        AddLayer => new ReferenceLayer.Add(),
        MultiplyLayer => new ReferenceLayer.Multiply(),
        ConcatLayer => new ReferenceLayer.Concat(),
        UpsampleLayer layer => new ReferenceLayer.Upsample(layer.ScaleHeight, layer.ScaleWidth, Mode(layer)),
        PixelShuffleLayer layer => new ReferenceLayer.PixelShuffle(layer.Factor),
        PadLayer layer => new ReferenceLayer.Pad(
            layer.Top, layer.Left, layer.Bottom, layer.Right, Enum.Parse<ReferencePadding>(layer.Mode.ToString()), layer.Value),
        CropLayer layer => new ReferenceLayer.Crop(layer.Top, layer.Left, layer.Bottom, layer.Right),
        FlattenLayer => new ReferenceLayer.Flatten(),
        ReshapeLayer => new ReferenceLayer.Reshape(node.Output.Height, node.Output.Width, node.Output.Channels),
        _ => throw new InvalidOperationException("The reference of " + node.Layer.Kind + " is not known here."),
    };

    private static ReferenceLayer Activation(ActivationLayer layer) => layer.Function switch
    {
        ActivationFunction.Relu => new ReferenceLayer.Relu(),
        ActivationFunction.LeakyRelu => new ReferenceLayer.LeakyRelu(layer.Slope),
        ActivationFunction.Sigmoid => new ReferenceLayer.Sigmoid(),
        ActivationFunction.Tanh => new ReferenceLayer.Tanh(),
        ActivationFunction.Relu6 => new ReferenceLayer.Relu6(),
        ActivationFunction.Elu => new ReferenceLayer.Elu(layer.First),
        ActivationFunction.Selu => new ReferenceLayer.Selu(),
        ActivationFunction.Gelu => new ReferenceLayer.Gelu(),
        ActivationFunction.GeluTanh => new ReferenceLayer.Gelu(true),
        ActivationFunction.Silu => new ReferenceLayer.Silu(),
        ActivationFunction.Mish => new ReferenceLayer.Mish(),
        ActivationFunction.HardSwish => new ReferenceLayer.HardSwish(),
        ActivationFunction.HardSigmoid => new ReferenceLayer.HardSigmoid(),
        ActivationFunction.Softplus => new ReferenceLayer.Softplus(layer.First, layer.Second),
        _ => new ReferenceLayer.Clip(layer.First, layer.Second),
    };

    private static ReferenceUpsampling Mode(UpsampleLayer layer) =>
        !layer.IsBilinear ? ReferenceUpsampling.Nearest
        : layer.AlignCorners ? ReferenceUpsampling.BilinearAlignCorners
        : ReferenceUpsampling.Bilinear;

    private static Reference.Window Window(WindowSpec spec, Shape input)
    {
        var window = spec.Resolve(input);
        return new Reference.Window(window.KernelHeight, window.KernelWidth, 1, window.Top, window.Left, window.Bottom, window.Right)
        {
            StrideHeight = window.StrideHeight,
            StrideWidth = window.StrideWidth,
            DilationHeight = window.DilationHeight,
            DilationWidth = window.DilationWidth,
            CeilMode = window.CeilMode,
        };
    }
}
