using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cnn;

/// <summary>Writes tensors as safetensors, in canonical order and without gaps.</summary>
internal static class SafetensorsWriter
{
    /// <summary>Writes the tensors of a network's weights, and texts.</summary>
    public static void Write(
        IReadOnlyList<ParameterTensor> tensors,
        ReadOnlySpan<float> weights,
        IReadOnlyList<KeyValuePair<string, string>> metadata,
        Stream stream)
    {
        WriteHeader(tensors, metadata, stream);
        foreach (var tensor in tensors)
        {
            var canonical = new float[tensor.Length];
            tensor.Unpack(weights, canonical);
            WriteLittleEndian(canonical, stream);
        }
    }

    /// <summary>Writes tensors whose canonical values are given, and texts.</summary>
    public static void Write(
        IReadOnlyList<ParameterTensor> tensors,
        IReadOnlyList<float[]> values,
        IReadOnlyList<KeyValuePair<string, string>> metadata,
        Stream stream)
    {
        WriteHeader(tensors, metadata, stream);
        foreach (var canonical in values)
            WriteLittleEndian(canonical, stream);
    }

    private static void WriteHeader(
        IReadOnlyList<ParameterTensor> tensors, IReadOnlyList<KeyValuePair<string, string>> metadata, Stream stream)
    {
        var header = Header(tensors, metadata);
        Span<byte> prefix = stackalloc byte[SafetensorsFormat.PrefixLength];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        stream.Write(header);
    }

    /// <summary>The JSON, filled up with spaces so that the data begin at a multiple of 8 bytes.</summary>
    private static byte[] Header(IReadOnlyList<ParameterTensor> tensors, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            var begin = 0L;
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(SafetensorsFormat.Metadata);
                foreach (var (key, text) in metadata)
                    json.WriteString(key, text);
                json.WriteEndObject();
            }

            foreach (var tensor in tensors)
            {
                var end = begin + ((long)tensor.Length * sizeof(float));
                json.WriteStartObject(tensor.Name);
                json.WriteString(SafetensorsFormat.DataType, TensorTypes.Float32);
                json.WriteStartArray(SafetensorsFormat.Shape);
                foreach (var dimension in tensor.Shape)
                    json.WriteNumberValue(dimension);
                json.WriteEndArray();
                json.WriteStartArray(SafetensorsFormat.Offsets);
                json.WriteNumberValue(begin);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                begin = end;
            }

            json.WriteEndObject();
        }

        var header = new byte[(buffer.WrittenCount + 7) / 8 * 8];
        buffer.WrittenSpan.CopyTo(header);
        header.AsSpan(buffer.WrittenCount).Fill((byte)' ');
        return header;
    }

    private static void WriteLittleEndian(float[] values, Stream stream)
    {
        const int Block = 16384;
        for (var start = 0; start < values.Length; start += Block)
        {
            var block = values.AsSpan(start, Math.Min(Block, values.Length - start));
            if (!BitConverter.IsLittleEndian)
            {
                var bits = MemoryMarshal.Cast<float, int>(block);
                BinaryPrimitives.ReverseEndianness(bits, bits);
            }

            stream.Write(MemoryMarshal.AsBytes(block));
        }
    }
}
