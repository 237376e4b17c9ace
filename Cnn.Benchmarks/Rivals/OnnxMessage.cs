using System;
using System.IO;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Cnn.Benchmarks.Rivals;

/// <summary>
/// Writes one protobuf message field by field: all that an ONNX model needs, so that no ONNX package is needed. Field numbers
/// are those of onnx.proto3 (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3).
/// </summary>
internal sealed class OnnxMessage
{
    private readonly MemoryStream _bytes = new();
    private readonly CodedOutputStream _output;

    /// <summary>Starts an empty message.</summary>
    public OnnxMessage() => _output = new CodedOutputStream(_bytes);

    /// <summary>Adds a number.</summary>
    public OnnxMessage Number(int field, long value)
    {
        _output.WriteTag(field, WireFormat.WireType.Varint);
        _output.WriteInt64(value);
        return this;
    }

    /// <summary>Adds numbers, one field each.</summary>
    public OnnxMessage Numbers(int field, params ReadOnlySpan<long> values)
    {
        foreach (var value in values)
            Number(field, value);
        return this;
    }

    /// <summary>Adds a text.</summary>
    public OnnxMessage Text(int field, string value)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteString(value);
        return this;
    }

    /// <summary>Adds floats as raw little-endian bytes.</summary>
    public OnnxMessage Raw(int field, ReadOnlySpan<float> values)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteBytes(ByteString.CopyFrom(MemoryMarshal.AsBytes(values)));
        return this;
    }

    /// <summary>Adds a message.</summary>
    public OnnxMessage Message(int field, OnnxMessage value)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteBytes(ByteString.CopyFrom(value.ToArray()));
        return this;
    }

    /// <summary>The bytes so far.</summary>
    public byte[] ToArray()
    {
        _output.Flush();
        return _bytes.ToArray();
    }
}
