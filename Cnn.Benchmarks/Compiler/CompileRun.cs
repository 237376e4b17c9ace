using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Cnn.Benchmarks.Quick;
using Cnn.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Cnn.Benchmarks.Compiler;

/// <summary>
/// The time that C# takes to compile the generator's code, network by network, in a warm process. Prints the table and writes it to
/// reports/compile.md, and the code to reports/printed, in the current folder.
/// </summary>
internal static class CompileRun
{
    private const int Rounds = 7;
    private const int WarmUp = 8;
    private const string Printed = "reports/printed";

    /// <summary>A path of generated code as builds have it: C# hashes it for types that a file keeps to itself.</summary>
    private const string Generated = "/home/user/source/repos/Classifier/obj/Release/net10.0/generated/Cnn.Generator/Cnn.Generator.CnnGenerator/Printed.g.cs";

    private static readonly CSharpParseOptions Options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    /// <summary>Measures, in alternation with the code of another version where its folder is given.</summary>
    /// <param name="other">
    /// A folder of files that the other version has printed, and of its Cnn.Runtime.dll if that is not ours; null for none.
    /// </param>
    public static int Run(string? other)
    {
        var declarations = new[] { "zoo", "zoo-large" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, folder), "*.cs"))
            .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), Options, path))
            .ToList();
        var files = Generate(declarations);
        Directory.CreateDirectory(Printed);
        foreach (var (name, source) in files)
            File.WriteAllText(Path.Combine(Printed, name), source);
        var text = new StringBuilder();
        text.Append(ThisMachine.Description).Append("\n\nMilliseconds of user time, median, in a warm process without concurrency.\n\n");
        text.Append("| network | printed | parsed | bound, flow analysed | whole | other version | ratio |\n|---|---|---|---|---|---|---|\n");
        var (sum, sumOfOther) = (0.0, 0.0);
        var isWarm = false;
        foreach (var (name, source) in files)
        {
            Version[] versions = other is null ? [new(source, ProjectReferences.All)] : [new(source, ProjectReferences.All), Other(other, name)];
            for (var run = isWarm ? WarmUp : 0; run < WarmUp; run++)
                _ = versions.Select(version => Measure(declarations, version)).ToList();
            isWarm = true;
            var times = versions.Select(_ => new List<Times>()).ToArray();
            for (var round = 0; round < Rounds; round++)
            {
                for (var place = 0; place < versions.Length; place++)
                {
                    var version = (place + round) % versions.Length;
                    times[version].Add(Measure(declarations, versions[version]));
                }
            }

            var whole = Median(times[0], time => time.Whole);
            var wholeOfOther = other is null ? 0 : Median(times[1], time => time.Whole);
            (sum, sumOfOther) = (sum + whole, sumOfOther + wholeOfOther);
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {name} | {source.Length / 1000:N0} kB | {Median(times[0], time => time.Parse):F0} | {Median(times[0], time => time.Bind):F0} | {Cells(whole, wholeOfOther)} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"| all | | | | {Cells(sum, sumOfOther)} |\n");
        File.WriteAllText("reports/compile.md", text.ToString());
        Console.Write(text);
        Console.WriteLine("Written to reports/compile.md.");
        return 0;
    }

    private static List<(string Name, string Source)> Generate(List<SyntaxTree> declarations)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new CnnGenerator().AsSourceGenerator()], parseOptions: Options);
        var result = driver.RunGenerators(Compilation(declarations, ProjectReferences.All)).GetRunResult();
        if (result.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } error)
            throw new InvalidOperationException(error.ToString());
        return [.. result.Results.Single().GeneratedSources
            .Select(file => (file.HintName, file.SourceText.ToString()))
            .OrderBy(file => file.HintName, StringComparer.Ordinal)];
    }

    private static Version Other(string folder, string name)
    {
        var runtime = Path.Combine(folder, "Cnn.Runtime.dll");
        return new(File.ReadAllText(Path.Combine(folder, name)), File.Exists(runtime) ? ProjectReferences.With(runtime) : ProjectReferences.All);
    }

    private static CSharpCompilation Compilation(IEnumerable<SyntaxTree> trees, ImmutableArray<MetadataReference> references) => CSharpCompilation.Create(
        "Printed",
        trees,
        references,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            nullableContextOptions: NullableContextOptions.Enable,
            concurrentBuild: false));

    /// <summary>Compiles twice: up to the diagnostics, and whole, neither of which profits from the other.</summary>
    private static Times Measure(List<SyntaxTree> declarations, Version version)
    {
        GC.Collect();
        var start = UserTime();
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(version.Source, Encoding.UTF8), Options, Generated);
        tree.GetRoot();
        var parsed = UserTime();
        Compilation([.. declarations, tree], version.References).GetDiagnostics();
        var bound = UserTime();
        using var image = new MemoryStream();
        var emitted = Compilation([.. declarations, tree], version.References).Emit(image);
        if (!emitted.Success)
            throw new InvalidOperationException(emitted.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToString());
        return new Times(parsed - start, bound - parsed, UserTime() - bound + parsed - start);
    }

    private static string Cells(double whole, double other) => other == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{whole:F0} | |")
        : string.Create(CultureInfo.InvariantCulture, $"{whole:F0} | {other:F0} | {whole / other:F2}");

    private static double Median(List<Times> times, Func<Times, double> part) => Measurement.Of("", times.Select(part)).Median;

    private static double UserTime() => Process.GetCurrentProcess().UserProcessorTime.TotalMilliseconds;

    private sealed record Version(string Source, ImmutableArray<MetadataReference> References);

    /// <summary>Milliseconds of one compilation; the whole holds parsing, binding, lowering and emission.</summary>
    private readonly record struct Times(double Parse, double Bind, double Whole);
}
