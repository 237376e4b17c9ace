using System;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Graph;

/// <summary>The names of nodes and parameters, and the values that they read.</summary>
public class NameTests
{
    private const string Blocks = " [Conv(3, 1), Relu] public class Body; [Conv(3, 1, Name = \"0\"), Tanh(Name = \"1\")] public class Way; "
        + "[Residual(typeof(Body)), Block(typeof(Body), Name = \"inner\")] public class Outer;";

    [Theory]
    [InlineData("Conv(3, 1), Conv(3, 1, Name = \"stem\"), Conv(3, 1)", "conv1 stem conv2")]
    [InlineData("Conv(3, 1, Name = \"conv1\"), Conv(3, 1), Conv(3, 1)", "conv1 conv2 conv3")]
    [InlineData("Conv(3, 1, Name = \"conv2\"), Conv(3, 1), Conv(3, 1)", "conv2 conv1 conv3")]
    [InlineData("Block(typeof(Body)), Block(typeof(Body))", "body1.conv1 body1.relu1 body2.conv1 body2.relu1")]
    [InlineData("Block(typeof(Body), Repeat = 2)", "body1.conv1 body1.relu1 body2.conv1 body2.relu1")]
    [InlineData("Block(typeof(Body), Name = \"b\")", "b.conv1 b.relu1")]
    [InlineData("Block(typeof(Body), Name = \"b\", Repeat = 2)", "b.0.conv1 b.0.relu1 b.1.conv1 b.1.relu1")]
    [InlineData("Block(typeof(Body), Name = \"b.0\"), Block(typeof(Body), Name = \"b\", Repeat = 2)",
        "b.0.conv1 b.0.relu1 b.1.conv1 b.1.relu1 b.2.conv1 b.2.relu1")]
    [InlineData("Residual(typeof(Body))", "body1.conv1 body1.relu1 body1.add1")]
    [InlineData("Residual(typeof(Body), Shortcut = typeof(Way))", "body1.conv1 body1.relu1 body1.shortcut.0 body1.shortcut.1 body1.add1")]
    [InlineData("Residual(typeof(Body), Shortcut = typeof(Way), ShortcutName = \"downsample\", Name = \"layer1.0\")",
        "layer1.0.conv1 layer1.0.relu1 layer1.0.downsample.0 layer1.0.downsample.1 layer1.0.add1")]
    [InlineData("Block(typeof(Outer), Name = \"o\")", "o.body1.conv1 o.body1.relu1 o.body1.add1 o.inner.conv1 o.inner.relu1")]
    [InlineData("Conv(3, 1, Name = \"body1.conv1\"), Block(typeof(Body))", "body1.conv1 body1.conv2 body1.relu1")]
    public void Nodes_are_called(string layers, string names)
    {
        var network = Network(layers);
        Assert.Equal(names, string.Join(" ", network.Nodes.Select(node => node.Name)));
        Assert.Empty(NetworkVerifier.Verify(network));
    }

    [Theory]
    [InlineData("Conv(3, 1, Name = \"a\"), Relu, Add(\"a\")", "a:input relu1:a add1:relu1,a")]
    [InlineData("Conv(3, 1), Relu, Add(\"conv1\", \"input\")", "conv1:input relu1:conv1 add1:relu1,conv1,input")]
    [InlineData("Relu(Name = \"a\"), Tanh(From = \"input\", Name = \"b\"), Sigmoid(From = \"a\"), Add(\"b\")", "a:input b:input sigmoid1:a add1:sigmoid1,b")]
    [InlineData("Relu, Block(typeof(Body), Name = \"b\"), Tanh, Add(\"b\")", "relu1:input b.conv1:relu1 b.relu1:b.conv1 tanh1:b.relu1 add1:tanh1,b.relu1")]
    [InlineData("Block(typeof(Body), Name = \"b\", Repeat = 2), Add(\"b.0\", \"b\")",
        "b.0.conv1:input b.0.relu1:b.0.conv1 b.1.conv1:b.0.relu1 b.1.relu1:b.1.conv1 add1:b.1.relu1,b.0.relu1,b.1.relu1")]
    [InlineData("Block(typeof(Body), Repeat = 2), Add(\"body1\")",
        "body1.conv1:input body1.relu1:body1.conv1 body2.conv1:body1.relu1 body2.relu1:body2.conv1 add1:body2.relu1,body1.relu1")]
    [InlineData("Relu, Residual(typeof(Body), From = \"input\"), Add(\"relu1\")",
        "relu1:input body1.conv1:input body1.relu1:body1.conv1 body1.add1:body1.relu1,input add1:body1.add1,relu1")]
    public void Values_are_read_by_name(string layers, string reads)
    {
        var network = Network(layers);
        Assert.Equal(reads, string.Join(" ", network.Nodes.Select(node => node.Name + ":" + string.Join(",", node.Sources))));
    }

    [Theory]
    [InlineData("Relu(Name = \"a\"), Output(\"a\"), Tanh(Name = \"b\"), Output(\"b\"), Sigmoid", "sigmoid1 a b")]
    [InlineData("Output(\"b\"), Output(\"a\"), Relu(Name = \"a\"), Tanh(Name = \"b\"), Sigmoid", "sigmoid1 b a")]
    [InlineData("Output(\"a\"), Block(typeof(Leaving), Repeat = 2), Output(\"input\"), Relu(Name = \"a\"), Tanh",
        "tanh1 a leaving1.relu1 leaving2.relu1 input")]
    public void The_last_value_leaves_first_and_the_others_in_the_order_of_their_attributes(string layers, string outputs)
    {
        var network = Network(layers, " [Relu, Output(\"relu1\"), Tanh] public class Leaving;");
        Assert.Equal(outputs, string.Join(" ", network.OutputNames));
        Assert.Equal(network.OutputNames.Count * 192, network.Output.Length);
    }

