using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Layers;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>Names what a layer still lacks; docs/adding-a-layer.md lists the same things.</summary>
public sealed class LayerCompletenessTests
{
    /// <summary>The smallest network around a layer.</summary>
    private static readonly Dictionary<string, string> Networks = new()
    {
        ["Conv"] = "[Input(6, 6, 2)] [Conv(3, 3)]",
        ["MaxPool"] = "[Input(6, 6, 2)] [Conv(3, 3)] [MaxPool(3)]",
        ["AvgPool"] = "[Input(6, 6, 2)] [Conv(3, 3)] [AvgPool(3)]",
        ["Flatten"] = "[Input(2, 2, 1)] [Flatten] [Dense(2)]",
        ["Dense"] = "[Input(2, 2, 1)] [Flatten] [Dense(2)]",
        ["Relu"] = "[Input(2, 2, 1)] [Flatten] [Dense(2)] [Relu]",
        ["LeakyRelu"] = "[Input(2, 2, 1)] [Flatten] [Dense(2)] [LeakyRelu]",
        ["Sigmoid"] = "[Input(2, 2, 1)] [Flatten] [Dense(2)] [Sigmoid]",
        ["Tanh"] = "[Input(2, 2, 1)] [Flatten] [Dense(2)] [Tanh]",
        ["Softmax"] = "[Input(2, 2, 1)] [Flatten] [Dense(2)] [Softmax]",
        ["Dropout"] = "[Input(2, 2, 1)] [Flatten] [Dense(2)] [Dropout(0.5)] [Dense(2)]",
        ["DepthwiseConv"] = "[Input(6, 6, 3)] [DepthwiseConv(3)]",
        ["ConvTranspose"] = "[Input(4, 4, 3)] [ConvTranspose(2, 2, Stride = 2)]",
        ["GlobalAvgPool"] = Behind("GlobalAvgPool"),
        ["GlobalMaxPool"] = Behind("GlobalMaxPool"),
        ["AdaptiveAvgPool"] = Behind("AdaptiveAvgPool(2)"),
        ["BatchNorm"] = Behind("BatchNorm"),
        ["LayerNorm"] = Behind("LayerNorm"),
        ["GroupNorm"] = Behind("GroupNorm(3)"),
        ["InstanceNorm"] = Behind("InstanceNorm"),
        ["Relu6"] = Behind("Relu6"),
        ["PRelu"] = Behind("PRelu"),
        ["Elu"] = Behind("Elu"),
        ["Selu"] = Behind("Selu"),
        ["Gelu"] = Behind("Gelu"),
        ["Silu"] = Behind("Silu"),
        ["Mish"] = Behind("Mish"),
        ["HardSwish"] = Behind("HardSwish"),
        ["HardSigmoid"] = Behind("HardSigmoid"),
        ["Softplus"] = Behind("Softplus"),
        ["Clip"] = Behind("Clip(-1, 1)"),
        ["LogSoftmax"] = Behind("LogSoftmax"),
        ["Add"] = "[Input(6, 6, 2)] [Conv(2, 3, Padding = 1)] [Add(\"input\")]",
        ["Multiply"] = "[Input(6, 6, 2)] [Conv(2, 3, Padding = 1)] [Multiply(\"input\")]",
        ["Concat"] = "[Input(6, 6, 2)] [Conv(3, 3, Padding = 1)] [Concat(\"input\")]",
        ["Upsample"] = Behind("Upsample(2)"),
        ["PixelShuffle"] = "[Input(6, 6, 2)] [Conv(4, 3)] [PixelShuffle(2)]",
        ["Pad"] = Behind("Pad(1)"),
        ["Crop"] = Behind("Crop(1)"),
        ["Reshape"] = Behind("Reshape(2, 4, 6)"),
        ["SpatialDropout"] = Behind("SpatialDropout(0.5)"),
    };

    private static readonly Lazy<LayerEvidence> Project = new(LayerEvidence.OfProject);

    public static TheoryData<string> Kinds => [.. LayerCatalog.Rows.Select(row => row.Kind)];

    [Fact]
    public void Every_attribute_of_a_layer_has_a_row_in_the_catalog()
    {
        var attributes = typeof(InputAttribute).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract)
            .Where(type => type != typeof(BlockAttribute) && type != typeof(ResidualAttribute))
            .Select(type => type.FullName!)
            .Order();
        Assert.Equal(attributes, LayerCatalog.Rows.Select(row => row.MetadataName).Order());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_is_missing(string kind)
    {
        var missing = LayerPart.Missing(LayerCatalog.Get(kind), Project.Value);
        Assert.True(missing.Length == 0, $"[{kind}] lacks: {string.Join("; ", missing)}.");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_part_that_is_deleted_is_missing(string kind)
    {
        var row = LayerCatalog.Get(kind);
        Assert.All(LayerPart.All, part => Assert.Equal([part.What(row)], LayerPart.Missing(row, part.Without(row, Project.Value))));
    }

    [Fact]
    public void A_smallest_network_of_each_layer_declares_it()
    {
        Assert.Equal(LayerCatalog.Rows.Select(row => row.Kind).Order(), Networks.Keys.Order());
        Assert.All(Networks, network => Assert.Matches($@"[\[ ]{network.Key}\b[\](]", network.Value));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_is_scheduled_forwards_and_backwards(string kind)
    {
        var run = Harness.Run($"using Cnn;\n{Networks[kind]}\npublic partial class Smallest;\n");
        Assert.Empty(run.Problems);
        Assert.Contains("TrainBackward", run.Source);
    }

    private static string Behind(string layer) => $"[Input(6, 6, 2)] [Conv(3, 3)] [{layer}]";
}
