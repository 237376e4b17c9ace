using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Cnn.Build;

/// <summary>Reads of a safetensors file what a build has to know: its header, and that its data are as long as that says.</summary>
internal static class SafetensorsFile
{
    /// <summary>The entries in the order of the header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="WeightsFormatException">The file is damaged, or a checkpoint.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static List<KeyValuePair<string, SafetensorsEntry>> Read(string path, string name)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var header = new SafetensorsHeader(name);
        var entries = header.Parse(ReadHeader(stream, name));
        if (SafetensorsFormat.IsCheckpoint(header.Metadata))
            throw new WeightsFormatException(name, SafetensorsFormat.NotWeights, offset: SafetensorsFormat.PrefixLength);
        foreach (var (tensor, entry) in entries)
            CheckLength(name, tensor, entry);
        new SafetensorsLayout(name, stream.Position).Check(
            entries.Select(entry => (TensorMatch.Display(entry.Key), entry.Value)), stream.Length - stream.Position);
        return entries;
    }

    private static byte[] ReadHeader(FileStream stream, string name)
    {
        Span<byte> prefix = stackalloc byte[SafetensorsFormat.PrefixLength];
        var read = stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        if (read < prefix.Length)
            throw new WeightsFormatException(name, SafetensorsFormat.EndsInPrefix, offset: read);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > SafetensorsFormat.LongestHeader)
            throw new WeightsFormatException(name, SafetensorsFormat.HeaderTooLong(length), offset: 0);
        var left = stream.Length - stream.Position;
        if (left < (long)length)
            throw new WeightsFormatException(name, SafetensorsFormat.EndsInHeader(length, left), offset: stream.Length);
        var header = new byte[(int)length];
        stream.ReadExactly(header);
        return header;
    }

    /// <summary>Only what is read is measured: the widths of other types are nobody's business here.</summary>
    private static void CheckLength(string name, string tensor, SafetensorsEntry entry)
    {
        if (entry.DataType != TensorMatch.Float32)
            return;
        var bytes = entry.Shape.Aggregate(
            (Int128)sizeof(float), (product, dimension) => product > long.MaxValue ? product : product * dimension);
        if (entry.End - entry.Begin != bytes)
            throw new WeightsFormatException(name, SafetensorsFormat.WrongLength(entry, bytes), TensorMatch.Display(tensor));
    }
}
