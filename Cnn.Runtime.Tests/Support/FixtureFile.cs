using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cnn.Tests.Support;

/// <summary>A tensor of a fixture, whatever its stored type, as floats.</summary>
public sealed record FixtureTensor(string Name, int[] Shape, float[] Values)
{
    /// <summary>Gets the only element.</summary>
    public float Scalar => Values.Length == 1
        ? Values[0]
        : throw new InvalidOperationException($"{Name} holds {Values.Length} numbers, not one.");

    /// <summary>Gets the elements as integers, as labels and windows are.</summary>
    public int[] Integers => Array.ConvertAll(Values, value => (int)value);

    /// <summary>One entry of the first dimension: a sample of a batch.</summary>
    public ReadOnlySpan<float> Row(int index) => Rows(index, 1);

    /// <summary>Consecutive entries of the first dimension.</summary>
    public ReadOnlySpan<float> Rows(int start, int count)
    {
        var length = Values.Length / Shape[0];
        return Values.AsSpan(start * length, count * length);
    }
}

/// <summary>
/// A file of the fixtures folder: a safetensors file of F32, I32 and U8 tensors that the project itself has made, so read
/// without the checks that a file from elsewhere needs. fixtures/README.md says what each holds.
/// </summary>
public sealed class FixtureFile
{
    private FixtureFile(string name, Dictionary<string, string> metadata, Dictionary<string, FixtureTensor> tensors)
    {
        Name = name;
        Metadata = metadata;
        Tensors = tensors;
    }

    /// <summary>Gets the file's name without extension.</summary>
    public string Name { get; }

    /// <summary>Gets the file's texts, such as a network's <c>declaration</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Gets the tensors by name.</summary>
    public IReadOnlyDictionary<string, FixtureTensor> Tensors { get; }

    /// <summary>Gets the names of the network's parameters in canonical order.</summary>
    public IEnumerable<string> ParameterNames =>
        Tensors.Keys.Where(name => name.StartsWith("gradient.", StringComparison.Ordinal) && name != "gradient.inputs")
            .Select(name => name["gradient.".Length..]);

    /// <summary>Gets a tensor.</summary>
    public FixtureTensor this[string name] => Tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new KeyNotFoundException($"{Name} has no tensor {name}, only {string.Join(", ", Tensors.Keys)}.");

    /// <summary>Reads a file of the fixtures folder, named without extension.</summary>
    public static FixtureFile Open(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", name + ".safetensors"));
        var headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, headerLength));
        var metadata = new Dictionary<string, string>();
        var tensors = new Dictionary<string, FixtureTensor>();
        foreach (var entry in header.RootElement.EnumerateObject())
        {
            if (entry.NameEquals("__metadata__"))
            {
                foreach (var text in entry.Value.EnumerateObject())
                    metadata.Add(text.Name, text.Value.GetString()!);
                continue;
            }

            var shape = entry.Value.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt32()).ToArray();
            var start = entry.Value.GetProperty("data_offsets")[0].GetInt32();
            var end = entry.Value.GetProperty("data_offsets")[1].GetInt32();
            var data = bytes.AsSpan(8 + headerLength)[start..end];
            tensors.Add(entry.Name, new FixtureTensor(entry.Name, shape, ToFloats(entry.Value.GetProperty("dtype").GetString(), data)));
        }

        return new FixtureFile(name, metadata, tensors);
    }

    private static float[] ToFloats(string? type, ReadOnlySpan<byte> data) => type switch
    {
        "F32" => MemoryMarshal.Cast<byte, float>(data).ToArray(),
        "I32" => Array.ConvertAll(MemoryMarshal.Cast<byte, int>(data).ToArray(), value => (float)value),
        "U8" => Array.ConvertAll(data.ToArray(), value => (float)value),
        _ => throw new InvalidDataException($"The fixtures hold no {type}."),
    };
}
