using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Passes;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Passes;

public sealed class PassTests
{
    [Theory]
    [InlineData("Relu, MaxPool(2)", "MaxPool 2 | Relu")]
    [InlineData("Tanh, MaxPool(3, Stride = 1, Padding = 1)", "MaxPool 3 | Tanh")]
    [InlineData("Relu, MaxPool(2), MaxPool(2)", "MaxPool 2 | MaxPool 2 | Relu")]
    [InlineData("Sigmoid, LeakyRelu, MaxPool(2)", "Sigmoid | MaxPool 2 | LeakyRelu 0.01")]
    [InlineData("Relu, AvgPool(2)", "Relu | AvgPool 2")]
    [InlineData("MaxPool(2), Relu", "MaxPool 2 | Relu")]
    public void An_activation_moves_behind_max_pooling_alone(string layers, string expected)
    {
        var network = CommuteActivation.Run(Network(layers));

        Assert.Equal(expected, Titles(network));
        Assert.Empty(NetworkVerifier.Verify(network));
    }

    [Theory]
    [InlineData("Dropout(0.5)", "")]
    [InlineData("Dropout(0), Relu", "Relu")]
    [InlineData("MaxPool(1), AvgPool(1)", "")]
    [InlineData("MaxPool(1, Stride = 2)", "MaxPool 1")]
    [InlineData("Relu, Dropout(0.5), AvgPool(2)", "Relu | AvgPool 2")]
    public void What_does_nothing_at_inference_is_dropped(string layers, string expected)
    {
        var network = DropIdentity.Run(Network(layers));

        Assert.Equal(expected, Titles(network));
        Assert.Empty(NetworkVerifier.Verify(network));
    }

    [Theory]
    [InlineData("Conv(4, 3), Relu", "Conv 3x3 + Relu")]
    [InlineData("Conv(4, 3), MaxPool(2), Relu", "Conv 3x3 + MaxPool 2 + Relu")]
    [InlineData("Conv(4, 3), Relu, AvgPool(2)", "Conv 3x3 + AvgPool 2 + Relu")]
    [InlineData("Conv(4, 3), AvgPool(2), Relu", "Conv 3x3 + AvgPool 2 | Relu")]
    [InlineData("Conv(4, 3), Relu, MaxPool(2)", "Conv 3x3 + Relu | MaxPool 2")]
    [InlineData("Conv(4, 3), MaxPool(3)", "Conv 3x3 | MaxPool 3")]
    [InlineData("Conv(4, 3), MaxPool(2, Stride = 1)", "Conv 3x3 | MaxPool 2")]
    [InlineData("Conv(4, 3), Relu, Tanh", "Conv 3x3 + Relu | Tanh")]
    [InlineData("Relu, Conv(4, 3)", "Relu | Conv 3x3")]
    [InlineData("MaxPool(2), Relu", "MaxPool 2 | Relu")]
    [InlineData("Flatten, Dense(3), Sigmoid", "Flatten | Dense 3 + Sigmoid")]
    public void What_follows_a_convolution_or_a_dense_layer_is_fused_into_it(string layers, string expected)
    {
        var network = FuseEpilogue.Run(Network(layers), fusePooling: true);

        Assert.Equal(expected, Titles(network));
    }

    [Fact]
    public void Training_keeps_pooling_apart_because_the_backward_pass_needs_its_input()
    {
        var network = FuseEpilogue.Run(Network("Conv(4, 3), Relu, AvgPool(2)"), fusePooling: false);

        Assert.Equal("Conv 3x3 + Relu | AvgPool 2", Titles(network));
        Assert.Empty(NetworkVerifier.Verify(network));
    }

    [Fact]
    public void Training_keeps_dropout()
    {
        var compiled = CompilerPipeline.Lower(Network("Conv(4, 3), Relu, Dropout(0.5), Flatten, Dense(3)"));

        Assert.DoesNotContain(compiled.Inference.Steps, step => step.Kernel is DropoutKernel);
        Assert.Single(compiled.Training.Forward, step => step.Step!.Kernel is DropoutKernel);
        Assert.Single(compiled.Training.Backward, step => step.Step!.Kernel is DropoutKernel);
    }

    private static Network Network(string layers) =>
        Declarations.Network($"using Cnn;\n[Input(16, 16, 3)]\n[{layers}]\npublic partial class Passed;");

    private static string Titles(Network network) => string.Join(" | ", network.Nodes.Select(node => string.Join(
        " + ",
        new[] { node.Layer.Title, node.Pool?.Layer.Title, node.Activation?.Title }.Where(title => title is not null))));
}
