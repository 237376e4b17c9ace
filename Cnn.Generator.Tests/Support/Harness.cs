using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using System.Threading.Tasks;
using Cnn.Generator.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Cnn.Generator.Tests.Support;

/// <summary>Compiles source against the runtime with the generator, as a project of a user would.</summary>
internal static class Harness
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => IsReferenced(Path.GetFileNameWithoutExtension(path)))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)),
    ];

    public static SyntaxTree Parse(string source, string path = "Network.cs", LanguageVersion version = LanguageVersion.Latest) =>
        CSharpSyntaxTree.ParseText(source, ParseOptions.WithLanguageVersion(version), path);

    public static CSharpCompilation Compilation(bool optimize, params SyntaxTree[] trees) => CSharpCompilation.Create(
        "Generated" + Guid.NewGuid().ToString("N"),
        trees,
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: optimize ? OptimizationLevel.Release : OptimizationLevel.Debug,
            nullableContextOptions: NullableContextOptions.Enable));

    public static GeneratorDriver Driver(
        bool trackSteps = false, Dictionary<string, string>? properties = null, AdditionalText? weights = null, ParseOptions? parseOptions = null) =>
        CSharpGeneratorDriver.Create(
        [new CnnGenerator().AsSourceGenerator()],
        additionalTexts: weights is null ? [] : [weights],
        parseOptions: (CSharpParseOptions?)parseOptions ?? ParseOptions,
        optionsProvider: new BuildProperties(properties ?? []),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackSteps));

    public static GeneratorRun Run(params string[] sources) =>
        Run(Compilation(true, [.. sources.Select((source, index) => Parse(source, index == 0 ? "Network.cs" : $"Part{index}.cs"))]));

    public static GeneratorRun Run(
        CSharpCompilation compilation, Dictionary<string, string>? properties = null, AdditionalText? weights = null)
    {
        // Generated files are compiled as the project's own are.
        var driver = Driver(properties: properties, weights: weights, parseOptions: compilation.SyntaxTrees.First().Options).RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        return new GeneratorRun(output, driver.GetRunResult().Results.Single());
    }

    /// <summary>The diagnostics of the analyzer over the compilation with the generated code in it, unsuppressed only.</summary>
    public static async Task<ImmutableArray<Diagnostic>> HintsAsync(
        string source, bool optimize = true, AnalyzerOptions? options = null, LanguageVersion version = LanguageVersion.Latest)
    {
        var reported = await AnalyzeAsync(Compilation(optimize, Parse(source, version: version)), options);
        return [.. reported.Where(hint => !hint.IsSuppressed && hint.Severity != DiagnosticSeverity.Hidden)];
    }

    /// <summary>Everything that the analyzer reports, in the order of the source.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(CSharpCompilation compilation, AnalyzerOptions? options = null)
    {
        var analysis = Run(compilation).Output.WithAnalyzers([new NetworkAnalyzer()], options ?? new AnalyzerOptions([]));
        var reported = await analysis.GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        return [.. reported.OrderBy(hint => hint.Location.SourceSpan.Start).ThenBy(hint => hint.Id)];
    }

    /// <summary>Compiles, loads and returns the assembly, which is collected with its last use. Any warning or error is an exception.</summary>
    public static Assembly CompileAndLoad(string source, bool optimize = true) => Load(Run(Compilation(optimize, Parse(source))));

    /// <inheritdoc cref="CompileAndLoad"/>
    public static Assembly Load(GeneratorRun run, params ResourceDescription[] resources)
    {
        var problems = run.Problems;
        if (problems.Length > 0)
            throw new InvalidOperationException(string.Join("\n", problems.Select(problem => problem.ToString())));
        using var image = new MemoryStream();
        var emitted = run.Output.Emit(image, manifestResources: resources);
        if (!emitted.Success)
        {
            var errors = emitted.Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error);
            throw new InvalidOperationException(string.Join("\n", errors));
        }

        image.Position = 0;
        return Load(image);
    }

    /// <summary>
    /// Loads an assembly for good: where collectible contexts come and go, .NET 10.0.12 at times writes a zero over an object's header, and
    /// its garbage collector crashes.
    /// </summary>
    public static Assembly Load(Stream image) => new AssemblyLoadContext(name: null).LoadFromStream(image);

    private static bool IsReferenced(string assembly) =>
        assembly is "mscorlib" or "netstandard" or "System" or "Cnn.Runtime" || assembly.StartsWith("System.", StringComparison.Ordinal);
}

/// <summary>The result of one run of the generator.</summary>
internal sealed record GeneratorRun(Compilation Output, GeneratorRunResult Result)
{
    /// <summary>Gets what the generator reported.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => Result.Diagnostics;

    public ImmutableArray<GeneratedSourceResult> Files => Result.GeneratedSources;

    /// <summary>Gets the text of the only generated file.</summary>
    public string Source => Files.Single().SourceText.ToString();

    /// <summary>Gets what C# itself reports, from warnings upwards: also about missing documentation, but only of generated code.</summary>
    public ImmutableArray<Diagnostic> CompilerProblems =>
    [
        .. Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning
            && (diagnostic.Id != "CS1591" || Files.Any(file => file.SyntaxTree == diagnostic.Location.SourceTree))),
    ];

    /// <summary>Gets everything that a build would print.</summary>
    public ImmutableArray<Diagnostic> Problems => [.. Diagnostics, .. CompilerProblems];
}
