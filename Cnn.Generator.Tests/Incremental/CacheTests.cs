using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Cnn.Generator.Tests.Incremental;

/// <summary>The work that the generator repeats after an edit.</summary>
public class CacheTests
{
    private const string Faulty = "\n[Input(5, 5, 1), Conv(6, 7)] public partial class Faulty;\n[Relu] public partial class Stray;\n";

    [Fact]
    public void Every_step_of_the_generator_is_tracked()
    {
        var steps = Steps(Edit(Sources.Mnist + Faulty, Sources.Mnist + Faulty, "class Plain { }"));
        Assert.Equal(
            TrackingNames.All.Concat(TrackingNames.All.Select(name => TrackingNames.WithoutInput + name)).Order(),
            steps.Keys.Order());
    }

    [Fact]
    public void An_edit_in_another_file_leaves_every_step_cached_or_unchanged()
    {
        var result = Edit(Sources.Mnist + Faulty, Sources.Mnist + Faulty, "class Plain { int Edited => 1; }");
        foreach (var (name, reasons) in Steps(result))
            AssertUnchanged(name, reasons);
        var outputs = result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).ToList();
        Assert.NotEmpty(outputs);
        Assert.All(outputs, output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    [Theory]
    [InlineData("class Plain { int Edited => 0; void More() { } }")]
    [InlineData("class Plain { public Plain(int edited) { } event System.Action More; }")]
    [InlineData("class Plain { }")]
    public void A_member_that_comes_or_goes_in_another_file_leaves_every_step_cached_or_unchanged(string after)
    {
        var result = Edit(Sources.Mnist + Faulty, Sources.Mnist + Faulty, after, "class Plain { int Edited => 0; }");
        foreach (var (name, reasons) in Steps(result))
            AssertUnchanged(name, reasons);
    }

    [Theory]
    [InlineData("[Input(8, 8, 1), Flatten, Dense(Sizes.Last)] public partial class Net : Base;", "public class Base { public int Sizes => 1; }", "public class Base { }")]
    [InlineData(
        "partial class Outer { [Input(8, 8, 1), Flatten, Dense(Sizes.Last)] public partial class Net; }",
        "partial class Outer { int Sizes => 1; }",
        "partial class Outer { }")]
    [InlineData("using static Sizes;\nusing static More;\n[Input(8, 8, 1), Flatten, Dense(Last)] public partial class Net;", "static class More { public static int Last => 1; }", "static class More { }")]
    public void A_member_that_comes_in_another_file_has_the_network_read_again_that_may_name_or_inherit_it(string network, string after, string before)
    {
        network = "using Cnn;\n" + network + "\nclass Sizes { public const int Last = 10; }";
        var compilation = Harness.Compilation(true, Harness.Parse(network, "Net.cs"), Harness.Parse(after, "Other.cs"));
        var afresh = Harness.Driver(trackSteps: true).RunGenerators(compilation).GetRunResult().Results.Single();
        var edited = Edit(network, network, after, before);
        Assert.Equal(afresh.Diagnostics.Select(fault => fault.ToString()), edited.Diagnostics.Select(fault => fault.ToString()));
        Assert.Equal(
            afresh.GeneratedSources.Select(source => source.SourceText.ToString()), edited.GeneratedSources.Select(source => source.SourceText.ToString()));
    }

    [Theory]
    [InlineData("class Sizes { public const int Last = 10; }", "class Sizes { public const int Last = 11; }")]
    [InlineData("class Sizes { int M() => 1; public const int Last = 10; }", "class Sizes { int M() => 2; public const int Last = 11; }")]
    [InlineData("class Sizes { public const int Last = 5 + 5; }", "class Sizes { public const int Last = 5 + 6; }")]
    [InlineData("enum Kind { A = 10 } class Sizes { public const int Last = (int)Kind.A; }", "enum Kind { A = 11 } class Sizes { public const int Last = (int)Kind.A; }")]
    public void A_constant_edited_in_another_file_compiles_the_network_that_names_it(string before, string after)
    {
        const string network = "using Cnn;\n[Input(8, 8, 1), Flatten, Dense(Sizes.Last)] public partial class Net;\n";
        var result = Edit(network, network, after, before);
        Assert.Equal([IncrementalStepRunReason.Modified], Steps(result)[TrackingNames.Compile]);
        Assert.Contains("OutputLength = 11;", result.GeneratedSources.Single().SourceText.ToString(), System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_declared_in_another_file_may_take_the_place_of_a_layer()
    {
        const string network = "using Cnn;\nnamespace Mine;\n[Input(8, 8, 1), Flatten, Dense(10), Relu] public partial class Net;\n";
        const string relu = "namespace Mine { class ReluAttribute : System.Attribute; }";
        var result = Edit(network, network, relu, "namespace Mine { class PluReAttribute : System.Attribute; }");
        Assert.Equal([IncrementalStepRunReason.Modified], Steps(result)[TrackingNames.Compile]);
    }

    [Fact]
    public void A_member_moved_in_another_part_of_the_class_moves_its_position_alone()
    {
        const string network = "using Cnn;\n[Input(8, 8, 1), Flatten, Dense(10)] public partial class Net;\n";
        const string part = "partial class Net { int M() => 1; }\npartial class Net { int Summary => 1; }";
        var result = Edit(network, network, part.Replace("=> 1; }\n", "=>\n1; }\n"), part);
        var error = Assert.Single(result.Diagnostics);
        Assert.Equal(("Other.cs", 2), (error.Location.GetLineSpan().Path, error.Location.GetLineSpan().StartLinePosition.Line));
    }

    [Theory]
    [InlineData("using Start = Cnn.InputAttribute;", "")]
    [InlineData("", "global using Start = Cnn.InputAttribute;")]
    [InlineData("namespace Deep { using Start = Cnn.InputAttribute;", "")]
    public void An_input_by_another_name_is_found(string directive, string otherFile)
    {
        var network = "using Cnn;\n" + directive + "\n[Start(8, 8, 1), Flatten, Dense(10)] public partial class Net;"
            + (directive.StartsWith("namespace", System.StringComparison.Ordinal) ? " }" : "");
        var result = Edit(network, network, otherFile + " class Edited;", otherFile + " class Plain;");
        Assert.Empty(result.Diagnostics);
        Assert.Single(result.GeneratedSources);
    }

    [Fact]
    public void An_edit_in_a_method_of_the_same_file_leaves_every_step_cached_or_unchanged()
    {
        var result = Edit(Sources.Mnist + "class Below { int A() => 1; }", Sources.Mnist + "class Below { int A() => 2; }", "");
        foreach (var (name, reasons) in Steps(result))
            AssertUnchanged(name, reasons);
    }

    [Fact]
    public void A_line_above_the_class_moves_the_positions_and_compiles_nothing()
    {
        var steps = Steps(Edit(Sources.Mnist + Faulty, "// A line.\n" + Sources.Mnist + Faulty, ""));
        Assert.Contains(IncrementalStepRunReason.Modified, steps[TrackingNames.Positions]);
        AssertUnchanged(TrackingNames.Declarations, steps[TrackingNames.Declarations]);
        AssertUnchanged(TrackingNames.Compile, steps[TrackingNames.Compile]);
        AssertUnchanged(TrackingNames.Emit, steps[TrackingNames.Emit]);
    }

    [Fact]
    public void A_moved_error_is_reported_where_it_now_stands()
    {
        var result = Edit("using Cnn;" + Faulty, "using Cnn;\n\n" + Faulty, "");
        Assert.Equal([3, 4], result.Diagnostics.Select(error => error.Location.GetLineSpan().StartLinePosition.Line).Order());
    }

    [Fact]
    public void An_edit_of_one_network_compiles_that_one_alone()
    {
        const string other = "\n[Input(8, 8, 1), Flatten, Dense(3)] public partial class Other;\n";
        var steps = Steps(Edit(Sources.Mnist + other, Sources.Mnist + other.Replace("Dense(3)", "Dense(4)"), ""));
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], steps[TrackingNames.Compile].Order());
    }

    [Fact]
    public void A_change_of_an_argument_changes_the_generated_file()
    {
        var result = Edit(Sources.Mnist, Sources.Mnist.Replace("Dense(84)", "Dense(85)"), "");
        var text = result.GeneratedSources.Single().SourceText.ToString();
        Assert.Contains("public const int ParameterCount = 61837;", text, System.StringComparison.Ordinal);
    }

    private const string TwoNetworks = """
        using Cnn;
        [Input(8, 8, 3), Block(typeof(Outer)), Flatten, Dense(3)] public partial class User;
        [Input(8, 8, 1), Flatten, Dense(3)] public partial class Other;
        [Relu] public partial class Stray;
        """;

    private const string Blocks = "using Cnn;\n[Block(typeof(Inner))] public class Outer;\n[Conv(4, 3), Relu] public class Inner;\nclass Below { int A() => 1; }";

    [Theory]
    [InlineData("Conv(4, 3)", "Conv(5, 3)")]
    [InlineData("Conv(4, 3)", "Conv(4, 3, Name = \"c\")")]
    [InlineData("Relu", "Tanh")]
    [InlineData("[Conv(4, 3), Relu]", "[Relu, Conv(4, 3)]")]
    public void An_edit_within_a_block_of_another_file_compiles_the_networks_that_use_it_and_nothing_else(string before, string after)
    {
        var result = Edit(TwoNetworks, TwoNetworks, Blocks.Replace(before, after), Blocks);
        var steps = Steps(result);
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], steps[TrackingNames.Compile].Order());
        AssertUnchanged(TrackingNames.Compile, steps[TrackingNames.WithoutInput + TrackingNames.Compile]);
        AssertUnchanged(TrackingNames.Blocks, Reasons(result, TrackingNames.Blocks));
    }

    [Theory]
    [InlineData("int A() => 1;", "int A() => 2;")]
    [InlineData("public class Inner;", "public sealed class Inner { public int More => 1; }")]
    public void An_edit_beside_the_layers_of_a_block_leaves_every_step_of_the_networks_cached_or_unchanged(string before, string after)
    {
        var result = Edit(TwoNetworks, TwoNetworks, Blocks.Replace(before, after), Blocks);
        foreach (var name in TrackingNames.All)
            AssertUnchanged(name, Steps(result)[name]);
        AssertUnchanged(TrackingNames.Blocks, Reasons(result, TrackingNames.Blocks));
        var outputs = result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).ToList();
        Assert.All(outputs, output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    [Fact]
    public void A_block_that_moves_in_another_file_compiles_nothing()
    {
        var result = Edit(TwoNetworks, TwoNetworks, Blocks.Replace("[Conv(4, 3), Relu]", "// A line.\n[Conv(4, 3)]\n[Relu]"), Blocks);
        foreach (var name in new[] { TrackingNames.Declarations, TrackingNames.Compile, TrackingNames.Emit })
            AssertUnchanged(name, Steps(result)[name]);
    }

    [Fact]
    public void A_fault_within_a_block_is_reported_where_that_now_stands()
    {
        var faulty = Blocks.Replace("Conv(4, 3)", "Conv(4, 9)");
        foreach (var moved in new[] { "using System;\n" + faulty, faulty.Replace("using Cnn;", "using Cnn; // Edited.\n") })
        {
            var errors = Edit(TwoNetworks, TwoNetworks, moved, faulty).Diagnostics.Where(error => error.Id == "CNN0030").ToList();
            Assert.Equal(["Network.cs", "Other.cs"], errors.Select(error => error.Location.GetLineSpan().Path));
            Assert.Equal(3, errors[1].Location.GetLineSpan().StartLinePosition.Line);
        }
    }

    [Fact]
    public void A_block_that_is_no_longer_used_is_told_and_one_that_is_used_again_is_not()
    {
        var unused = TwoNetworks.Replace("Block(typeof(Outer)), ", "");
        Assert.Equal(["CNN0010", "CNN0010"], Edit(TwoNetworks, unused, Blocks, Blocks).Diagnostics.Select(error => error.Id));
        Assert.Equal(["CNN0010"], Edit(unused, TwoNetworks, Blocks, Blocks).Diagnostics.Select(error => error.Id));
    }

    [Fact]
    public void A_fault_that_an_edit_brings_into_a_block_is_reported_there_and_at_the_network_in_the_other_file()
    {
        var errors = Edit(TwoNetworks, TwoNetworks, Blocks.Replace("Conv(4, 3)", "Conv(4, 9)"), Blocks).Diagnostics;
        Assert.Equal(
            [("Network.cs", 1), ("Other.cs", 2)],
            errors.Where(error => error.Id == "CNN0030").Select(error => error.Location.GetLineSpan())
                .Select(span => (span.Path, span.StartLinePosition.Line)));
    }

    /// <summary>Runs twice, with one file edited and another replaced in between.</summary>
    private static GeneratorRunResult Edit(string before, string after, string otherAfter, string otherBefore = "class Plain { }")
    {
        var network = Harness.Parse(before);
        var other = Harness.Parse(otherBefore, "Other.cs");
        var compilation = Harness.Compilation(true, network, other);
        var driver = Harness.Driver(trackSteps: true).RunGenerators(compilation);
        Assert.Null(driver.GetRunResult().Results.Single().Exception);
        var edited = (CSharpCompilation)compilation
            .ReplaceSyntaxTree(network, before == after ? network : Harness.Parse(after))
            .ReplaceSyntaxTree(other, Harness.Parse(otherAfter, "Other.cs"));
        return driver.RunGenerators(edited).GetRunResult().Results.Single();
    }

    private static Dictionary<string, List<IncrementalStepRunReason>> Steps(GeneratorRunResult result)
    {
        var names = TrackingNames.All.Concat(TrackingNames.All.Select(name => TrackingNames.WithoutInput + name));
        return names.Where(result.TrackedSteps.ContainsKey).ToDictionary(
            name => name,
            name => Reasons(result, name));
    }

    private static List<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string name) =>
        [.. result.TrackedSteps[name].SelectMany(step => step.Outputs).Select(output => output.Reason)];

    private static void AssertUnchanged(string name, List<IncrementalStepRunReason> reasons)
    {
        Assert.NotEmpty(reasons);
        Assert.All(reasons, reason => Assert.True(
            reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, name + " is " + reason + "."));
    }
}
