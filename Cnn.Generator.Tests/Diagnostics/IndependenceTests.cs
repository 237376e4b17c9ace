using System.Linq;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>All faults that stand on their own at once, and none that only follows from another.</summary>
public class IndependenceTests
{
    private static string[] Errors(string declaration)
    {
        var run = Harness.Run("using Cnn;\n" + declaration);
        return
        [
            .. run.Problems.OrderBy(problem => problem.Location.SourceSpan.Start)
                .Select(problem => problem.Id + " " + Written(run, problem.Location.SourceSpan)),
        ];
    }

    private static string Written(GeneratorRun run, Microsoft.CodeAnalysis.Text.TextSpan span) =>
        run.Output.SyntaxTrees.First().ToString().Substring(span.Start, span.Length);

    [Fact]
    public void Every_bad_argument_of_every_layer_is_reported_in_one_build()
    {
        var errors = Errors(
            "[Input(0, -1, 3), Conv(0, 0, Stride = 0, Padding = -5), Dropout(1.5), LeakyRelu(2), MaxPool(-2), "
                + "Dense(0)] public partial class Net;");
        Assert.Equal(
            [
                "CNN0020 0", "CNN0020 -1", "CNN0020 0", "CNN0020 0", "CNN0020 Stride = 0", "CNN0021 Padding = -5",
                "CNN0022 1.5", "CNN0023 2", "CNN0020 -2", "CNN0020 0",
            ],
            errors);
    }

    [Fact]
    public void Faults_of_the_class_the_chain_and_the_shapes_are_reported_together()
    {
        var errors = Errors(
            "[Input(28, 28, 1), Conv(6, 5, InChannels = 3), MaxPool(2, Padding = 2), Dense(10), Softmax, Relu] public class Net;");
        Assert.Equal(
            ["CNN0031 InChannels = 3", "CNN0032 Padding = 2", "CNN0033 Dense(10)", "CNN0035 Softmax", "CNN0001 Net"],
            errors);
    }

    [Fact]
    public void Behind_a_kernel_that_does_not_fit_no_shape_is_judged()
    {
        var errors = Errors(
            "[Input(5, 5, 1), Conv(6, 7), Conv(6, 7, InChannels = 2), MaxPool(100), Flatten, Flatten] public partial class Net;");
        Assert.Equal(["CNN0030 7"], errors);
    }

    [Fact]
    public void A_dense_layer_fixes_the_shape_anew_behind_an_unknown_one()
    {
        var errors = Errors("[Input(5, 5, 1), Conv(6, 7), Flatten, Dense(10), MaxPool(2)] public partial class Net;");
        Assert.Equal(["CNN0030 7", "CNN0034 MaxPool(2)"], errors);
    }

    [Fact]
    public void Behind_a_wrong_promise_of_channels_the_walk_goes_on_with_what_arrives()
    {
        var errors = Errors(
            "[Input(28, 28, 1), Conv(6, 5, InChannels = 3), Conv(16, 5, InChannels = 3), Conv(1, 30)] public partial class Net;");
        Assert.Equal(["CNN0031 InChannels = 3", "CNN0031 InChannels = 3", "CNN0030 30"], errors);
    }

    [Fact]
    public void With_two_inputs_no_shape_is_judged_but_arguments_are()
    {
        var errors = Errors("[Input(5, 5, 1), Input(9, 9, 1), Conv(6, 7), Dropout(2)] public partial class Net;");
        Assert.Equal(["CNN0011 Input(9, 9, 1)", "CNN0022 2"], errors);
    }

    [Fact]
    public void With_layers_on_two_parts_no_shape_is_judged_but_arguments_are()
    {
        var errors = Errors(
            "[Input(5, 5, 1), Conv(6, 7), Softmax] public partial class Net; [Dense(0)] public partial class Net;");
        Assert.Equal(["CNN0012 Dense(0)", "CNN0020 0"], errors);
    }

    [Fact]
    public void The_faults_of_two_networks_are_reported_each_at_its_own()
    {
        var errors = Errors(
            "[Input(5, 5, 1), Conv(6, 7)] partial class A; [Input(5, 5, 1), Conv(6, 9)] partial class B;");
        Assert.Equal(["CNN0030 7", "CNN0030 9"], errors);
    }

