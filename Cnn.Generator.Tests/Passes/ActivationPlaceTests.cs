using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Layers;
using Cnn.Generator.Passes;
using Cnn.Generator.Tests.EndToEnd;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Passes;

/// <summary>Before or after a max pooling: wherever an activation costs least.</summary>
public sealed class ActivationPlaceTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    /// <summary>The pooling of 3x3 and what follows another kind of convolution stays a pass of its own.</summary>
    [Theory]
    [InlineData("Conv(8, 3), Relu, MaxPool(2)", "Conv 3x3 + MaxPool 2 + Relu")]
    [InlineData("Conv(8, 3), Relu, MaxPool(2), MaxPool(2)", "Conv 3x3 + MaxPool 2 + Relu | MaxPool 2")]
    [InlineData("Conv(8, 3), Relu, MaxPool(3, Stride = 2)", "Conv 3x3 + Relu | MaxPool 3")]
    [InlineData("Conv(8, 3), BatchNorm, Relu6, MaxPool(3, Stride = 2, Padding = 1)", "Conv 3x3 + BatchNorm + Relu6 | MaxPool 3")]
    [InlineData("Conv(8, 3), LeakyRelu, MaxPool(2, Stride = 1)", "Conv 3x3 + LeakyRelu 0.01 | MaxPool 2")]
    [InlineData("Conv(16, 1, 3), Relu, MaxPool(1, 2)", "Conv 1x3 + Relu | MaxPool 1x2")]
    [InlineData("Conv(8, 3), Relu, MaxPool(1, Stride = 2)", "Conv 3x3 + Relu | MaxPool 1")]
    [InlineData("Conv(8, 3, Dilation = 2), Relu, MaxPool(2)", "Conv 3x3 + Relu | MaxPool 2")]
    [InlineData("Conv(6, 3, Groups = 3), Relu, MaxPool(2)", "Conv 3x3 + Relu | MaxPool 2")]
    [InlineData("DepthwiseConv(3), Relu, MaxPool(2)", "DepthwiseConv 3x3 + Relu | MaxPool 2")]
    [InlineData("ConvTranspose(8, 2, Stride = 2), Relu, MaxPool(2)", "ConvTranspose 2x2 + Relu | MaxPool 2")]
    [InlineData("Conv(8, 1, Name = \"a\"), Conv(8, 1), Add(\"a\"), Relu, MaxPool(2)", "Conv 1x1 | Conv 1x1 + Add a + Relu | MaxPool 2")]
    [InlineData("Conv(8, 3), Relu, AvgPool(2)", "Conv 3x3 + AvgPool 2 + Relu")]
    [InlineData("Conv(8, 3), Relu, AvgPool(3)", "Conv 3x3 + Relu | AvgPool 3")]
    [InlineData("Conv(8, 3), AvgPool(2), Relu, MaxPool(3)", "Conv 3x3 + AvgPool 2 | MaxPool 3 | Relu")]
    [InlineData("Conv(8, 3, Name = \"c\"), Relu, MaxPool(3), Output(\"c\")", "Conv 3x3 | MaxPool 3 | Relu")]
    [InlineData("BatchNorm, Relu, MaxPool(3, Stride = 2)", "BatchNorm | MaxPool 3 | Relu")]
    public void Inference_keeps_an_activation_in_registers_unless_it_stays_there_after_the_pooling(string layers, string expected) =>
        Assert.Equal(expected, Titles(Simplified(layers).Inference));

    /// <summary>An exponential of each element costs more than a pass over the elements that are left.</summary>
    [Theory]
    [InlineData("Conv(8, 3), Tanh, MaxPool(3, Stride = 2)", "Conv 3x3 | MaxPool 3 | Tanh")]
    [InlineData("Conv(8, 3), Tanh, MaxPool(3, Stride = 1, Padding = 1)", "Conv 3x3 + Tanh | MaxPool 3")]
    [InlineData("Conv(8, 3), Elu, MaxPool(1, 2)", "Conv 3x3 | MaxPool 1x2 | Elu 1")]
    public void A_costly_activation_follows_a_pooling_that_leaves_half_of_the_elements(string layers, string expected) =>
        Assert.Equal(expected, Titles(Simplified(layers).Inference));

    /// <summary>Its gradient is a pass over memory in any case, over a quarter of the elements after the pooling.</summary>
    [Theory]
    [InlineData("Conv(8, 3), Relu, MaxPool(3, Stride = 2)", "Conv 3x3 | MaxPool 3 | Relu")]
    [InlineData("Conv(8, 3), Relu, MaxPool(2)", "Conv 3x3 | MaxPool 2 | Relu")]
    public void Training_applies_an_activation_after_max_pooling(string layers, string expected) =>
        Assert.Equal(expected, Titles(Simplified(layers).Training));

    /// <summary>The passes agree on what is fused: none takes an activation out of registers for a pass that the next does not make.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_activation_that_moved_is_a_pass_over_memory_where_a_kernel_would_have_taken_it(int seed)
    {
        var chains = RandomArchitectures.Draw((ulong)seed, 25).Select(genes => genes.Express());
        foreach (var architecture in RandomGraphs.Draw((ulong)seed, 25).Select(genes => genes.Express()).Concat(chains))
        {
            var declaration = architecture.Declaration("Drawn");
            var network = SimplifiedNetwork.Of(Declarations.Network(declaration)).Inference;
            Assert.True(Lost(network).FirstOrDefault() is not { } lost, $"{Lost(network).FirstOrDefault()} in\n{declaration}");
        }
    }

    /// <summary>The activations by themselves that were declared before the pooling they follow, and could be part of the kernel before that.</summary>
    private static IEnumerable<string> Lost(Network network) =>
        from node in network.Nodes
        where node.Layer is ActivationLayer { IsCostly: false }
        let pool = network.Nodes.FirstOrDefault(other => other.Name == node.Sources[0])
        where pool?.Layer is PoolLayer { IsMax: true } && node.Source < pool.Source && network.OnlyReader(pool.Name) == node
        let maker = network.Nodes.FirstOrDefault(other => other.Name == pool.Sources[0])
        where maker is not null && network.OnlyReader(maker.Name) == pool && FusionRules.Inference.Fuse(maker, node) is not null
        select node.Name;

    private static SimplifiedNetwork Simplified(string layers) =>
        SimplifiedNetwork.Of(Declarations.Network($"using Cnn;\n[Input(16, 16, 3)]\n[{layers}]\npublic partial class Placed;"));

    private static string Titles(Network network) => string.Join(" | ", network.Nodes.Select(node => string.Join(
        " + ",
        new[] { node.Layer.Title, node.BatchNorm?.Layer.Title, node.Residual?.Layer.Title, node.Pool?.Layer.Title, node.Activation?.Title }.Where(title => title is not null))));
}
