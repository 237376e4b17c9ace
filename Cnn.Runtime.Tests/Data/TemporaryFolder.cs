using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;

namespace Cnn.Tests.Data;

/// <summary>A folder of IDX files that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cnn-data-").FullName;

    /// <summary>An IDX file: its header and as many bytes as its dimensions say, 0, 1, 2 ... modulo 10.</summary>
    public static byte[] Idx(params int[] dimensions)
    {
        var length = 1;
        foreach (var dimension in dimensions)
            length *= dimension;
        var header = Header(0x08, Array.ConvertAll(dimensions, dimension => (uint)dimension));
        var file = new byte[header.Length + length];
        header.CopyTo(file, 0);
        for (var i = 0; i < length; i++)
            file[header.Length + i] = (byte)(i % 10);
        return file;
    }

    public static byte[] Header(byte type, params uint[] dimensions)
    {
        var header = new byte[4 + (4 * dimensions.Length)];
        header[2] = type;
        header[3] = (byte)dimensions.Length;
        for (var i = 0; i < dimensions.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4 + (4 * i)), dimensions[i]);
        return header;
    }

    public static byte[] Zip(byte[] content)
    {
        using var target = new MemoryStream();
        using (var zip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(content);
        return target.ToArray();
    }

    public string Write(string name, byte[] content)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
