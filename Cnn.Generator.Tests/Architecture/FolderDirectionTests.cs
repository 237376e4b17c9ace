using System;
using System.Linq;
using Cnn.Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>Data flows one way through the folders of the compiler, and Roslyn stays at its edge: docs/pipeline.md.</summary>
public sealed class FolderDirectionTests
{
    /// <summary>Each folder with those that it may use, all of which stand before it.</summary>
    private static readonly Folders Table = new(
        new("EmbeddedAttribute"),
        new("DefaultInterpolatedStringHandler", "EmbeddedAttribute"),
        new("Infrastructure", "DefaultInterpolatedStringHandler"),
        new("Diagnostics", "Infrastructure"),
        new("Declared", "Infrastructure", "Diagnostics"),
        new("Graph", "Infrastructure", "Diagnostics", "Declared"),
        new("Shapes", "Infrastructure", "Graph"),
        new("Layers", "Infrastructure", "Diagnostics", "Declared", "Graph", "Shapes"),
        new("ShapeInference", "Infrastructure", "Diagnostics", "Declared", "Graph", "Layers"),
        new("Weights", "Infrastructure", "Diagnostics", "Declared", "Graph", "Layers"),
        new("Advice", "Infrastructure", "Diagnostics", "Declared", "Graph", "Shapes", "Layers"),
        new("Passes", "Infrastructure", "Graph", "Shapes", "Layers"),
        new("Statements", "Infrastructure"),
        new("Schedules", "Infrastructure", "Graph", "Shapes", "Layers"),
        new("Kernels", "Infrastructure", "Graph", "Shapes", "Layers", "Statements", "Schedules"),
        new("Scheduling", "Infrastructure", "Graph", "Shapes", "Layers", "Schedules", "Kernels"),
        new("Planning", "Infrastructure", "Graph", "Layers", "Schedules", "Kernels", "Scheduling"),
        new("Budgets", "Infrastructure", "Diagnostics", "Declared", "Graph", "Layers", "Kernels", "Scheduling", "Planning"),
        new("Emission/CSharp", "Infrastructure", "Statements", "Schedules", "Kernels"),
        new(
            "Emission",
            "Infrastructure", "Declared", "Graph", "Layers", "Weights", "Statements", "Schedules", "Kernels", "Scheduling", "Planning",
            "Emission/CSharp"),
        new(
            "CompilerPipeline",
            "Infrastructure", "Diagnostics", "Declared", "Graph", "Layers", "ShapeInference", "Weights", "Advice", "Passes", "Kernels",
            "Scheduling", "Planning", "Budgets", "Emission"),
        new("TrackingNames"),
        new("Reporting", "Infrastructure", "Diagnostics") { MayUseRoslyn = true },
        new("Parsing", "Infrastructure", "Diagnostics", "Declared", "Layers", "TrackingNames", "Reporting") { MayUseRoslyn = true },
        new(
            "Analysis",
            "Infrastructure", "Diagnostics", "Declared", "Graph", "Layers", "Advice", "Planning", "CompilerPipeline", "Reporting",
            "Parsing")
        {
            MayUseRoslyn = true,
        },
        new(
            "CnnGenerator",
            "Infrastructure", "Diagnostics", "Declared", "Emission", "CompilerPipeline", "TrackingNames", "Reporting", "Parsing")
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
    public void A_row_names_rows_before_it() => Assert.Empty(Table.Backward());

    [Fact]
    public void Every_file_has_a_row_and_every_row_a_file() => Assert.Empty(Table.Unmatched(Folders.Compiler));

    [Fact]
    public void A_file_declares_the_namespace_of_its_folder() => Assert.Empty(Table.Misnamed(Folders.Compiler));

    [Fact]
    public void The_symbols_of_every_file_are_known() =>
        Assert.DoesNotContain(Folders.Compiler.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>So that a tool can compile a declaration without a C# compilation.</summary>
    [Fact]
    public void Everything_but_the_edge_compiles_without_Roslyn()
    {
        var core = ProjectSources.Compile("Cnn.Generator", roslyn: false, file => Table.RowOf(file) is not { MayUseRoslyn: true });
        Assert.NotNull(core.GetTypeByMetadataName(typeof(CompilerPipeline).FullName!));
        Assert.DoesNotContain(core.ReferencedAssemblyNames, name => name.Name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));

        // CS1574 is a name in documentation that means nothing.
        Assert.DoesNotContain(core.GetDiagnostics(), fault => fault.Severity == DiagnosticSeverity.Error || fault.Id == "CS1574");
    }
}
