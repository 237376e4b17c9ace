using BenchmarkDotNet.Attributes;
using Cnn.Benchmarks.Networks;
using Cnn.Benchmarks.Rivals;

namespace Cnn.Benchmarks.Suites;

/// <summary>A forward pass of one image, beside ONNX Runtime with bound input and output on one thread.</summary>
[MemoryDiagnoser]
public class ForwardBenchmarks
{
    private readonly LectureLeNet _lecture = new(seed: 1);
    private readonly MnistLeNet _mnist = new(seed: 1);
    private readonly float[] _output = new float[LectureLeNet.OutputLength];
    private float[] _image = [];
    private float[] _digit = [];
    private OnnxRival? _lectureOnnx;
    private OnnxRival? _mnistOnnx;

    /// <summary>Loads the digits and opens the rivals; outputs that differ end the run.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var digits = Digits.Load();
        _image = Digits.Image(digits, LeNetShape.Lecture);
        _digit = Digits.Image(digits, LeNetShape.Mnist);
        _lectureOnnx = OnnxRival.OfLeNet(LeNetShape.Lecture, CanonicalTensor.Of(_lecture), _image);
        _mnistOnnx = OnnxRival.OfLeNet(LeNetShape.Mnist, CanonicalTensor.Of(_mnist), _digit);
        Lecture();
        LectureOnnxRuntime();
        Agreement.Check(OnnxRival.Name, LeNetShape.Lecture.Name, _output, _lectureOnnx.Output, Agreement.Forward);
        MnistDigit();
        MnistOnnxRuntime();
        Agreement.Check(OnnxRival.Name, LeNetShape.Mnist.Name, _output, _mnistOnnx.Output, Agreement.Forward);
    }

    /// <summary>Closes the rivals.</summary>
    [GlobalCleanup]
    public void CleanUp()
    {
        _lectureOnnx?.Dispose();
        _mnistOnnx?.Dispose();
    }

    /// <summary>Ours on 32x32x3.</summary>
    [Benchmark(Baseline = true)]
    public void Lecture() => _lecture.Forward(_image, _output);

    /// <summary>ONNX Runtime on 32x32x3.</summary>
    [Benchmark]
    public void LectureOnnxRuntime() => _lectureOnnx!.Run();

    /// <summary>Ours on 28x28x1.</summary>
    [Benchmark]
    public void MnistDigit() => _mnist.Forward(_digit, _output);

    /// <summary>ONNX Runtime on 28x28x1.</summary>
    [Benchmark]
    public void MnistOnnxRuntime() => _mnistOnnx!.Run();
}
