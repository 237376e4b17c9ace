using System;
using System.Collections.Generic;
using System.IO;
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
        var row = LayerCatalog.Get(kind);
        var lacking = new List<string>();
        void Require(bool present, string what)
        {
            if (!present)
                lacking.Add(what);
        }

        var runtime = typeof(InputAttribute).Assembly;
        Require(runtime.GetType(row.MetadataName) is not null, $"the attribute {row.MetadataName} in Cnn.Runtime/Declaration");
        Require(runtime.GetType("Cnn.Reference." + Reference(kind)) is not null, $"Cnn.Runtime/Reference/{Reference(kind)}.cs");
        Require(File.Exists(Repository.Path(row.Page.Split('/'))), row.Page);
        Require(MentionedIn("Cnn.Runtime.Tests/Reference", Reference(kind)), $"a test of the reference {Reference(kind)}");
        Require(MentionedIn("fixtures", Fixture(kind)), $"a PyTorch fixture named {Fixture(kind)} in fixtures/make_fixtures.py");
        Require(MentionedIn("Cnn.Generator.Tests/EndToEnd", kind), $"{kind} in the random architectures of Cnn.Generator.Tests/EndToEnd");
        Require(Networks.ContainsKey(kind), $"a smallest network with [{kind}] in this test");
        Assert.True(lacking.Count == 0, $"[{kind}] lacks: {string.Join("; ", lacking)}.");
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

    private static string Reference(string kind) => kind switch
    {
        "Conv" or "DepthwiseConv" => "Convolution",
        "GlobalAvgPool" => "GlobalAveragePooling",
        "GlobalMaxPool" => "GlobalMaxPooling",
        "AdaptiveAvgPool" => "AdaptiveAveragePooling",
        "MaxPool" => "MaxPooling",
        "AvgPool" => "AveragePooling",
        _ => kind,
    };

    private static string Fixture(string kind) => kind switch
    {
        "Conv" => "conv2d",
        "MaxPool" => "max_pool",
        "AvgPool" => "avg_pool",
        "Dense" => "linear",
        "LeakyRelu" => "leaky_relu",
        _ => kind.ToLowerInvariant(),
    };

    private static bool MentionedIn(string folder, string word) => Directory
        .GetFiles(Repository.Path(folder.Split('/')), "*", SearchOption.AllDirectories)
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".py", StringComparison.Ordinal))
        .Any(file => File.ReadAllText(file).Contains(word, StringComparison.Ordinal));
}
