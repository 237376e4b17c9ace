using System;
using System.Collections.Immutable;

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
        new("Cnn.MaxPoolAttribute", "pool", reader => PoolLayer.Read(reader, isMax: true), "docs/layers/maxpool.md"),
        new("Cnn.AvgPoolAttribute", "pool", reader => PoolLayer.Read(reader, isMax: false), "docs/layers/avgpool.md"),
        new("Cnn.FlattenAttribute", "flatten", _ => new FlattenLayer(), "docs/layers/flatten.md"),
        new("Cnn.DenseAttribute", "dense", DenseLayer.Read, "docs/layers/dense.md"),
        new("Cnn.ReluAttribute", "relu", _ => new ActivationLayer(ActivationFunction.Relu, 0), "docs/layers/relu.md"),
        new("Cnn.LeakyReluAttribute", "leakyrelu", ActivationLayer.ReadLeakyRelu, "docs/layers/leakyrelu.md"),
        new("Cnn.SigmoidAttribute", "sigmoid", _ => new ActivationLayer(ActivationFunction.Sigmoid, 0), "docs/layers/sigmoid.md"),
        new("Cnn.TanhAttribute", "tanh", _ => new ActivationLayer(ActivationFunction.Tanh, 0), "docs/layers/tanh.md"),
        new("Cnn.SoftmaxAttribute", "softmax", _ => new SoftmaxLayer(), "docs/layers/softmax.md"),
        new("Cnn.DropoutAttribute", "dropout", DropoutLayer.Read, "docs/layers/dropout.md"),
        new("Cnn.AddAttribute", "add", r => new AddLayer(r.Strings("with")), "docs/layers/add.md"),
        new("Cnn.BatchNormAttribute", "bn", _ => new BatchNormLayer(1e-5, 0.1, true), "docs/layers/batchnorm.md"),
    ];

    private static readonly ImmutableDictionary<string, CatalogRow> ByMetadataName = Rows.ToImmutableDictionary(row => row.MetadataName);

    private static readonly ImmutableDictionary<string, CatalogRow> ByKind = Rows.ToImmutableDictionary(row => row.Kind);

    public static CatalogRow? Find(string metadataName) => ByMetadataName.TryGetValue(metadataName, out var row) ? row : null;

    public static CatalogRow Get(string kind) => ByKind[kind];

    public static bool IsKind(string kind) => ByKind.ContainsKey(kind);
}
