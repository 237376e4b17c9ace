using System;
using System.Diagnostics;
using System.Linq;
using Cnn.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Benchmarks.Compiler;

/// <summary>A project in an editor: the generator runs on it again after every edit, as an IDE has it run.</summary>
internal sealed class EditedProject
{
    private static readonly CSharpParseOptions Options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    private readonly Subject _subject;
    private readonly SyntaxTree[] _declarations;
    private CSharpCompilation _compilation;
    private GeneratorDriver _driver;
    private SyntaxTree _other;
    private int _edits;

    /// <summary>Opens the project and generates once.</summary>
    public EditedProject(Subject subject)
    {
        _subject = subject;
        _declarations = [.. subject.Files.Select((text, number) => Parse(text, $"Network{number}.cs"))];
        _other = Other("int M() => 0;");
        _compilation = Compile();
        _driver = Driver().RunGenerators(_compilation);
        Check(subject.Files.Count);
    }

    /// <summary>Gets the bytes of all generated files.</summary>
    public long Generated => _driver.GetRunResult().GeneratedTrees.Sum(tree => (long)tree.Length);

    /// <summary>Milliseconds of a run that knows nothing: a new driver on a new compilation.</summary>
    public double Cold()
    {
        var compilation = Compile();
        var driver = Driver();
        var start = Stopwatch.GetTimestamp();
        driver.RunGenerators(compilation);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Milliseconds of a run after an edit in a method of another file.</summary>
    public double AfterUnrelatedEdit() => AfterEdit(ref _other, Other($"int M() => {++_edits};"));

    /// <summary>Milliseconds of a run after an edit of another file that declares something new there.</summary>
    public double AfterNewMember() => AfterEdit(ref _other, Other($"int M{++_edits}() => 0;"));

    /// <summary>Milliseconds of a run after an edit of one layer.</summary>
    public double AfterLayerEdit()
    {
        var text = _subject.Files[_subject.Edited].Replace(_subject.Layer, _subject.Edit(++_edits), StringComparison.Ordinal);
        return AfterEdit(ref _declarations[_subject.Edited], Parse(text, $"Network{_subject.Edited}.cs"));
    }

    /// <summary>Bytes that the driver of a project holds after its first run, beside the compilation.</summary>
    public long Held()
    {
        var compilation = Compile();
        var driver = Driver();
        _ = compilation.GetDiagnostics();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        driver = (CSharpGeneratorDriver)driver.RunGenerators(compilation);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(compilation);
        GC.KeepAlive(driver);
        return held;
    }

    private static SyntaxTree Other(string member) => Parse($"namespace Project; class Other {{ {member} }}", "Other.cs");

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, Options, path);

    private static CSharpGeneratorDriver Driver() =>
        CSharpGeneratorDriver.Create([new CnnGenerator().AsSourceGenerator()], parseOptions: Options);

    private double AfterEdit(ref SyntaxTree tree, SyntaxTree edited)
    {
        _compilation = _compilation.ReplaceSyntaxTree(tree, edited);
        tree = edited;
        var start = Stopwatch.GetTimestamp();
        _driver = _driver.RunGenerators(_compilation);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private void Check(int networks)
    {
        var run = _driver.GetRunResult();
        if (run.GeneratedTrees.Length != networks || !run.Diagnostics.IsEmpty || run.Results.Any(result => result.Exception is not null))
        {
            var errors = string.Join("; ", run.Diagnostics.Take(3));
            throw new InvalidOperationException($"{_subject.Name}: {run.GeneratedTrees.Length} files of {networks}; {errors}");
        }
    }

    private CSharpCompilation Compile() => CSharpCompilation.Create(
        "Project",
        [.. _declarations, _other],
        ProjectReferences.All,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
}
