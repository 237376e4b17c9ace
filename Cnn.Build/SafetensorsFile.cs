using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Cnn.Build;

/// <summary>The facts about a safetensors file that a build needs.</summary>
/// <param name="Entries">Its tensors, in the order of the header.</param>
/// <param name="Mark">Its mark by <see cref="OrderMark.Of"/>.</param>
internal sealed record SafetensorsFile(List<KeyValuePair<string, SafetensorsEntry>> Entries, string Mark)
{
    /// <summary>Reads the header, and holds the data to it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="WeightsFormatException">The file is damaged, or a checkpoint.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static SafetensorsFile Read(string path, string name)
    {
        // A pipe or a device says that it is empty; opening one could wait for ever.
        var length = new FileInfo(path).Length;
        if (length < SafetensorsFormat.PrefixLength)
            throw new WeightsFormatException(name, SafetensorsFormat.EndsInPrefix, offset: length);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var header = new SafetensorsHeader(name);
        var entries = header.Parse(ReadHeader(stream, name));
        if (SafetensorsFormat.IsCheckpoint(header.Metadata))
            throw new WeightsFormatException(name, SafetensorsFormat.NotWeights, offset: SafetensorsFormat.PrefixLength);
        foreach (var (tensor, entry) in entries)
        {
            if (SafetensorsFormat.RefuseLength(entry) is { } reason)
                throw new WeightsFormatException(name, reason, TensorMatch.Display(tensor));
        }

        var start = stream.Position;
        new SafetensorsLayout(name, start).Check(
            entries.Select(entry => (TensorMatch.Display(entry.Key), entry.Value)), stream.Length - start);
        foreach (var (tensor, entry) in entries.Where(entry => entry.Value.DataType == TensorTypes.Float64))
            CheckRange(stream, name, TensorMatch.Display(tensor), start + entry.Begin, start + entry.End);
        return new SafetensorsFile(entries, OrderMark.Of(header.Metadata));
    }

    private static byte[] ReadHeader(FileStream stream, string name)
    {
        var start = new byte[FileKind.Length];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (read < SafetensorsFormat.PrefixLength)
            throw new WeightsFormatException(name, SafetensorsFormat.EndsInPrefix, offset: read);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        var isObject = read > SafetensorsFormat.PrefixLength && start[SafetensorsFormat.PrefixLength] == (byte)'{';
        if ((length > SafetensorsFormat.LongestHeader || !isObject) && FileKind.Refuse(start.AsSpan(0, read)) is { } kind)
            throw new WeightsFormatException(name, kind, offset: 0);
        if (length > SafetensorsFormat.LongestHeader)
            throw new WeightsFormatException(name, SafetensorsFormat.HeaderTooLong(length), offset: 0);
        stream.Position = SafetensorsFormat.PrefixLength;
        var left = stream.Length - stream.Position;
        if (left < (long)length)
            throw new WeightsFormatException(name, SafetensorsFormat.EndsInHeader(length, left), offset: stream.Length);
        var header = new byte[(int)length];
        stream.ReadExactly(header);
        return header;
    }

    /// <summary>Finds what the program would refuse when it rounds 64-bit floats.</summary>
    private static void CheckRange(FileStream stream, string name, string tensor, long begin, long end)
    {
        var bytes = new byte[Math.Min(end - begin, 1 << 16)];
        var values = new float[bytes.Length / sizeof(double)];
        stream.Position = begin;
        for (var position = begin; position < end; position += bytes.Length)
        {
            var part = bytes.AsSpan(0, (int)Math.Min(bytes.Length, end - position));
            stream.ReadExactly(part);
            var stop = TensorElements.Convert(TensorTypes.Float64, part, values.AsSpan(0, part.Length / sizeof(double)));
            if (stop >= 0)
            {
                throw new WeightsFormatException(
                    name, TensorElements.TooLarge(part[(stop * sizeof(double))..]), tensor, position + (stop * sizeof(double)));
            }
        }
    }
}
