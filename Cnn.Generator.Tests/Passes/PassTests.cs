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
        var network = CommuteActivation.Run(Network(layers), FusionRules.Inference);

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
        var network = FuseEpilogue.Run(Network(layers), FusionRules.Inference);

        Assert.Equal(expected, Titles(network));
    }

    [Fact]
    public void Training_keeps_pooling_apart_because_the_backward_pass_needs_its_input()
    {
        var network = FuseEpilogue.Run(Network("Conv(4, 3), Relu, AvgPool(2)"), FusionRules.Training);

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

    /// <summary>A value that another reads, or that leaves, must be there as it is declared.</summary>
    [Theory]
    [InlineData("Conv(4, 3), Relu(Name = \"r\"), MaxPool(2), Output(\"r\")", "Conv 3x3 | Relu | MaxPool 2")]
    [InlineData("Conv(4, 3), Relu(Name = \"r\"), MaxPool(3, Stride = 1, Padding = 1), Add(\"r\")", "Conv 3x3 | Relu | MaxPool 3 | Add r")]
    [InlineData("Conv(4, 3), Relu, MaxPool(2, Name = \"m\"), Tanh, Output(\"m\")", "Conv 3x3 | MaxPool 2 | Relu | Tanh")]
    public void An_activation_stays_before_max_pooling_where_others_read_it(string layers, string expected)
    {
        var network = CommuteActivation.Run(Network(layers), FusionRules.Inference);

        Assert.Equal(expected, Titles(network));
        Assert.Empty(NetworkVerifier.Verify(network));
    }

    [Fact]
    public void What_reads_a_pooling_reads_the_activation_that_moved_behind_it()
    {
        var network = CommuteActivation.Run(Network("Relu, MaxPool(2, Name = \"m\"), Tanh(Name = \"t\"), Add(\"m\"), Output(\"m\"), Tanh"), FusionRules.Inference);

        Assert.Equal(
            "m:input relu1:m t:relu1 add1:t,relu1 tanh1:add1",
            string.Join(" ", network.Nodes.Select(node => node.Name + ":" + string.Join(",", node.Sources))));
        Assert.Equal(["tanh1", "relu1"], network.OutputNames);
        Assert.Empty(NetworkVerifier.Verify(network));
    }

    [Theory]
    [InlineData("Relu(Name = \"r\"), Dropout(0.5, Name = \"d\"), Tanh, Add(\"d\", \"r\"), Output(\"d\")", "Relu | Tanh | Add d, r", "add1:tanh1,r,r", "add1 r")]
    [InlineData("Dropout(0.5, Name = \"d\"), Dropout(0.5), Add(\"d\"), Output(\"d\")", "Add d", "add1:input,input", "add1 input")]
    [InlineData("Relu, Dropout(0.5)", "Relu", "relu1:input", "relu1")]
    public void What_reads_a_dropped_layer_reads_what_that_read(string layers, string titles, string last, string outputs)
    {
        var network = DropIdentity.Run(Network(layers));

        Assert.Equal(titles, Titles(network));
        var node = network.Nodes[^1];
        Assert.Equal(last, node.Name + ":" + string.Join(",", node.Sources));
        Assert.Equal(outputs, string.Join(" ", network.OutputNames));
        Assert.Empty(NetworkVerifier.Verify(network));
    }

    [Theory]
    [InlineData("Conv(4, 3), BatchNorm, Relu", "Conv 3x3 + BatchNorm | Relu")]
    [InlineData("Conv(4, 3), BatchNorm", "Conv 3x3 + BatchNorm")]
    [InlineData("Conv(4, 3, Name = \"c\"), BatchNorm, Output(\"c\")", "Conv 3x3 | BatchNorm")]
    [InlineData("Conv(4, 3, Name = \"c\"), BatchNorm, Add(\"c\")", "Conv 3x3 | BatchNorm | Add c")]
    [InlineData("Conv(4, 3, Name = \"c\"), BatchNorm(Name = \"a\"), BatchNorm(From = \"c\"), Add(\"a\")", "Conv 3x3 | BatchNorm | BatchNorm | Add a")]
    [InlineData("Conv(4, 3), BatchNorm, BatchNorm", "Conv 3x3 + BatchNorm | BatchNorm")]
    [InlineData("Conv(4, 3), Relu, BatchNorm", "Conv 3x3 | Relu | BatchNorm")]
    [InlineData("BatchNorm, Conv(4, 3)", "BatchNorm | Conv 3x3")]
    public void Batch_normalisation_is_folded_into_what_it_alone_reads(string layers, string expected)
    {
        var network = FoldBatchNorm.Run(Network(layers));

        Assert.Equal(expected, Titles(network));
        Assert.Empty(NetworkVerifier.Verify(network));
    }

    [Fact]
    public void What_reads_a_folded_normalisation_and_where_it_leaves_is_the_layer_that_took_it_in()
    {
        var network = FoldBatchNorm.Run(Network("Conv(4, 3), BatchNorm(Name = \"b\"), Relu, Add(\"b\"), Output(\"b\")"));

        Assert.Equal("add1:relu1,conv1", network.Nodes[^1].Name + ":" + string.Join(",", network.Nodes[^1].Sources));
        Assert.Equal(["add1", "conv1"], network.OutputNames);
    }

    [Theory]
    [InlineData("Conv(4, 3, Name = \"c\"), Relu, Output(\"c\")", "Conv 3x3 | Relu")]
    [InlineData("Conv(4, 3, Name = \"c\"), Relu, Add(\"c\")", "Conv 3x3 | Relu | Add c")]
    [InlineData("Conv(4, 3), Relu(Name = \"r\"), AvgPool(2), Output(\"r\")", "Conv 3x3 + Relu | AvgPool 2")]
    [InlineData("Conv(4, 3), Relu(Name = \"r\"), Tanh, Add(\"r\")", "Conv 3x3 + Relu | Tanh | Add r")]
    [InlineData("Conv(4, 3), MaxPool(2, Name = \"m\"), Relu, Output(\"m\")", "Conv 3x3 + MaxPool 2 | Relu")]
    [InlineData("Conv(4, 3), MaxPool(2, Name = \"m\"), Relu, Add(\"m\")", "Conv 3x3 + MaxPool 2 | Relu | Add m")]
    [InlineData("Conv(4, 3, Name = \"c\"), Relu(Name = \"a\"), Relu(From = \"c\"), Add(\"a\")", "Conv 3x3 | Relu | Relu | Add a")]
    public void What_others_read_or_what_leaves_is_not_fused_away(string layers, string expected)
    {
        var declared = Network(layers);
        var network = FuseEpilogue.Run(declared, FusionRules.Inference);

        Assert.Equal(expected, Titles(network));
        Assert.Equal(declared.Output, network.Output);
        Assert.All(network.OutputNames, name => Assert.Contains(network.Nodes, node => node.Name == name));
    }

    [Fact]
    public void An_activation_that_leaves_may_be_fused_for_its_value_is_what_the_fused_node_computes()
    {
        var network = FuseEpilogue.Run(Network("Conv(4, 3), Relu(Name = \"r\"), Tanh, Output(\"r\")"), FusionRules.Inference);

        Assert.Equal("Conv 3x3 + Relu | Tanh", Titles(network));
        Assert.Equal(["tanh1", "conv1"], network.OutputNames);
    }

    /// <summary>The later convolution takes the sum in, if nobody else reads what it computes and its channels are whole vectors.</summary>
    [Theory]
    [InlineData("Conv(8, 1, Name = \"a\"), Conv(8, 3, Padding = 1, Name = \"b\"), Add(\"a\")", "Conv 1x1 | Conv 3x3 + Add a", "b:a,a")]
    [InlineData("Conv(8, 1, Name = \"a\"), Conv(8, 1, Name = \"b\", From = \"input\"), Add(\"a\"), Relu", "Conv 1x1 | Conv 1x1 + Add a + Relu", "b:input,a")]
    [InlineData("Conv(8, 1, Name = \"a\"), Relu(Name = \"b\"), Add(\"a\")", "Conv 1x1 | Relu | Add a", "add1:b,a")]
    [InlineData("Conv(8, 1, Name = \"a\"), Conv(8, 1, Name = \"b\"), Add(\"a\"), MaxPool(2)", "Conv 1x1 | Conv 1x1 + Add a | MaxPool 2", "pool1:b")]
    [InlineData("Conv(8, 1, Name = \"a\"), Conv(8, 1, Name = \"b\"), Add(\"a\"), Output(\"b\")", "Conv 1x1 | Conv 1x1 | Add a", "add1:b,a")]
    [InlineData("Conv(8, 1, Name = \"a\"), Conv(8, 1, Name = \"b\"), Add(\"a\", \"b\")", "Conv 1x1 | Conv 1x1 | Add a, b", "add1:b,a,b")]
    [InlineData("Conv(4, 1, Name = \"a\"), Conv(4, 1, Name = \"b\"), Add(\"a\")", "Conv 1x1 | Conv 1x1 | Add a", "add1:b,a")]
    [InlineData("Conv(8, 1, Name = \"a\"), Conv(8, 1, Groups = 2, Name = \"b\"), Add(\"a\")", "Conv 1x1 | Conv 1x1 | Add a", "add1:b,a")]
    public void A_residual_is_added_by_the_convolution_that_comes_later(string layers, string expected, string last)
    {
        var network = FuseEpilogue.Run(FuseResidual.Run(Network(layers)), FusionRules.Inference);

        Assert.Equal(expected, Titles(network));
        Assert.Equal(last, network.Nodes[^1].Name + ":" + string.Join(",", network.Nodes[^1].Sources));
        Assert.Empty(NetworkVerifier.Verify(FuseResidual.Run(Network(layers))));
    }

    private static Network Network(string layers) =>
        Declarations.Network($"using Cnn;\n[Input(16, 16, 3)]\n[{layers}]\npublic partial class Passed;");

    private static string Titles(Network network) => string.Join(" | ", network.Nodes.Select(node => string.Join(
        " + ",
        new[] { node.Layer.Title, node.BatchNorm?.Layer.Title, node.Residual?.Layer.Title, node.Pool?.Layer.Title, node.Activation?.Title }.Where(title => title is not null))));
}
