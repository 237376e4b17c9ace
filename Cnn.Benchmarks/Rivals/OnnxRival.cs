using System;
using System.Collections.Generic;
using Cnn.Benchmarks.Networks;
using Microsoft.ML.OnnxRuntime;

namespace Cnn.Benchmarks.Rivals;

/// <summary>
/// ONNX Runtime at its best for one image: all graph optimisations, one thread, input and output bound once to memory that does not move.
/// </summary>
internal sealed class OnnxRival : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly OrtValue _input;
    private readonly OrtValue _output;

    /// <summary>Opens a session on the model and binds <paramref name="image"/>.</summary>
    public OnnxRival(LeNetShape shape, IReadOnlyDictionary<string, CanonicalTensor> weights, float[] image)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        _session = new InferenceSession(OnnxModel.Encode(shape, weights), options);
        _input = OrtValue.CreateTensorValueFromMemory(image, [1, shape.Channels, shape.Size, shape.Size]);
        _output = OrtValue.CreateTensorValueFromMemory(Output, [1, Output.Length]);
        _binding = _session.CreateIoBinding();
        _binding.BindInput(OnnxModel.Input, _input);
        _binding.BindOutput(OnnxModel.Output, _output);
    }

    /// <summary>Gets the name and version.</summary>
    public static string Name { get; } = "ONNX Runtime " + OrtEnv.Instance().GetVersionString();

    /// <summary>Gets the probabilities of the last run.</summary>
    public float[] Output { get; } = new float[10];

    /// <summary>Classifies the bound image.</summary>
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
