using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Cnn.Generator.Tests.Incremental;

/// <summary>The work that the generator repeats after an edit of a file of weights, and after another edit beside one.</summary>
public sealed class WeightsCacheTests
{
    private const string Source = """
        using Cnn;
        [Input(8), Dense(3), Weights("a.safetensors")] public partial class A;
        [Input(8), Dense(4), Weights("b.safetensors")] public partial class B;
        [Input(8), Dense(5)] public partial class C;
        """;

    private const string Files = """
        a.safetensors
        dense1.weight F32 [3, 8]
        dense1.bias F32 [3]
        b.safetensors
        dense1.weight F32 [4, 8]
        dense1.bias F32 [4]
        c.safetensors (not named)
        dense1.weight F32 [1]
        """;

    [Fact]
    public void An_edit_in_another_file_leaves_every_step_cached_or_unchanged()
    {
        var result = Run(Files, edit: "class Plain { int Edited => 1; }");
        Assert.Empty(result.Diagnostics);
        foreach (var name in TrackingNames.All.Append(TrackingNames.WeightsIndex))
            AssertUnchanged(result, name);
    }

    [Fact]
    public void A_header_that_changes_compiles_the_network_that_names_it_alone()
    {
        var result = Run(Files.Replace("[4, 8]", "[4, 9]"));
        Assert.Equal("CNN0092", Assert.Single(result.Diagnostics).Id);
        AssertUnchanged(result, TrackingNames.Parse);
        AssertUnchanged(result, TrackingNames.Positions);
        Assert.Equal(
            [IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached],
            Reasons(result, TrackingNames.Compile).Order());
    }

    [Fact]
    public void A_file_that_nobody_names_and_one_that_is_written_again_compile_nothing()
    {
        AssertUnchanged(Run(Files.Replace("[1]", "[2]")), TrackingNames.Compile);
        AssertUnchanged(Run(Files), TrackingNames.WeightsIndex);
    }

    [Fact]
    public void A_file_that_appears_takes_the_error_away()
    {
        var before = Files.Replace("b.safetensors", "d.safetensors");
        Assert.Equal("CNN0090", Assert.Single(Run(before).Diagnostics).Id);
        Assert.Empty(Run(Files, before: before).Diagnostics);
    }

    /// <summary>Runs twice, with the weights or another file edited in between.</summary>
    private static GeneratorRunResult Run(string files, string edit = "class Plain { }", string before = Files)
    {
        var first = WeightsText.Of(before);
        var other = Harness.Parse("class Plain { }", "Other.cs");
        var compilation = Harness.Compilation(true, Harness.Parse(Source), other);
        var driver = Harness.Driver(trackSteps: true, weights: first).RunGenerators(compilation);
        var edited = (CSharpCompilation)compilation.ReplaceSyntaxTree(other, Harness.Parse(edit, "Other.cs"));
        return driver.ReplaceAdditionalText(first, WeightsText.Of(files)).RunGenerators(edited).GetRunResult().Results.Single();
    }

    private static List<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string name) =>
        [.. result.TrackedSteps[name].SelectMany(step => step.Outputs).Select(output => output.Reason)];

    private static void AssertUnchanged(GeneratorRunResult result, string name)
    {
        Assert.NotEmpty(Reasons(result, name));
        Assert.All(Reasons(result, name), reason => Assert.True(
            reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, name + " is " + reason + "."));
    }
}