    [Fact]
    public void A_reader_of_a_name_whose_layer_is_faulty_or_bears_it_twice_gets_no_error_of_its_own()
    {
        Assert.Equal(
            ["CNN0020 0", "CNN0060 typeof(int)", "CNN0066 Name = \"c d\"", "CNN0063 Name = \"a\""],
            Errors(
                "[Input(8, 8, 3), Conv(0, 3, Name = \"a\"), Block(typeof(int), Name = \"b\"), Relu(Name = \"c d\"), Add(\"a\", \"b\", \"c d\"), "
                    + "Conv(3, 1, From = \"input\", Name = \"a\"), Add(\"a\", \"input\")] public partial class Net;"));
    }

    [Fact]
    public void A_reader_of_an_unknown_name_leaves_the_shape_unknown_and_nobody_unread()
    {
        Assert.Equal(
            ["CNN0061 From = \"stam\"", "CNN0061 \"b\""],
            Errors(
                "[Input(8, 8, 3), Conv(3, 1, Name = \"stem\"), Conv(3, 9, From = \"stam\"), Relu, Add(\"input\", \"b\"), Conv(1, 99)] "
                    + "public partial class Net;"));
    }

    [Fact]
    public void Faults_in_two_blocks_and_beside_them_are_reported_together_each_at_its_use_and_in_its_block()
    {
        Assert.Equal(
            [
                "CNN0030 Block(typeof(Stem))", "CNN0022 Residual(typeof(Body), Repeat = 4)", "CNN0067 Scale = 0", "CNN0033 Dense(2)",
                "CNN0030 9", "CNN0022 1.5",
            ],
            Errors(
                "[Input(8, 8, 3), Block(typeof(Stem)), Residual(typeof(Body), Repeat = 4)] public partial class First; "
                    + "[Input(8, 8, 3, Scale = 0), Dense(2)] public partial class Second; "
                    + "[Conv(3, 9)] public class Stem; [Dropout(1.5)] public class Body;"));
    }

    [Fact]
    public void A_block_with_the_same_fault_at_two_places_of_it_shows_both()
    {
        Assert.Equal(
            ["CNN0020 Block(typeof(Body), Repeat = 2)", "CNN0021 Block(typeof(Body), Repeat = 2)", "CNN0020 0", "CNN0021 Padding = -1"],
            Errors(
                "[Input(8, 8, 3), Block(typeof(Body), Repeat = 2), Block(typeof(Body))] public partial class Net; "
                    + "[Conv(0, 3), Conv(4, 3, Padding = -1)] public class Body;"));
    }

    [Fact]
    public void The_same_fault_of_shapes_is_shown_at_every_use_that_has_it_and_in_the_block_in_the_words_of_each()
    {
        Assert.Equal(
            ["CNN0030 Block(typeof(Stem))", "CNN0030 Block(typeof(Stem), From = \"input\")", "CNN0030 7"],
            Errors(
                "[Input(5, 5, 3), Relu, Block(typeof(Stem)), Conv(3, 1), Block(typeof(Stem), From = \"input\")] public partial class Net; "
                    + "[Conv(3, 7)] public class Stem;"));
    }

    [Fact]
    public void A_faulty_block_is_reported_by_each_network_that_uses_it()
    {
        Assert.Equal(
            ["CNN0030 Block(typeof(Stem))", "CNN0030 Block(typeof(Stem))", "CNN0030 7", "CNN0030 7"],
            Errors(
                "[Input(5, 5, 3), Block(typeof(Stem))] public partial class First; [Input(6, 6, 3), Block(typeof(Stem))] public partial class Second; "
                    + "[Input(9, 9, 3), Block(typeof(Stem))] public partial class Third; [Conv(3, 7)] public class Stem;"));
    }

    [Fact]
    public void A_fault_that_two_networks_meet_in_a_block_in_the_same_words_is_shown_there_once()
    {
        Assert.Equal(
            ["CNN0030 Block(typeof(Stem))", "CNN0030 Block(typeof(Stem))", "CNN0030 7"],
            Errors(
                "[Input(5, 5, 3), Block(typeof(Stem))] public partial class First; [Input(5, 5, 3), Block(typeof(Stem))] public partial class Second; "
                    + "[Conv(3, 7)] public class Stem;"));
    }

