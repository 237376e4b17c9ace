using System;
using System.Diagnostics;
using System.Linq;
using Cnn.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Benchmarks;

/// <summary>Runs the generator on a project that declares LeNet-5 and has another file beside it.</summary>
internal sealed class GeneratorRun
{
    private const string Declaration = """
        using Cnn;
        namespace Project;
        [Input(28, 28, 1)]
        [Conv(6, 5, Padding = 2), Relu, MaxPool(2)]
        [Conv(16, 5), Relu, MaxPool(2)]
        [Flatten]
        [Dense(120), Relu]
        [Dense(84), Relu]
        [Dense(10), Softmax]
        public partial class LeNet5;
        """;

    private static readonly CSharpParseOptions Options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    private readonly SyntaxTree _declaration = CSharpSyntaxTree.ParseText(Declaration, Options, "LeNet5.cs");
    private CSharpCompilation _compilation;
    private GeneratorDriver _driver;
    private SyntaxTree _other;
    private int _edits;

    /// <summary>Prepares the project and generates once.</summary>
    public GeneratorRun()
    {
        _other = Other(0);
        _compilation = Compile();
        _driver = Driver().RunGenerators(_compilation);
        var result = _driver.GetRunResult();
        if (result.GeneratedTrees.IsEmpty || result.Results.Any(run => run.Exception is not null))
            throw new InvalidOperationException("The generator printed nothing for LeNet-5.");
    }

    /// <summary>Milliseconds of a run that knows nothing: a new driver on a new compilation.</summary>
    public double Cold()
    {
        var compilation = Compile();
        var driver = Driver();
        var start = Stopwatch.GetTimestamp();
        driver.RunGenerators(compilation);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Milliseconds of a run after an edit of the other file.</summary>
    public double AfterUnrelatedEdit()
    {
        var edited = Other(++_edits);
        _compilation = _compilation.ReplaceSyntaxTree(_other, edited);
        _other = edited;
        var start = Stopwatch.GetTimestamp();
        _driver = _driver.RunGenerators(_compilation);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static SyntaxTree Other(int edit) =>
        CSharpSyntaxTree.ParseText($"namespace Project; class Other {{ int M() => {edit}; }}", Options, "Other.cs");

    private static CSharpGeneratorDriver Driver() =>
        CSharpGeneratorDriver.Create([new CnnGenerator().AsSourceGenerator()], parseOptions: Options);

    private CSharpCompilation Compile() => CSharpCompilation.Create(
        "Project",
        [_declaration, _other],
        ProjectReferences.All,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
}
