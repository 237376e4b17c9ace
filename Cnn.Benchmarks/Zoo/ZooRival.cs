using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using Cnn.Benchmarks.Rivals;

namespace Cnn.Benchmarks.Zoo;

/// <summary>
/// PyTorch's part for a network of the zoo: weights, a model for ONNX Runtime, an input with its output, and a contender.
/// </summary>
internal sealed class ZooRival : IDisposable
{
    private readonly PythonProcess _python;
    private readonly string _folder = Directory.CreateTempSubdirectory("cnn-benchmarks-").FullName;
    private readonly Dictionary<string, (long[] Shape, float[] Values)> _tensors = [];

    private ZooRival(PythonProcess python, string network)
    {
        _python = python;
        try
        {
            Name = "PyTorch " + python.Ask("load", network, _folder);
            foreach (var entry in ReadSafetensors(Path.Combine(_folder, "run.safetensors")))
                _tensors.Add(entry.Name, (entry.Shape, entry.Values));
            Model = File.ReadAllBytes(Path.Combine(_folder, "model.onnx"));
        }
        catch (IOException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gets the name and version.</summary>
    public string Name { get; }

    /// <summary>Gets the model, an ONNX file.</summary>
    public byte[] Model { get; }

    /// <summary>Gets the file of weights.</summary>
    public string Weights => Path.Combine(_folder, "weights.safetensors");

    /// <summary>The tensors of that file.</summary>
    public IReadOnlyDictionary<string, (long[] Shape, float[] Values)> ReadWeights() =>
        ReadSafetensors(Weights).ToDictionary(entry => entry.Name, entry => (entry.Shape, entry.Values));

    /// <summary>Starts PyTorch on a network, or returns null if no Python has torch and torchvision.</summary>
    public static ZooRival? Open(string network)
    {
        foreach (var python in PythonProcess.Start("zoo_rival.py"))
        {
            try
            {
                return new ZooRival(python, network);
            }
            catch (IOException)
            {
                // The next interpreter may have the packages.
            }
        }

        return null;
    }

    /// <summary>Starts PyTorch on a network.</summary>
    /// <exception cref="IOException">No Python has torch and torchvision.</exception>
    public static ZooRival OpenOrThrow(string network) => Open(network)
        ?? throw new IOException("The report needs Python with torch 1.13 and torchvision: apt-get install python3-torch python3-torchvision.");

    /// <summary>A tensor: input.hwc, input.chw, output.hwc, output.chw or output.onnx, its first axis the batch of one.</summary>
    public (long[] Shape, float[] Values) this[string tensor] => _tensors[tensor];

    /// <summary>Microseconds a forward pass.</summary>
    public double Forward(int count) => _python.Number("forward", count.ToString(CultureInfo.InvariantCulture));

    /// <summary>The losses before the first steps of training; see zoo_rival.py.</summary>
    public float[] Losses(int count, float learningRate) =>
        _python.Numbers("losses", count.ToString(CultureInfo.InvariantCulture), learningRate.ToString(CultureInfo.InvariantCulture));

    /// <summary>Microseconds a step of training.</summary>
    public double Train(int count) => _python.Number("train", count.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public void Dispose()
    {
        _python.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<(string Name, long[] Shape, float[] Values)> ReadSafetensors(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var length = (int)BitConverter.ToInt64(bytes, 0);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, length));
        foreach (var entry in header.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__"))
        {
            var shape = entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
            var offsets = entry.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt32()).ToArray();
            var values = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(8 + length + offsets[0], offsets[1] - offsets[0])).ToArray();
            yield return (entry.Name, shape, values);
        }
    }
}
