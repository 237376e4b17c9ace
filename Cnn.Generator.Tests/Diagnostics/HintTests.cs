using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Cnn.Generator.Analysis;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>Each hint: its id, the stretch it underlines, its words, and that it can be silenced as any other.</summary>
public class HintTests
{
    private const string Unread = "[Input(28, 28, 1), Conv(6, 4, Padding = 1), MaxPool(2), Flatten, Dense(10)] public partial class Net;";

    public static TheoryData<string, string, string> Cases { get; } = new()
    {
        {
            "CNN0050",
            "[Input(28, 28, 1), Conv(6, 4, Padding = 1), MaxPool([|2|]), Flatten, Dense(10)] public partial class Net;",
            "[MaxPool(2)] leaves 1 of 27 rows and 1 of 27 columns of the 27x27x6 output of Conv 4x4 unread: (27 - 2) / 2 leaves a rest of 1"
        },
        {
            "CNN0050",
            "[Input(28, 9, 1), Conv(6, 3, [|Stride = 2|], Padding = 0), Flatten, Dense(10)] public partial class Net;",
            "[Conv(6, 3, Stride = 2, Padding = 0)] leaves 1 of 28 rows of the 28x9x1 input unread: (28 - 3) / 2 leaves a rest of 1"
        },
        {
            "CNN0050",
            "[Input(8, 8, 3), Conv(4, 1, [|Stride = 2|]), Flatten, Dense(10)] public partial class Net;",
            "[Conv(4, 1, Stride = 2)] leaves 4 of 8 rows and 4 of 8 columns of the 8x8x3 input unread: "
                + "a stride of 2 steps over a part of them, for the kernel is 1x1"
        },
        {
            "CNN0050",
            "[Input(9, 11, 3), Conv(4, 3, 4, [|Stride = 3|], Padding = 0), Flatten, Dense(10)] public partial class Net;",
            "[Conv(4, 3, 4, Stride = 3, Padding = 0)] leaves 1 of 11 columns of the 9x11x3 input unread: (11 - 4) / 3 leaves a rest of 1"
        },
        {
            "CNN0051",
            "[Input(28, 28, 1), Conv(6, 4, [|Padding = Padding.Same|]), Flatten, Dense(10)] public partial class Net;",
            "[Conv(6, 4, Padding = Padding.Same)] pads unevenly, with 1 row at the top and 2 at the bottom and "
                + "1 column at the left and 2 at the right, as TensorFlow does; a framework that pads alike on all "
                + "sides gives other numbers"
        },
        {
            "CNN0051",
            "[Input(28, 28, 1), Conv(6, 3, 2, [|Padding = Padding.Same|]), Flatten, Dense(10)] public partial class Net;",
            "[Conv(6, 3, 2, Padding = Padding.Same)] pads unevenly, with 0 columns at the left and 1 at the right, "
                + "as TensorFlow does; a framework that pads alike on all sides gives other numbers"
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    [MemberData(nameof(AdviceCases.All), MemberType = typeof(AdviceCases))]
    public async Task A_declaration_gets_this_hint_at_this_place_and_no_other(string id, string declaration, string message)
    {
        var marked = new MarkedSource("using Cnn;\n\n" + declaration);
        var hint = Assert.Single(await Harness.HintsAsync(marked.Text));
        Assert.Equal(id, hint.Id);
        Assert.Equal(message, hint.GetMessage());
        Assert.Equal(Rules.Get(id).Severity.ToString(), hint.Severity.ToString());
        Assert.Equal(marked.Marked, marked.Text.Substring(hint.Location.SourceSpan.Start, hint.Location.SourceSpan.Length));
        Assert.Equal(marked.Start, hint.Location.SourceSpan.Start);
        Assert.True(hint.Location.IsInSource);
        Assert.Empty(Harness.Run(marked.Text).Diagnostics);
    }

    [Fact]
    public async Task The_lecture_s_network_gets_no_hint()
    {
        Assert.Empty(await Harness.HintsAsync(Sources.Lecture));
    }

    [Fact]
    public async Task An_arena_above_the_stack_limit_is_told_with_both_sizes()
    {
        var marked = new MarkedSource(
            "using Cnn;\n[Input(128, 128, 3), Conv(16, 3, Padding = 1), Relu, Conv(16, 3), Flatten, Dense(2)] "
                + "public partial class [|Big|];");
        var hint = Assert.Single(await Harness.HintsAsync(marked.Text));
        Assert.Equal("CNN0052", hint.Id);
        Assert.Equal(marked.Start, hint.Location.SourceSpan.Start);
        Assert.Matches("^Big needs an arena of [0-9,]+ bytes, more than the 131,072 that are taken from the stack; ", hint.GetMessage());
    }

    [Fact]
    public void The_limit_of_the_stack_is_the_runtime_s()
    {
        Assert.Equal(NetworkRunner.StackLimit, Network.UsualStackLimit);
        Assert.Equal(NetworkRunner.StackLimit, new MemoryAttribute().StackLimit);
    }

    [Theory]
    [InlineData("StackLimit = 300", "300")]
    [InlineData("", "131,072")]
    public async Task The_limit_that_a_network_sets_is_the_one_that_is_told(string argument, string limit)
    {
        var size = argument.Length == 0 ? 128 : 8;
        var marked = new MarkedSource(
            $"using Cnn;\n[Input({size}, {size}, 3), Conv(16, 3, Padding = 1), Relu, Conv(16, 3), Flatten, Dense(2)]\n"
                + (argument.Length == 0 ? "[[|Memory()|]]" : $"[Memory([|{argument}|])]") + " public partial class Net;");
        var hint = Assert.Single(await Harness.HintsAsync(marked.Text));
        Assert.Equal("CNN0052", hint.Id);
        Assert.Equal(marked.Start, hint.Location.SourceSpan.Start);
        Assert.Equal(marked.Marked.Length, hint.Location.SourceSpan.Length);
        Assert.Contains($" bytes, more than the {limit} that ", hint.GetMessage(), System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("128, 128, 3", "Memory(StackLimit = 0)")]
    [InlineData("64, 64, 3", "Memory(StackLimit = 1048576)")]
    public async Task An_arena_within_the_limit_or_where_nothing_goes_on_the_stack_is_not_told(string input, string memory)
    {
        Assert.Empty(await Harness.HintsAsync(
            $"using Cnn;\n[Input({input}), {memory}, Conv(16, 3, Padding = 1), Relu, Conv(16, 3), Flatten, Dense(2)] public partial class Net;"));
    }

    [Fact]
    public async Task A_build_without_optimisation_is_told_once_at_the_first_network()
    {
        var marked = new MarkedSource(
            "using Cnn;\n[Input(8, 8, 1), Flatten, Dense(2)] public partial class [|First|];\n"
            + "[Input(8, 8, 1), Flatten, Dense(2)] public partial class Second;");
        var hint = Assert.Single(await Harness.HintsAsync(marked.Text, optimize: false));
        Assert.Equal("CNN0053", hint.Id);
        Assert.Equal(marked.Start, hint.Location.SourceSpan.Start);
        Assert.Equal(
            "First is compiled without optimisation, which makes its kernels about 6 times slower; "
                + "build with '-c Release' to measure or to ship",
            hint.GetMessage());
    }

    [Fact]
    public async Task A_project_without_networks_is_told_nothing()
    {
        Assert.Empty(await Harness.HintsAsync("public class Plain;", optimize: false));
    }

    [Fact]
    public async Task A_pragma_silences_a_hint()
    {
        const string source = "using Cnn;\n#pragma warning disable CNN0050\n" + Unread + "\n#pragma warning restore CNN0050\n";
        Assert.Empty(await Harness.HintsAsync(source));
    }

    [Fact]
    public async Task A_suppression_attribute_silences_a_hint()
    {
        const string source = "using Cnn;\n[System.Diagnostics.CodeAnalysis.SuppressMessage(\"Cnn\", \"CNN0050\")]\n" + Unread;
        Assert.Empty(await Harness.HintsAsync(source));
    }

    [Fact]
    public async Task A_project_may_raise_a_hint_to_an_error()
    {
        var compilation = Harness.Compilation(true, Harness.Parse("using Cnn;\n" + Unread));
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
            ImmutableDictionary<string, ReportDiagnostic>.Empty.Add("CNN0050", ReportDiagnostic.Error)));
        var analysis = Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzerExtensions.WithAnalyzers(
            (CSharpCompilation)Harness.Run(compilation).Output, [new NetworkAnalyzer()]);
        var hint = Assert.Single(await analysis.GetAnalyzerDiagnosticsAsync());
        Assert.Equal(DiagnosticSeverity.Error, hint.Severity);
    }

    [Fact]
    public async Task A_faulty_network_still_gets_the_hints_that_stand_on_their_own()
    {
        var hints = await Harness.HintsAsync(
            "using Cnn;\n[Input(8, 8, 1), Conv(4, 2, Padding = Padding.Same), Dense(3)] public partial class Net;",
            optimize: false);
        Assert.Equal(["CNN0051"], hints.Select(hint => hint.Id));
    }

    [Fact]
    public void Every_hint_has_a_case()
    {
        string[] elsewhere = ["CNN0009", "CNN0052", "CNN0053", "CNN0074", "CNN0077", "CNN0086", "CNN0087"];
        var cased = Cases.Concat(AdviceCases.All).Select(row => (string)row[0]).Concat(elsewhere).ToHashSet();
        Assert.Equal(cased, Rules.Hints.Select(rule => rule.Id).ToHashSet());
    }
}
