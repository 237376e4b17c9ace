using System.Linq;
using System.Threading.Tasks;
using Cnn.CodeFixes;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cnn.Generator.Tests.CodeFixes;

/// <summary>Bad code, its diagnostic, the code that the fix makes of it, and that this compiles without a word.</summary>
public sealed class FixTests
{
    private const string Using = "using Cnn;\n\n";

    [Theory]
    [MemberData(nameof(FixCases.All), MemberType = typeof(FixCases))]
    public async Task A_fix_makes_this_of_that_and_it_compiles_without_a_word(string id, string title, string before, string after)
    {
        using var harness = await FixHarness.OpenAsync(Using + before);
        var diagnostic = Assert.Single(harness.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        var action = Assert.Single(await harness.ActionsAsync(diagnostic), action => action.Title == title);
        Assert.Equal(Using + after, await harness.ApplyAsync(action));
        Assert.Empty(Harness.Run(Using + after).Problems);
        Assert.Empty(await Harness.HintsAsync(Using + after));
    }

    [Theory]
    [MemberData(nameof(FixCases.Everywhere), MemberType = typeof(FixCases))]
    public async Task A_fix_applied_everywhere_leaves_nothing_to_say(string id, string key, string before, string after)
    {
        using var harness = await FixHarness.OpenAsync(Using + before);
        Assert.Equal([id, id], harness.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Equal(Using + after, await harness.ApplyEverywhereAsync(id, key));
        Assert.Empty(Harness.Run(Using + after).Problems);
        Assert.Empty(await Harness.HintsAsync(Using + after));
    }

    [Theory]
    [InlineData("CNN0070.Remove")]
    [InlineData(null)]
    public async Task A_fix_is_applied_everywhere_also_where_it_is_asked_for_by_the_name_of_another(string? key)
    {
        using var harness = await FixHarness.OpenAsync(
            Using + "[Input(8, 8, 1), Conv(4, 3), BatchNorm, Relu, Relu, Flatten, Dense(9), Dropout(0.5)] partial class Net;");
        Assert.Equal(["CNN0055", "CNN0070", "CNN0071"], harness.Diagnostics.Select(diagnostic => diagnostic.Id).Order());
        Assert.Equal(
            Using + "[Input(8, 8, 1), Conv(4, 3, Bias = false), BatchNorm, Relu, Relu, Flatten, Dense(9), Dropout(0.5)] partial class Net;",
            await harness.ApplyEverywhereAsync("CNN0055", key));
    }

    [Fact]
    public void Every_diagnostic_with_a_fix_has_a_case()
    {
        var cased = FixCases.All.Select(row => (string)row[0]).Distinct().Order();
        Assert.Equal(cased, new RemedyFixProvider().FixableDiagnosticIds);
    }

    [Fact]
    public async Task An_error_is_shown_by_the_generator_alone_and_repeated_hidden_where_a_fix_finds_it()
    {
        const string source = Using + "[Input(8, 8, 1), Conv(4, 3), Dense(10)] public partial class Net;";
        var shown = Assert.Single(Harness.Run(source).Diagnostics);
        Assert.Equal(DiagnosticSeverity.Error, shown.Severity);
        Assert.Empty(await Harness.HintsAsync(source));
        var hidden = Assert.Single(await Harness.AnalyzeAsync(Harness.Compilation(true, Harness.Parse(source))));
        Assert.Equal(DiagnosticSeverity.Hidden, hidden.Severity);
        Assert.Equal((shown.Id, shown.GetMessage()), (hidden.Id, hidden.GetMessage()));
        Assert.Equal(shown.Location.SourceSpan, hidden.Location.SourceSpan);
        Assert.True(hidden.Location.IsInSource);
    }

    [Fact]
    public async Task No_option_makes_the_hidden_error_seen_or_the_shown_one_hidden()
    {
        const string source = Using + "[Input(8, 8, 1), Conv(4, 3), Dense(10)] public partial class Net;";
        foreach (var severity in new[] { ReportDiagnostic.Error, ReportDiagnostic.Suppress })
        {
            var compilation = Harness.Compilation(true, Harness.Parse(source));
            compilation = compilation.WithOptions(compilation.Options
                .WithSpecificDiagnosticOptions([new("CNN0033", severity)])
                .WithGeneralDiagnosticOption(ReportDiagnostic.Error));
            Assert.Equal(DiagnosticSeverity.Error, Assert.Single(Harness.Run(compilation).Diagnostics).Severity);
            Assert.Equal(DiagnosticSeverity.Hidden, Assert.Single(await Harness.AnalyzeAsync(compilation)).Severity);
        }
    }

    [Theory]
    [InlineData("CNN0055", "Set Bias to false", "Conv(4, 3), BatchNorm", "Conv(4, 3, Bias = false), BatchNorm")]
    [InlineData("CNN0030", "Change the kernel to 8", "Conv(4, 9)", "Conv(4, 8)")]
    [InlineData("CNN0061", "Change to \"skip\"", "Relu(Name = \"skip\"), Add(\"skap\")", "Relu(Name = \"skip\"), Add(\"skip\")")]
    public async Task What_lies_within_a_block_is_mended_there_and_not_where_the_block_is_used(
        string id, string title, string before, string after)
    {
        const string network = "[Input(8, 8, 3), Block(typeof(Body)), Flatten, Dense(10)] partial class Net; ";
        using var harness = await FixHarness.OpenAsync(Using + network + $"[{before}] class Body;");
        foreach (var diagnostic in harness.Diagnostics.Where(one => one.Severity != DiagnosticSeverity.Hidden))
            Assert.Empty(await harness.ActionsAsync(diagnostic));
        var hidden = Assert.Single(harness.Diagnostics, one => one.Severity == DiagnosticSeverity.Hidden);
        Assert.Equal(id, hidden.Id);
        var action = Assert.Single(await harness.ActionsAsync(hidden), action => action.Title == title);
        Assert.Equal(Using + network + $"[{after}] class Body;", await harness.ApplyAsync(action));
    }

    [Fact]
    public async Task A_block_that_is_used_twice_is_mended_once()
    {
        const string networks = "[Input(8, 8, 3), Block(typeof(Body)), Block(typeof(Body)), Flatten, Dense(10)] partial class Net;\n"
            + "[Input(9, 9, 3), Block(typeof(Body)), Flatten, Dense(10)] partial class Other;\n";
        using var harness = await FixHarness.OpenAsync(Using + networks + "[Conv(4, 3), BatchNorm] class Body;");
        Assert.Equal(
            Using + networks + "[Conv(4, 3, Bias = false), BatchNorm] class Body;",
            await harness.ApplyEverywhereAsync("CNN0055", "CNN0055.SetArgument.Bias.false"));
    }

    [Theory]
    [InlineData("Conv(4, 1, Stride = 2)")]
    [InlineData("Conv(4, 2, Stride = 3, Dilation = 2)")]
    public async Task A_stride_that_is_meant_to_leave_something_out_gets_no_fix(string layer)
    {
        using var harness = await FixHarness.OpenAsync(Using + $"[Input(8, 8, 1), {layer}, Flatten, Dense(10)] public partial class Net;");
        Assert.Empty(await harness.ActionsAsync(Assert.Single(harness.Diagnostics)));
    }

    [Fact]
    public async Task A_name_that_is_not_written_as_a_string_is_left_alone()
    {
        using var harness = await FixHarness.OpenAsync(
            Using + "[Input(8), Dense(4, Name = \"stem\"), Relu(From = Names.Stem)] public partial class Net;\n"
            + "static class Names { public const string Stem = \"stem1\"; }");
        Assert.Empty(await harness.ActionsAsync(Assert.Single(harness.Diagnostics)));
    }

    [Fact]
    public void Remedies_come_out_of_the_properties_of_a_diagnostic_as_they_went_in()
    {
        Remedy[] remedies =
        [
            new(RemedyKind.AddPartial), Remedy.Set("Padding", 3), new(RemedyKind.ReplaceString, "stem", "st\nem\n"),
            new(RemedyKind.MoveBehind, "Dense"),
        ];
        Assert.Equal(remedies, Remedy.FromProperties(Remedy.ToProperties(remedies)));
    }
}
