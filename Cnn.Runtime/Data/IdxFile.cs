using System;
using System.Collections.Generic;
using System.IO;

namespace Cnn;

/// <summary>The content of an IDX file of unsigned bytes.</summary>
/// <param name="Dimensions">The sizes, outermost first: images x rows x columns.</param>
/// <param name="Values">The bytes, the last dimension innermost.</param>
public sealed record IdxData(IReadOnlyList<int> Dimensions, byte[] Values);

/// <summary>
/// Reads the format of the MNIST files: two zero bytes, a byte for the element type, a byte for the number of dimensions, each dimension
/// as 4 bytes big-endian, then the elements. Plain or gzipped (one member, as gzip makes it), which the first two bytes tell. The content of a
/// gzip file of more than 16 MB may be 100 times as long as the file; what is longer must be unpacked first.
/// </summary>
public static class IdxFile
{
    /// <summary>The largest ratio of the content's length to that of its gzip file: images of digits are five times as long.</summary>
    private const long MostUnpacked = 100;

    /// <summary>The bytes of content that are allowed however short the file is.</summary>
    private const long UnpackedFreely = 16 << 20;

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
            return new IdxReader(file, path, file.Length).Read(dimensions);
        using var content = new GzipContent(file, path);
        return new IdxReader(content, path, Math.Max(UnpackedFreely, MostUnpacked * file.Length)).Read(dimensions);
    }

    private static bool IsGzip(FileStream file)
    {
        var gzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return gzip;
    }
}
