using System.Linq;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>Data flows one way through the folders of the compiler, and Roslyn stays at its edge: docs/pipeline.md.</summary>
public sealed class FolderDirectionTests
{
    private static readonly Folders Table = new(
        new("EmbeddedAttribute"),
        new("DefaultInterpolatedStringHandler", "EmbeddedAttribute"),
        new("Infrastructure", "DefaultInterpolatedStringHandler"),
        new("TrackingNames"),
        new("Reporting", "Infrastructure", "Diagnostics") { MayUseRoslyn = true },
        new("Parsing", "Infrastructure", "TrackingNames", "Reporting", "Diagnostics", "Graph", "Layers") { MayUseRoslyn = true },
        new("Diagnostics", "Infrastructure", "Parsing", "Graph"),
        new("Graph", "Infrastructure", "Layers"),
        new("Layers", "Infrastructure", "Parsing", "Diagnostics", "Graph", "Shapes"),
        new("Shapes", "Infrastructure", "Parsing", "Diagnostics", "Graph", "Layers"),
        new("Weights", "Infrastructure", "Parsing", "Diagnostics", "Graph", "Layers", "Shapes"),
        new("Advice", "Infrastructure", "Parsing", "Diagnostics", "Graph", "Layers", "Shapes"),
        new("Passes", "Infrastructure", "Graph", "Layers", "Shapes"),
        new("Statements", "Infrastructure"),
        new("Kernels", "Infrastructure", "Graph", "Layers", "Shapes", "Statements"),
        new("Scheduling", "Infrastructure", "Parsing", "Graph", "Layers", "Shapes", "Kernels"),
        new("Planning", "Infrastructure", "Graph", "Layers", "Kernels", "Scheduling"),
        new("Budgets", "Infrastructure", "Parsing", "Diagnostics", "Graph", "Layers", "Kernels", "Scheduling", "Planning"),
        new("Emission/CSharp", "Infrastructure", "Statements", "Kernels"),
        new(
            "Emission",
            "Infrastructure", "Parsing", "Graph", "Layers", "Weights", "Statements", "Kernels", "Scheduling", "Planning",
            "Emission/CSharp"),
        new(
            "CompilerPipeline",
            "Infrastructure", "Parsing", "Diagnostics", "Graph", "Layers", "Shapes", "Weights", "Advice", "Passes", "Kernels", "Scheduling",
            "Planning", "Budgets", "Emission"),
        new(
            "Analysis",
            "Infrastructure", "Parsing", "Reporting", "Diagnostics", "Graph", "Layers", "Planning", "CompilerPipeline")
        {
            MayUseRoslyn = true,
        },
        new(
            "CnnGenerator",
            "Infrastructure", "TrackingNames", "Parsing", "Reporting", "Diagnostics", "Graph", "Emission", "CompilerPipeline")
        {
            MayUseRoslyn = true,
        });

    public static TheoryData<string> Names => [.. Table.Rows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_folder_uses_what_its_row_allows(string folder)
    {
        var faults = Table.Faults(Folders.Compiler, Table.Rows.Single(row => row.Name == folder)).ToList();
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public void Every_file_has_a_row_and_every_row_a_file() => Assert.Empty(Table.Unmatched(Folders.Compiler));

    [Fact]
    public void A_file_declares_the_namespace_of_its_folder() => Assert.Empty(Table.Misnamed(Folders.Compiler));

    [Fact]
    public void The_symbols_of_every_file_are_known() =>
        Assert.DoesNotContain(Folders.Compiler.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
