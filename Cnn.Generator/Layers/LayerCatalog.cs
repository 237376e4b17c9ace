using System;
using System.Collections.Immutable;
using Cnn.Generator.Graph;

namespace Cnn.Generator.Layers;

/// <summary>One layer that can be declared.</summary>
/// <param name="MetadataName">The attribute.</param>
/// <param name="Stem">The stem of the names of its nodes.</param>
/// <param name="Read">Makes the layer of the attribute's arguments; null where they leave its output unknown.</param>
/// <param name="Page">Its documentation.</param>
internal sealed record CatalogRow(string MetadataName, string Stem, Func<ArgumentReader, Layer?> Read, string Page)
{
    /// <summary>Gets the name between the brackets: <c>Conv</c>.</summary>
    public string Kind { get; } = MetadataName.Substring("Cnn.".Length, MetadataName.Length - "Cnn.Attribute".Length);
}

/// <summary>Every layer, one row each.</summary>
internal static class LayerCatalog
{
    public static readonly ImmutableArray<CatalogRow> Rows =
    [
        new("Cnn.ConvAttribute", "conv", ConvLayer.Read, "docs/layers/conv.md"),
        new("Cnn.DepthwiseConvAttribute", "depthwise", DepthwiseConvLayer.Read, "docs/layers/depthwiseconv.md"),
        new("Cnn.ConvTransposeAttribute", "convtranspose", ConvTransposeLayer.Read, "docs/layers/convtranspose.md"),
        new("Cnn.MaxPoolAttribute", "pool", reader => PoolLayer.Read(reader, isMax: true), "docs/layers/maxpool.md"),
        new("Cnn.AvgPoolAttribute", "pool", reader => PoolLayer.Read(reader, isMax: false), "docs/layers/avgpool.md"),
        new("Cnn.GlobalAvgPoolAttribute", "pool", _ => new GlobalPoolLayer(IsMax: false), "docs/layers/globalavgpool.md"),
        new("Cnn.GlobalMaxPoolAttribute", "pool", _ => new GlobalPoolLayer(IsMax: true), "docs/layers/globalmaxpool.md"),
        new("Cnn.AdaptiveAvgPoolAttribute", "pool", AdaptiveAvgPoolLayer.Read, "docs/layers/adaptiveavgpool.md"),
        new("Cnn.FlattenAttribute", "flatten", _ => new FlattenLayer(), "docs/layers/flatten.md"),
        new("Cnn.ReshapeAttribute", "reshape", ReshapeLayer.Read, "docs/layers/reshape.md"),
        new("Cnn.DenseAttribute", "dense", DenseLayer.Read, "docs/layers/dense.md"),
        new("Cnn.BatchNormAttribute", "bn", BatchNormLayer.Read, "docs/layers/batchnorm.md"),
        new("Cnn.LayerNormAttribute", "ln", LayerNormLayer.Read, "docs/layers/layernorm.md"),
        new("Cnn.GroupNormAttribute", "gn", GroupNormLayer.Read, "docs/layers/groupnorm.md"),
        new("Cnn.InstanceNormAttribute", "in", InstanceNormLayer.Read, "docs/layers/instancenorm.md"),
        new("Cnn.ReluAttribute", "relu", Plain(ActivationFunction.Relu), "docs/layers/relu.md"),
        new("Cnn.Relu6Attribute", "relu6", Plain(ActivationFunction.Relu6), "docs/layers/relu6.md"),
        new("Cnn.LeakyReluAttribute", "leakyrelu", ActivationLayer.ReadLeakyRelu, "docs/layers/leakyrelu.md"),
        new("Cnn.PReluAttribute", "prelu", PReluLayer.Read, "docs/layers/prelu.md"),
        new("Cnn.EluAttribute", "elu", ActivationLayer.ReadElu, "docs/layers/elu.md"),
        new("Cnn.SeluAttribute", "selu", Plain(ActivationFunction.Selu), "docs/layers/selu.md"),
        new("Cnn.GeluAttribute", "gelu", ActivationLayer.ReadGelu, "docs/layers/gelu.md"),
        new("Cnn.SiluAttribute", "silu", Plain(ActivationFunction.Silu), "docs/layers/silu.md"),
        new("Cnn.MishAttribute", "mish", Plain(ActivationFunction.Mish), "docs/layers/mish.md"),
        new("Cnn.HardSwishAttribute", "hardswish", Plain(ActivationFunction.HardSwish), "docs/layers/hardswish.md"),
        new("Cnn.HardSigmoidAttribute", "hardsigmoid", Plain(ActivationFunction.HardSigmoid), "docs/layers/hardsigmoid.md"),
        new("Cnn.SoftplusAttribute", "softplus", ActivationLayer.ReadSoftplus, "docs/layers/softplus.md"),
        new("Cnn.ClipAttribute", "clip", ActivationLayer.ReadClip, "docs/layers/clip.md"),
        new("Cnn.SigmoidAttribute", "sigmoid", Plain(ActivationFunction.Sigmoid), "docs/layers/sigmoid.md"),
        new("Cnn.TanhAttribute", "tanh", Plain(ActivationFunction.Tanh), "docs/layers/tanh.md"),
        new("Cnn.SoftmaxAttribute", "softmax", _ => new SoftmaxLayer(), "docs/layers/softmax.md"),
        new("Cnn.LogSoftmaxAttribute", "logsoftmax", _ => new LogSoftmaxLayer(), "docs/layers/logsoftmax.md"),
        new("Cnn.DropoutAttribute", "dropout", DropoutLayer.Read, "docs/layers/dropout.md"),
        new("Cnn.SpatialDropoutAttribute", "spatialdropout", SpatialDropoutLayer.Read, "docs/layers/spatialdropout.md"),
        new("Cnn.AddAttribute", "add", AddLayer.Read, "docs/layers/add.md"),
        new("Cnn.MultiplyAttribute", "multiply", MultiplyLayer.Read, "docs/layers/multiply.md"),
        new("Cnn.ConcatAttribute", "concat", ConcatLayer.Read, "docs/layers/concat.md"),
        new("Cnn.UpsampleAttribute", "upsample", UpsampleLayer.Read, "docs/layers/upsample.md"),
        new("Cnn.PixelShuffleAttribute", "pixelshuffle", PixelShuffleLayer.Read, "docs/layers/pixelshuffle.md"),
        new("Cnn.PadAttribute", "pad", PadLayer.Read, "docs/layers/pad.md"),
        new("Cnn.CropAttribute", "crop", CropLayer.Read, "docs/layers/crop.md"),
    ];

    private static readonly ImmutableDictionary<string, CatalogRow> ByMetadataName = Rows.ToImmutableDictionary(row => row.MetadataName);

    private static readonly ImmutableDictionary<string, CatalogRow> ByKind = Rows.ToImmutableDictionary(row => row.Kind);

    public static CatalogRow? Find(string metadataName) => ByMetadataName.TryGetValue(metadataName, out var row) ? row : null;

    public static CatalogRow Get(string kind) => ByKind[kind];

    public static bool IsKind(string kind) => ByKind.ContainsKey(kind);

    private static Func<ArgumentReader, Layer?> Plain(ActivationFunction function) => _ => new ActivationLayer(function, 0);
}
