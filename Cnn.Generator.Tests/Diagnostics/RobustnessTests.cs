using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Parsing;
using Cnn.Generator.Reporting;
using Cnn.Generator.Tests.Support;
using Cnn.Tests.Support;
using CsCheck;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>Whatever is typed, the generator does not throw.</summary>
public class RobustnessTests
{
    /// <summary>As while typing: any stretch of tokens is missing, doubled or swapped with another.</summary>
    [Fact]
    public void Source_with_tokens_missing_doubled_or_swapped_makes_no_exception()
    {
        const string odd = "public partial class Outer<T> { "
            + "[Cnn.Input(8, 8, 1), Cnn.Dense(Bias = false, units: -3)] file partial record @class(int X); }";
        var tokens = Harness.Parse(Sources.Mnist + odd)
            .GetRoot().DescendantTokens().Select(token => token.ToFullString()).ToArray();
        var edit = Gen.Select(Gen.Int[0, tokens.Length - 1], Gen.Int[0, tokens.Length - 1], Gen.Int[0, 2]);
        foreach (var edits in Draws.Of(edit.Array[1, 4], seed: 1, count: 300))
        {
            var text = (string[])tokens.Clone();
            foreach (var (at, other, kind) in edits)
            {
                (text[at], text[other]) = kind switch
                {
                    0 => ("", text[other]),
                    1 => (text[at] + text[at], text[other]),
                    _ => (text[other], text[at]),
                };
            }

            AssertNoFailure(string.Concat(text));
        }
    }

    [Fact]
    public void A_second_input_that_does_not_compile_leaves_the_error_to_the_language()
    {
        AssertNoFailure("using Cnn; [Input(8, 8, 1)] [Input(8, 8)] [Conv(2, 3)] public partial class Net;");
        AssertNoFailure("using Cnn; [Input(8, 8)] [Input(8, 8, 1)] [Conv(2, 3)] public partial class Net;");
    }

    [Fact]
    public void Extreme_numbers_in_every_argument_make_no_exception()
    {
        ImmutableArray<Stage> checks = [.. CompilerPipeline.Stages.TakeWhile(stage => stage.Name != "simplify")];
        int[] extremes = [int.MinValue, int.MinValue + 1, -1, 0, 1, 2, 3, 7, 46341, 65536, int.MaxValue - 1, int.MaxValue];
        var number = Gen.Int[0, extremes.Length - 1].Select(index => extremes[index] == int.MinValue
            ? "int.MinValue"
            : extremes[index].ToString(CultureInfo.InvariantCulture));
        foreach (var (n, order) in Draws.Of(Gen.Select(number.Array[16], Gen.Int[0, 3]), seed: 2, count: 600))
        {
            string[] layers =
            [
                $"Conv({n[3]}, {n[4]}, {n[5]}, Stride = {n[6]}, Padding = {n[7]}, InChannels = {n[8]})",
                $"MaxPool({n[9]}, Stride = {n[10]}, Padding = {n[11]})",
                $"AvgPool({n[12]}, Padding = {n[13]})",
                $"Flatten, Dense({n[14]}), Dropout({n[15]})",
            ];
            var turned = string.Join(", ", layers.Skip(order).Concat(layers.Take(order)));
            var source = $"using Cnn; [Input({n[0]}, {n[1]}, {n[2]}), {turned}] public partial class Net;";

            // The checks alone: a legal network of absurd size would take the later stages long.
            var result = CompilerPipeline.Compile(Declarations.Parse(source), checks, CancellationToken.None);
            Assert.DoesNotContain(result.Errors, error => error.RuleId == Rules.InternalError.Id);
        }
    }

    /// <summary>Blocks that use each other at random, names that may stand before, after or nowhere, and no argument that fits.</summary>
    [Fact]
    public void Graphs_of_random_names_and_blocks_make_no_exception()
    {
        ImmutableArray<Stage> checks = [.. CompilerPipeline.Stages.TakeWhile(stage => stage.Name != "simplify")];
        string[] names = ["\"a\"", "\"b\"", "\"c\"", "\"input\"", "\"\"", "null", "\"conv1\"", "\"body0.1\"", "\"a.b\"", "\"\\n{0}\""];
        string[] types =
        [
            "typeof(B0)", "typeof(B1)", "typeof(B2)", "typeof(B3)", "typeof(Net)", "typeof(int)", "typeof(int[])", "null!",
            "typeof(System.Collections.Generic.List<>)", "typeof(G<int>)", "typeof(void)", "typeof(System.Action)",
        ];
        var name = Gen.Int[0, names.Length - 1].Select(index => names[index]);
        var type = Gen.Int[0, types.Length - 1].Select(index => types[index]);
        var attribute = Gen.Select(Gen.Int[0, 11], name, name, type, Gen.Int[-1, 3]).Select((kind, first, second, block, number) => kind switch
        {
            0 => $"Conv({number}, 1, Name = {first})",
            1 => $"Conv(3, 1, Name = {first}, From = {second})",
            2 => $"Relu(From = {first})",
            3 => $"Add({first}, {second})",
            4 => $"Concat(with: new string[] {{ {first}, {second} }})",
            5 => "Multiply((string[])null!)",
            6 => $"Block({block}, Name = {first}, Repeat = {number})",
            7 => $"Residual({block}, From = {first}, Shortcut = {block}, ShortcutName = {second})",
            8 => $"Residual(typeof(B{Math.Abs(number)}), Shortcut = null, Repeat = 2)",
            9 => $"Output({first})",
            10 => "Flatten, Softmax",
            _ => $"Block(typeof(B{Math.Abs(number)}))",
        });
        foreach (var chains in Draws.Of(attribute.Array[1, 5].Array[6], seed: 3, count: 600))
        {
            var text = chains.Select(chain => string.Join(", ", chain)).ToArray();
            var source = $"using Cnn;\n#nullable disable\n[Input(4, 4, 3), {text[0]}] public partial class Net;\n"
                + string.Concat(text[1..5].Select((layers, index) => $"[{layers}] public class B{index};\n"))
                + $"[{text[5]}] public class G<T>;";

            // The checks alone: not every layer of a legal draw has kernels worth the time.
            var result = CompilerPipeline.Compile(Declarations.Parse(source), checks, CancellationToken.None);
            Assert.DoesNotContain(result.Errors, error => error.RuleId == Rules.InternalError.Id);
        }
    }

