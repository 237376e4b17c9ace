using BenchmarkDotNet.Attributes;
using Cnn.Benchmarks.Compiler;

namespace Cnn.Benchmarks.Suites;

/// <summary>The generator on LeNet-5, from cold and after an edit of another file.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private readonly EditedProject _generator = new(Subject.LeNet5);

    /// <summary>A new driver on a new compilation.</summary>
    [Benchmark(Baseline = true)]
    public double Cold() => _generator.Cold();

    /// <summary>The kept driver, one other file edited.</summary>
    [Benchmark]
    public double AfterUnrelatedEdit() => _generator.AfterUnrelatedEdit();
}