    [Fact]
    public void Blocks_that_contain_each_other_and_nobody_uses_are_reported_at_both()
    {
        Assert.Equal(
            [
                "CNN0010 Block(typeof(B))", "CNN0060 Block(typeof(B))", "CNN0060 typeof(B)", "CNN0060 typeof(B)",
                "CNN0010 Block(typeof(A))", "CNN0060 Block(typeof(A))", "CNN0060 typeof(A)", "CNN0010 Relu", "CNN0060 Block(typeof(B))",
            ],
            Errors("[Block(typeof(B))] public class A; [Block(typeof(A))] public class B; [Relu, Block(typeof(B))] public class C;"));
    }

    [Fact]
    public void What_csharp_refuses_in_a_block_is_left_to_csharp_also_where_it_is_used()
    {
        Assert.Equal(
            ["CS1729 Conv(6)"],
            Errors(
                "[Input(8, 8, 3), Block(typeof(Body)), Conv(1, 99)] public partial class Net; "
                    + "[Conv(6), Add(\"x\"), Conv(1, 99)] public class Body;"));
        Assert.Equal(
            ["CS0246 Conf", "CS0246 Conf"],
            Errors("[Input(8, 8, 3), Block(typeof(Body)), Dense(1)] public partial class Net; [Conf(6, 5), Flatten] public class Body;"));
        Assert.Equal(
            ["CS0246 Missing"],
            Errors("[Input(8, 8, 3), Block(typeof(Missing)), Dense(1), Add(\"missing1\")] public partial class Net;"));
    }

    /// <summary>C# has reported these itself; what is declared is unknown, and nothing is said about it.</summary>
    [Theory]
    [InlineData("[Input(28, 28), Conv(6, 50)] public partial class Net;", "CS7036 Input(28, 28)")]
    [InlineData("[Input(28, 28, \"1\"), Conv(6, 50)] public partial class Net;", "CS1503 \"1\"")]
    [InlineData("[Input(28, 28, 1), Conv(6), Conv(1, 99)] public partial class Net;", "CS1729 Conv(6)")]
    [InlineData("[Input(28, 28, 1), Conv(6, 5, Strid = 2), Conv(1, 99)] public partial class Net;", "CS0246 Strid")]
    [InlineData("[Input(28, 28, 1), Conv(6, 5, Stride = \"2\"), Conv(1, 99)] public partial class Net;", "CS0029 \"2\"")]
    [InlineData("[Input(28, 28, 1), Conv(6, 5, Stride = 1, Stride = 2), Conv(1, 99)] public partial class Net;", "CS0643 Stride = 2")]
    [InlineData("[Input(28, 28, 1), Conv(6, 99999999999), Conv(1, 99)] public partial class Net;", "CS1503 99999999999")]
    [InlineData("[Input(28, 28, 1), Conf(6, 5), Conv(1, 99)] public partial class Net;", "CS0246 Conf", "CS0246 Conf")]
    [InlineData("[Inputs(28, 28, 1), Conv(6, 5)] public partial class Net;", "CS0246 Inputs", "CS0246 Inputs")]
    [InlineData("[Input(28, 28, 1), Conv(6, Of)] public partial class Net { static int Of => 5; }", "CS0182 Of")]
    [InlineData("[Input(28, 28, 1), Flatten, Dense(10)] public partial struct Net { }", "CS0592 Input", "CS0592 Flatten", "CS0592 Dense")]
    public void What_csharp_refuses_is_left_to_csharp(string declaration, params string[] expected)
    {
        Assert.Equal(expected, Errors(declaration));
    }

    [Fact]
    public void Code_that_uses_a_network_which_csharp_refuses_binds_all_the_same()
    {
        var errors = Errors(
            "[Input(28, 28, 1), Conv(6)] public partial class Net; "
            + "static class Use { static int Digit(System.ReadOnlySpan<float> x) => new Net(seed: 1).Predict(x) + Net.InputLength; }");
        Assert.Equal(["CS1729 Conv(6)"], errors);
    }

    [Fact]
    public void A_class_of_which_only_some_parts_are_partial_is_left_to_csharp()
    {
        Assert.Equal(
            ["CS0260 Net"],
            Errors("[Input(28, 28, 1), Flatten, Dense(10)] public class Net { } public partial class Net { }"));
    }
}
