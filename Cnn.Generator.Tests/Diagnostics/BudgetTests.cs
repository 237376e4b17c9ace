using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>A network that takes more than its budget: where that is told, in which words, and that every change named is enough.</summary>
public sealed partial class BudgetTests
{
    /// <summary>The rule whose cases these are.</summary>
    internal const string Id = "CNN0100";

    private const string LeNet =
        "[Input(28, 28, 1)] [Conv(6, 5, Padding = 2)] [Relu, MaxPool(2)] [Conv(16, 5)] [Relu, MaxPool(2)] [Flatten] "
        + "[Dense(120)] [Relu] [Dense(84)] [Relu] [Dense(10)] [Softmax] public partial class Net;";

    private const string Deep =
        "[Input(16, 16, 3)] [Conv(16, 3, Padding = 1)] [Residual(typeof(Keep), Repeat = 2)] [GlobalAvgPool] [Flatten] [Dense(10)] "
        + "public partial class Net; [Conv(24, 3, Padding = 1)] [Relu] [Conv(16, 3, Padding = 1)] class Keep;";

    private const string Vectors =
        "[Input(64)] [Dense(1024)] [Relu] [Dense(992)] [Relu] [Dense(10)] public partial class Net;";

    private const string Twins =
        "[Input(16, 16, 3)] [Conv(8, 3, Padding = 1)] [Relu] [Conv(8, 3, Padding = 1)] [GlobalAvgPool] [Flatten] [Dense(10)] public partial class Net;";

    public static TheoryData<string, string> Exceeded { get; } = new()
    {
        { "[Budget([|MultiplyAdds = 200_000|])] " + LeNet, "[Budget(MultiplyAdds = 200000)]: Net takes 416,520 multiply-adds, 216,520 more than it may; "
            + "conv2 (Conv 5x5) takes 58% of them; "
            + "[Conv(2, 5, Padding = 2)] instead of [Conv(6, 5, Padding = 2)] leaves 178,120, or [Conv(3, 5)] instead of [Conv(16, 5)] leaves 182,520" },
        { "[Budget([|Parameters = 20_000|])] " + LeNet, "[Budget(Parameters = 20000)]: Net takes 61,706 parameters, 41,706 more than it may; "
            + "dense1 (Dense 120) takes 78% of them; "
            + "[Dense(32)] instead of [Dense(120)] leaves 19,026, or [Conv(2, 5)] instead of [Conv(16, 5)] leaves 17,592" },
        { "[Budget([|WeightBytes = 100_000|], Parameters = 1_000_000)] " + LeNet, "[Budget(WeightBytes = 100000, Parameters = 1000000)]: Net takes 246,824 bytes of weights, 146,824 more than it may; "
            + "dense1 (Dense 120) takes 78% of them; "
            + "[Dense(40)] instead of [Dense(120)] leaves 91,624, or [Conv(4, 5)] instead of [Conv(16, 5)] leaves 95,576" },
        { "[Budget([|ArenaBytes = 6_000|])] " + Vectors, "[Budget(ArenaBytes = 6000)]: Net takes 8,064 bytes of arena, 2,064 more than it may; "
            + "dense1 (Dense 1024) takes 51% of them; "
            + "[Dense(496)] instead of [Dense(1024)] leaves 5,952, or [Dense(464)] instead of [Dense(992)] leaves 5,952" },
        { "[Budget([|MultiplyAdds = 2_000_000|])] " + Deep, "[Budget(MultiplyAdds = 2000000)]: Net takes 3,649,696 multiply-adds, 1,649,696 more than it may; "
            + "keep1.conv1 (Conv 3x3) takes 24% of them; "
            + "[Conv(8, 3, Padding = 1)] instead of [Conv(24, 3, Padding = 1)] in Keep leaves 1,290,400, or [Input(8, 8, 3)] instead of [Input(16, 16, 3)] leaves 912,544" },
        { "[Budget([|MultiplyAdds = 150_000|])] " + Twins, "[Budget(MultiplyAdds = 150000)]: Net takes 202,832 multiply-adds, 52,832 more than it may; "
            + "conv2 (Conv 3x3) takes 73% of them; "
            + "[Conv(4, 3, Padding = 1)] instead of the second [Conv(8, 3, Padding = 1)] leaves 129,064, or [Conv(8, 3, Padding = 1, Stride = 2)] instead of the second [Conv(8, 3, Padding = 1)] leaves 92,240" },
    };

    [Theory]
    [MemberData(nameof(Exceeded))]
    public void A_figure_above_its_budget_is_an_error_at_that_figure_with_changes_that_are_enough(string declaration, string message)
    {
        var marked = new MarkedSource("using Cnn;\n\n" + declaration);
        var run = Harness.Run(marked.Text);
        var error = Assert.Single(run.Diagnostics);
        Assert.Equal(Id, error.Id);
        Assert.Equal(marked.Start, error.Location.SourceSpan.Start);
        Assert.Equal(marked.Marked.Length, error.Location.SourceSpan.Length);
        Assert.Empty(run.CompilerProblems);
        Assert.Equal(message, error.GetMessage(CultureInfo.InvariantCulture));

        var changes = message[(message.LastIndexOf("; ", StringComparison.Ordinal) + 2)..].Split(", or ");
        Assert.Equal(2, changes.Length);
        Assert.All(changes, change => AssertIsEnough(marked.Text, change, marked.Marked.Split(' ')[0]));
    }

