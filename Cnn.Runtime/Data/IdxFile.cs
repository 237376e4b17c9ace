using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;

namespace Cnn;

/// <summary>The content of an IDX file of unsigned bytes.</summary>
/// <param name="Dimensions">The sizes, outermost first: images x rows x columns.</param>
/// <param name="Values">The bytes, the last dimension innermost.</param>
public sealed record IdxData(IReadOnlyList<int> Dimensions, byte[] Values);

/// <summary>
/// Reads the format of the MNIST files: two zero bytes, a byte for the element type, a byte for the number of dimensions, each dimension
/// as 4 bytes big-endian, then the elements. Plain or gzipped (one member, as gzip makes it), which the first two bytes tell.
/// </summary>
public static class IdxFile
{
    /// <summary>Reads a file of unsigned bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimensions">The number of dimensions that it must have, 1 to 255.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or of another kind; the message names it and the reason.</exception>
    public static IdxData Read(string path, int dimensions)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, byte.MaxValue);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (!IsGzip(file))
            return new IdxReader(file, path).Read(dimensions);
        using var unzipped = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        var data = new IdxReader(unzipped, path).Read(dimensions);
        CheckGzipEnd(file, path, (sizeof(uint) * (1L + dimensions)) + data.Values.Length);
        return data;
    }

    /// <summary>
    /// Throws unless a gzip file ends in the length of its content, as RFC 1952 demands: GZipStream takes neither a missing end nor further
    /// bytes amiss.
    /// </summary>
    private static void CheckGzipEnd(FileStream file, string path, long length)
    {
        Span<byte> end = stackalloc byte[sizeof(uint)];
        file.Position = file.Length - end.Length;
        file.ReadExactly(end);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != (uint)length)
            throw new InvalidDataException($"{path}: its gzip compression does not end where its content ends.");
    }

    private static bool IsGzip(FileStream file)
    {
        var gzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return gzip;
    }
}
