using BenchmarkDotNet.Attributes;
using Cnn.Benchmarks.Networks;

namespace Cnn.Benchmarks.Suites;

/// <summary>A training step on 64 digits on one thread. PyTorch times itself and so appears in the quick run alone.</summary>
[MemoryDiagnoser]
public class TrainingBenchmarks
{
    private TrainingStep? _step;

    /// <summary>Loads the digits.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var (inputs, labels) = Digits.TrainingBatches(Digits.Load());
        _step = new TrainingStep(new MnistLeNet(seed: 1), inputs, labels);
    }

    /// <summary>Frees the trainer.</summary>
    [GlobalCleanup]
    public void CleanUp() => _step?.Dispose();

    /// <summary>Forward, cross-entropy, backward, SGD with momentum.</summary>
    [Benchmark]
    public float Step() => _step!.Run();
}