    [Fact]
    public void Where_no_single_change_is_enough_the_nearest_two_are_named()
    {
        var error = Assert.Single(Harness.Run("using Cnn; [Budget(Parameters = 100)] " + LeNet).Diagnostics);
        Assert.Equal("[Budget(Parameters = 100)]: Net takes 61,706 parameters, 61,606 more than it may; "
            + "dense1 (Dense 120) takes 78% of them; "
            + "no single change that was tried is enough, the nearest: [Dense(15)] instead of [Dense(120)] leaves 10,781, or [DepthwiseConv(5), Conv(16, 1)] instead of [Conv(16, 5)] leaves 59,558", error.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Where_no_change_meets_all_figures_each_is_told_with_changes_that_meet_it()
    {
        const string Written = "[Budget(Parameters = 60_000, MultiplyAdds = 300_000, ArenaBytes = 8_192)]";
        const string None = "no single change that was tried meets all figures, but this one: ";
        var source = $"using Cnn; {Written} " + LeNet;
        var errors = Harness.Run(source).Diagnostics;
        Assert.Equal(["Parameters = 60_000", "MultiplyAdds = 300_000", "ArenaBytes = 8_192"],
            errors.Select(error => source.Substring(error.Location.SourceSpan.Start, error.Location.SourceSpan.Length)));
        foreach (var (error, figure) in errors.Zip(Written[8..^2].Split(", ")))
        {
            var message = error.GetMessage(CultureInfo.InvariantCulture);
            Assert.Contains(None, message, StringComparison.Ordinal);
            var changes = message[(message.IndexOf(None, StringComparison.Ordinal) + None.Length)..].Split(", or ");

            // One change alone brings the arena, which has transformed kernels in it, so far down.
            Assert.Equal(figure.StartsWith("ArenaBytes", StringComparison.Ordinal) ? 1 : 2, changes.Length);
            Assert.All(changes, change => AssertIsEnough($"using Cnn; [Budget({figure})] " + LeNet, change, figure.Split(' ')[0]));
        }
    }

    [Fact]
    public void Every_figure_that_is_exceeded_is_told_and_a_change_meets_the_whole_budget()
    {
        const string Budget = "[Budget(Parameters = 50000, MultiplyAdds = 300000, WeightBytes = 1000000)]";
        var run = Harness.Run("using Cnn; [Budget(Parameters = 50_000, MultiplyAdds = 300_000, WeightBytes = 1_000_000)] " + LeNet);
        string[] expected =
        [
            Budget + ": Net takes 61,706 parameters, 11,706 more than it may; dense1 (Dense 120) takes 78% of them; "
                + "[Conv(8, 5)] instead of [Conv(16, 5)] leaves 36,498",
            Budget + ": Net takes 416,520 multiply-adds, 116,520 more than it may; conv2 (Conv 5x5) takes 58% of them; "
                + "[Conv(8, 5)] instead of [Conv(16, 5)] leaves 272,520",
        ];
        Assert.Equal(expected, run.Diagnostics.Select(error => error.GetMessage(CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("Parameters = 61_706, MultiplyAdds = 416_520, WeightBytes = 246_824, ArenaBytes = 1_000_000")]
    [InlineData("")]
    public async Task A_network_within_its_budget_is_told_nothing(string budget)
    {
        var source = $"using Cnn; [Budget({budget})] " + LeNet;
        Assert.Empty(Harness.Run(source).Problems);
        Assert.Empty(await Harness.HintsAsync(source));
    }

    [Theory]
    [InlineData("Parameters = 61_705")]
    [InlineData("MultiplyAdds = 416_519")]
    [InlineData("WeightBytes = 246_823")]
    public void One_too_many_is_too_many(string budget)
    {
        var error = Assert.Single(Harness.Run($"using Cnn; [Budget({budget})] " + LeNet).Diagnostics);
        Assert.Contains(", 1 more than it may; ", error.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_counts_layers_keeps_its_meaning()
    {
        const string source = "using Cnn; [Input(16, 16, 3)] [Conv(8, 3, Padding = 1)] [MaxPool(2)] [Conv(8, 3, Padding = 1)] [Add(\"pool1\")] [Flatten] "
            + "[Dense(10)] [Budget(MultiplyAdds = 60_000)] public partial class Net;";
        var error = Assert.Single(Harness.Run(source).Diagnostics);
        Assert.DoesNotContain("Pool", error.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    /// <summary>Writes a change into the source and compiles that.</summary>
    private static void AssertIsEnough(string source, string change, string figure)
    {
        var words = Change().Match(change);
        Assert.True(words.Success, change);
        var (written, old) = (words.Groups["new"].Value, words.Groups["old"].Value);
        var start = source.IndexOf(old, StringComparison.Ordinal);
        if (words.Groups["which"].Value == "the second ")
            start = source.IndexOf(old, start + 1, StringComparison.Ordinal);
        Assert.True(start >= 0, old);
        var changed = source[..start] + written + (words.Groups["how"].Value == "before" ? " " + old : "") + source[(start + old.Length)..];
        var run = Harness.Run(changed);
        Assert.Empty(run.Problems);
        var taken = words.Groups["left"].Value.Replace(",", "", StringComparison.Ordinal);
        var constant = figure == "Parameters" ? "ParameterCount" : figure;
        if (figure != "WeightBytes")
            Assert.Contains($" {constant} = {taken};", run.Source, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(?<new>\[.*\]) (?<how>instead of|before) (?<which>the (first|second) )?(?<old>\[.*?\])( in \w+)? leaves (?<left>[0-9,]+)$")]
    private static partial Regex Change();
}