    [Fact]
    public void Blocks_within_blocks_beyond_all_number_are_refused_and_not_read()
    {
        var blocks = string.Concat(Enumerable.Range(0, 30).Select(i => $"[Block(typeof(B{i + 1})), Residual(typeof(B{i + 1}))] public class B{i};\n"));
        var run = Harness.Run("using Cnn;\n[Input(4, 4, 3), Block(typeof(B0))] public partial class Net;\n" + blocks + "[Relu] public class B30;");
        Assert.Equal(["CNN0068"], run.Diagnostics.Select(error => error.Id).Distinct());
    }

    [Fact]
    public void Tokens_of_a_graph_missing_doubled_or_swapped_make_no_exception()
    {
        const string graph = """
            using Cnn;
            [Input(8, 8, 3, Scale = 1f / 255, Mean = new[] { 0.5f, 0.4f, 0.3f }), Conv(4, 3, Name = "stem"), Relu]
            [Block(typeof(Body), Name = "b", Repeat = 2), Residual(typeof(Body), Shortcut = typeof(Way), ShortcutName = "way")]
            [Add("b.0", "b"), Output("stem"), Tanh(From = "stem"), Flatten, Dense(2)]
            public partial class Net { [Conv(4, 3, Padding = 1, Name = "c"), Relu, Add("c", "input")] class Body; [Conv(4, 1)] abstract class Way; }
            """;
        var tokens = Harness.Parse(graph).GetRoot().DescendantTokens().Select(token => token.ToFullString()).ToArray();
        var edit = Gen.Select(Gen.Int[0, tokens.Length - 1], Gen.Int[0, tokens.Length - 1], Gen.Int[0, 2]);
        foreach (var edits in Draws.Of(edit.Array[1, 3], seed: 4, count: 150))
        {
            var text = (string[])tokens.Clone();
            foreach (var (at, other, kind) in edits)
            {
                (text[at], text[other]) = kind switch
                {
                    0 => ("", text[other]),
                    1 => (text[at] + text[at], text[other]),
                    _ => (text[other], text[at]),
                };
            }

            AssertNoFailure(string.Concat(text));
        }
    }

    [Fact]
    public void An_exception_in_a_stage_becomes_an_error_at_the_class_and_the_members_still_stand()
    {
        var declaration = Declarations.Parse(Sources.Mnist);
        var stage = new Stage("fail", true, (_, _) => throw new InvalidOperationException("first line\r\nsecond line"));
        var result = CompilerPipeline.Compile(declaration, [.. CompilerPipeline.Stages, stage], CancellationToken.None);
        var error = Assert.Single(result.Errors);
        Assert.Equal(Place.Type, error.Place);
        Assert.Equal(
            "The network compiler failed on LeNet5, and it is not your fault; please report this message: "
                + "InvalidOperationException, first line second line",
            error.At(Location.None).GetMessage());
        Assert.Contains("public const int InputLength = 784;", result.File!.Source, StringComparison.Ordinal);
        Assert.Contains("public int Predict(", result.File.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_compilation_stays_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => CompilerPipeline.Compile(Declarations.Parse(Sources.Mnist), source.Token));
    }

    [Fact]
    public void A_failure_of_the_parser_is_an_error_at_the_class()
    {
        var compilation = Harness.Compilation(true, Harness.Parse("class Net;"));
        var type = compilation.GetTypeByMetadataName("Net")!;
        var node = type.DeclaringSyntaxReferences[0].GetSyntax();
        var source = ParsedSource.Failed(type, node, new InvalidOperationException("reason"));
        var result = CompilerPipeline.Compile(source.Declaration, CancellationToken.None);
        Assert.Null(result.File);
        var error = Assert.Single(result.Errors);
        Assert.Equal("CNN0900", error.RuleId);
        Assert.Equal(6, source.Positions.Find(error.Place).SourceSpan.Start);
    }

    private static void AssertNoFailure(string text)
    {
        var run = Harness.Run(text);
        Assert.Null(run.Result.Exception);
        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Id == Rules.InternalError.Id);
    }
}
