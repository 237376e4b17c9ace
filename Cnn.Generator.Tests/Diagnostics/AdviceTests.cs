using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>Advice is given where it is due and nowhere else, and a project decides how loud it is.</summary>
public class AdviceTests
{
    private const string Twice = "using Cnn;\n[Input(8), Dense(4), Relu, Relu, Dense(10)] public partial class Net;\n";

    /// <summary>Gets the files of the examples that declare networks.</summary>
    public static TheoryData<string> Examples =>
    [
        .. Directory.GetFiles(Repository.Path("examples"), "*.cs", SearchOption.AllDirectories)
            .Where(path => File.ReadAllText(path).Contains("\n[Input(", System.StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Repository.Path("examples"), path))
            .Order(),
    ];

    [Theory]
    [MemberData(nameof(AdviceCases.Meant), MemberType = typeof(AdviceCases))]
    public async Task A_network_that_means_what_it_says_gets_no_advice(string declaration)
    {
        Assert.Empty(await Harness.HintsAsync("using Cnn;\n" + declaration + " public partial class Net;"));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void No_example_gets_a_warning(string file)
    {
        var faults = Faults(file);
        Assert.DoesNotContain(faults, fault => fault.Rule.Severity >= Severity.Warning);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Only_the_networks_that_keep_the_biases_of_their_models_are_told_of_them(string file)
    {
        string[] keepsBiases = ["Autoencoder.cs", "DsCnn.cs", "MobileNetV1.cs", "ResNet8.cs"];
        var advice = Faults(file).Select(fault => fault.RuleId).Where(id => id is not ("CNN0050" or "CNN0051" or "CNN0052")).Distinct();
        Assert.Equal(keepsBiases.Contains(Path.GetFileName(file)) ? ["CNN0055"] : [], advice);
    }

    [Fact]
    public async Task A_pragma_silences_a_warning()
    {
        Assert.Single(await Harness.HintsAsync(Twice));
        Assert.Empty(await Harness.HintsAsync("#pragma warning disable CNN0070\n" + Twice));
    }

    [Theory]
    [InlineData("error", DiagnosticSeverity.Error)]
    [InlineData("suggestion", DiagnosticSeverity.Info)]
    public async Task A_configuration_sets_the_severity_of_a_warning(string severity, DiagnosticSeverity expected)
    {
        var configuration = AnalyzerConfig.Parse(
            SourceText.From($"root = true\n[*.cs]\ndotnet_diagnostic.CNN0070.severity = {severity}\n"), "/src/.editorconfig");
        var provider = new ConfiguredSeverities(AnalyzerConfigSet.Create(new[] { configuration }));
        var compilation = Harness.Compilation(true, Harness.Parse(Twice, "/src/Network.cs"));
        compilation = compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(provider));
        var hint = Assert.Single(await Harness.AnalyzeAsync(compilation));
        Assert.Equal(expected, hint.Severity);
    }

    [Fact]
    public async Task A_network_with_an_error_gets_no_advice_that_may_follow_from_it()
    {
        Assert.Empty(await Harness.HintsAsync("using Cnn;\n[Input(8, 8, 1), Relu, Relu, Dense(10)] public partial class Net;"));
    }

    private static Fault[] Faults(string file)
    {
        string[] sources =
        [
            File.ReadAllText(Repository.Path("examples", file)),
            File.ReadAllText(Repository.Path("examples", "Zoo", "Networks", "NormRelu.cs")),
            "namespace SegmentationExample; static class Scene { public const int Size = 64; public const int Classes = 4; }",
        ];
        return [.. CompilerPipeline.Check(Declarations.Parse(sources), CancellationToken.None).Faults.ToEquatableArray()];
    }

    /// <summary>The settings of .editorconfig, as the compiler passes them on.</summary>
    private sealed class ConfiguredSeverities(AnalyzerConfigSet configuration) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(
            SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            configuration.GetOptionsForSourcePath(tree.FilePath).TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(
            string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Default;
            return false;
        }
    }
}
