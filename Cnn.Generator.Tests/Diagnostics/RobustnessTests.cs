using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Parsing;
using Cnn.Generator.Tests.Support;
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

            // The checks alone: a legal network of absurd size would take the stages behind them long.
            var result = CompilerPipeline.Compile(Declarations.Parse(source), checks, CancellationToken.None);
            Assert.DoesNotContain(result.Errors, error => error.RuleId == Rules.InternalError.Id);
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
