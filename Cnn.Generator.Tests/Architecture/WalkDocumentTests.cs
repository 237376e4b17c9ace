using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>docs/walk.md shows the records that the compiler makes of the lecture's LeNet-5.</summary>
public sealed partial class WalkDocumentTests
{
    private static readonly string Document = File.ReadAllText(Repository.Path("docs", "walk.md"));

    private static readonly Lazy<CompilerState> Compiled =
        new(() => CompilerPipeline.Check(Declarations.Parse(Sources.Lecture), CancellationToken.None));

    /// <summary>The text that each section shows, by its heading.</summary>
    private static readonly Dictionary<string, Func<CompilerState, string>> Shown = new()
    {
        ["Parse"] = state => RecordText.Lines(state.Declaration!.Layers[0]),
        ["Build"] = state => RecordText.Lines(state.Network!.Nodes[0].Layer),
        ["Infer shapes"] = state => RecordText.Lines(state.Shaped!.Nodes[0], "Name", "Sources", "Inputs", "Output"),
        ["Verify"] = state => First(NetworkPrinter.Print(state.Network!), 4),
        ["Simplify"] = state => First(NetworkPrinter.Print(state.Simplified!.Inference), 2),
        ["Choose kernels"] = state => RecordText.Lines(state.InferenceChoices!.InOrder[0].Conv!, "Way", "SourceOrder", "Reason"),
        ["Schedule"] = state => Lines(Steps(state).Select(step => $"{step.Name,-12} {step.Kernel.GetType().Name,-20} {step.Comment}")),
        ["The kernel"] = state => RecordText.Lines(Conv1(state).Kernel, "Geometry", "Source", "Target", "Epilogue"),
        ["The schedule"] = state => RecordText.Lines(
            PairCut.Of(VectorWidth.V256, Assert.IsType<ConvPairsWidthKernel>(Conv1(state).Kernel).Geometry.OutWidth)),
        ["The operands"] = state => Lines(Conv1(state).Arguments.Select(argument =>
            $"{argument.Parameter.Name,-8} {argument.Parameter.Role,-8} {Text(argument.Operand)}")),
        ["Differentiate"] = state => Lines(state.Training!.Forward.Concat(state.Training.Backward).Select(step => step.Step)
            .Where(step => step is { Node: 0 }).Select(step => $"{step!.Name,-20} {step.Kernel.GetType().Name}")),
        ["Plan memory"] = state => Lines(state.Inference!.Tensors.Take(4).Select((layout, i) =>
            $"tensor {i}  {layout.Volume,-7}  {layout.Order}  at float {state.Arena!.Offsets[i]}")),
        ["Statements"] = state => Lines(Innermost(Body(state).Statements)!.Take(3).Select(RecordText.Of)),
        ["Emit"] = _ => Lines([.. Emitted("    // conv1: 5x5", 2), "...", .. Emitted("// conv1: 5x5", 12)]),
    };

    public static TheoryData<string> Sections => [.. Shown.Keys];

    [Theory]
    [MemberData(nameof(Sections))]
    public void A_section_shows_what_the_compiler_makes(string title)
    {
        var start = Document.IndexOf("\n## " + title + "\n", StringComparison.Ordinal);
        Assert.True(start >= 0, "docs/walk.md has no section " + title + ".");
        Assert.Equal(Shown[title](Compiled.Value), Block().Match(Document, start).Groups[1].Value);
    }

    [Fact]
    public void Every_stage_and_file_that_it_names_exists()
    {
        var files = Directory.EnumerateFiles(Repository.Path("Cnn.Generator"), "*.cs", SearchOption.AllDirectories).Select(Path.GetFileName).ToHashSet();
        var named = SourceFile().Matches(Document).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, file => Assert.Contains(file, files));
        var stages = CompilerPipeline.Stages.Select(stage => stage.Name);
        Assert.All(stages, stage => Assert.Contains("**" + stage + "**", Document, StringComparison.Ordinal));
    }

    private static IEnumerable<Step> Steps(CompilerState state) => state.Inference!.Steps.Where(step => step.Node == 0);

    private static Step Conv1(CompilerState state) => Steps(state).Single(step => step.Name == "Conv1");

    private static KernelBody Body(CompilerState state)
    {
        var body = new KernelBody();
        Conv1(state).Kernel.Build(body, VectorWidth.V256, 0);
        return body;
    }

    /// <summary>The statements of the first loop that holds no other and multiplies; null if there is none.</summary>
    private static IReadOnlyList<Statement>? Innermost(IEnumerable<Statement> statements) => statements
        .Select(statement => statement switch
        {
            Loop loop when loop.Statements.SelectMany(Single).Any(inner => inner is MultiplyAdd) => loop.Statements,
            Loop loop => Innermost(loop.Statements),
            Block block => Innermost(block.Statements),
            _ => null,
        })
        .FirstOrDefault(found => found is not null);

    private static IEnumerable<Statement> Single(Statement statement) => statement is Row row ? row.Statements : [statement];

    private static IEnumerable<string> Emitted(string first, int lines) => Harness.Run(Sources.Lecture).Source.Split('\n')
        .SkipWhile(line => !line.StartsWith(first, StringComparison.Ordinal))
        .Take(lines);

    private static string Text(Operand operand) => operand.Kind switch
    {
        OperandKind.Tensor => "tensor " + operand.Index,
        OperandKind.Weights => "weights, from float " + operand.Offset + " on",
        _ => operand.Kind.ToString(),
    };

    private static string First(string text, int lines) => Lines(text.Split('\n').Take(lines));

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => line.TrimEnd()));

    [GeneratedRegex("```(?:text|csharp)\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`([A-Z][A-Za-z0-9]+\\.cs)`")]
    private static partial Regex SourceFile();
}