    [Fact]
    public void A_state_dict_of_PyTorch_s_residual_network_has_the_same_names()
    {
        const string source = """
            using Cnn;

            [Input(16, 16, 3)]
            [Conv(4, 3, Padding = 1, Bias = false, Name = "conv1"), BatchNorm(Name = "bn1"), Relu]
            [Residual(typeof(Basic), Name = "layer1", Repeat = 2)]
            [Residual(typeof(Down), Shortcut = typeof(Projection), ShortcutName = "downsample", Name = "layer2.0"), Relu]
            [Flatten, Dense(5, Name = "fc")]
            public partial class Net;

            [Conv(4, 3, Padding = 1, Bias = false), BatchNorm, Relu, Conv(4, 3, Padding = 1, Bias = false), BatchNorm]
            public class Basic;

            [Conv(8, 3, Stride = 2, Padding = 1, Bias = false), BatchNorm, Relu, Conv(8, 3, Padding = 1, Bias = false), BatchNorm]
            public class Down;

            [Conv(8, 1, Stride = 2, Bias = false, Name = "0"), BatchNorm(Name = "1")]
            public class Projection;
            """;
        string[] norm = ["weight", "bias", "running_mean", "running_var"];
        string[] block = ["conv1.weight", .. norm.Select(name => "bn1." + name), "conv2.weight", .. norm.Select(name => "bn2." + name)];
        string[] expected =
        [
            "conv1.weight", .. norm.Select(name => "bn1." + name),
            .. block.Select(name => "layer1.0." + name),
            .. block.Select(name => "layer1.1." + name),
            .. block.Select(name => "layer2.0." + name),
            "layer2.0.downsample.0.weight", .. norm.Select(name => "layer2.0.downsample.1." + name),
            "fc.weight", "fc.bias",
        ];
        Assert.Equal(
            expected,
            Declarations.Network(source).Nodes.SelectMany(node => node.Layer.Parameters(node.Input).Select(spec => node.Name + "." + spec.Suffix)));
    }

    [Fact]
    public void Names_that_differ_only_in_a_dot_and_an_underscore_and_names_of_other_alphabets_compile()
    {
        var run = Harness.Run(
            "using Cnn;\n[Input(8, 8, 3), Conv(3, 3, Name = \"a.b\"), Relu(Name = \"a.c\"), Conv(3, 2, Name = \"a_b\"), Tanh(Name = \"a_c\"), "
            + "Conv(3, 1, Name = \"0\"), Conv(3, 1, Name = \"_0\"), Block(typeof(Größe)), Flatten, Dense(2, Name = \"class\")] public partial class Net;"
            + "[Conv(3, 1)] public class Größe;");
        Assert.Empty(run.Problems);
        Assert.Contains("größe1.conv1.weight", run.Source, StringComparison.Ordinal);
    }

    /// <summary>As classes, keywords, parameters and members of the generated code are called.</summary>
    [Fact]
    public void Names_that_generated_code_uses_for_something_else_compile()
    {
        string[] names =
        [
            "weights", "gradients", "workspace", "capacity", "count", "seed", "n", "class", "var", "value", "Unsafe", "kernels", "Kernels", "Cnn",
            "vector256", "Vector128", "elementwise", "softmax", "dropout", "equals", "Net", "conv1_2", "output", "arena", "System", "mathF",
            "batch", "lowest", "turns", "phase",
        ];
        var layers = names.Select((name, index) => (index % 3) switch
        {
            0 => $"Conv(2, 1, Name = \"{name}\")",
            1 => $"Tanh(Name = \"{name}\")",
            _ => $"Add(\"input\", Name = \"{name}\")",
        });
        var run = Harness.Run(
            $"using Cnn;\n[Input(3, 3, 2), {string.Join(", ", layers)}, Conv(2, 1), Conv(2, 1), Dropout(0.5, Name = \"Elementwise\"), "
            + "Flatten(Name = \"System.Math\"), Dense(2, Name = \"MathF\"), Softmax(Name = \"Softmax\")] public partial class Net;");
        Assert.Empty(run.Problems);
    }

    [Fact]
    public void A_network_may_have_as_many_layers_as_the_limit_says_and_no_more()
    {
        const string blocks = " [Relu, Tanh, Relu] public class Body; [Block(typeof(Body), Repeat = 255), Relu, Relu, Relu] public class Outer;";
        Assert.Empty(Check("[Input(4), Block(typeof(Outer), Repeat = 4)]"));
        Assert.Equal(["CNN0068"], Check("[Input(4), Block(typeof(Outer), Repeat = 4), Relu]"));
        Assert.Equal(["CNN0068"], Check("[Input(4), Block(typeof(Outer), Repeat = 5)]"));

        // The checks alone: the later stages would take long over that many layers.
        static string[] Check(string attributes)
        {
            var declaration = Declarations.Parse($"using Cnn;\n{attributes} public partial class Net;" + blocks);
            var checks = CompilerPipeline.Stages.TakeWhile(stage => stage.Name != "simplify");
            return [.. CompilerPipeline.Compile(declaration, [.. checks], default).Errors.Select(error => error.RuleId)];
        }
    }

    private static Network Network(string layers, string blocks = "") =>
        Declarations.Network($"using Cnn;\n[Input(8, 8, 3), {layers}] public partial class Net;" + Blocks + blocks);
}
