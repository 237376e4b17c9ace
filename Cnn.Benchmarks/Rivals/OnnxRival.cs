using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Benchmarks.Networks;
using Microsoft.ML.OnnxRuntime;

namespace Cnn.Benchmarks.Rivals;

/// <summary>
/// ONNX Runtime at its best for one sample: all graph optimisations, one thread unless more are asked for, input and output bound once to memory that does not move.
/// </summary>
internal sealed class OnnxRival : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly OrtValue _input;
    private readonly OrtValue _output;

    /// <summary>Opens a session on a model of one input, called input, and one output, called output, and binds both.</summary>
    public OnnxRival(byte[] model, float[] input, long[] inputShape, long[] outputShape, int threads = 1)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        _session = new InferenceSession(model, options);
        Output = new float[outputShape.Aggregate(1L, (product, size) => product * size)];
        _input = OrtValue.CreateTensorValueFromMemory(input, inputShape);
        _output = OrtValue.CreateTensorValueFromMemory(Output, outputShape);
        _binding = _session.CreateIoBinding();
        _binding.BindInput(OnnxModel.Input, _input);
        _binding.BindOutput(OnnxModel.Output, _output);
    }

    /// <summary>A LeNet-5 with our weights, for as many images as are given.</summary>
    public static OnnxRival OfLeNet(LeNetShape shape, IReadOnlyDictionary<string, CanonicalTensor> weights, float[] images)
    {
        var batch = images.Length / shape.InputLength;
        return new OnnxRival(
            OnnxModel.Encode(shape, weights, batch), images, [batch, shape.Channels, shape.Size, shape.Size], [batch, 10]);
    }

    /// <summary>Gets the name and version.</summary>
    public static string Name { get; } = "ONNX Runtime " + OrtEnv.Instance().GetVersionString();

    /// <summary>Gets the output of the last run.</summary>
    public float[] Output { get; }

    /// <summary>Runs the model once.</summary>
    public void Run() => _session.RunWithBinding(_options, _binding);

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding.Dispose();
        _input.Dispose();
        _output.Dispose();
        _options.Dispose();
        _session.Dispose();
    }
}
