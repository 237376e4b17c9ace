using System;
using System.Buffers.Binary;
using System.IO;

namespace Cnn;

/// <summary>Reads one unzipped IDX stream to its end.</summary>
/// <param name="stream">The stream.</param>
/// <param name="name">The file's name, for messages.</param>
/// <param name="limit">The most bytes that it can have, or may.</param>
internal sealed class IdxReader(Stream stream, string name, long limit)
{
    private const byte UnsignedByte = 0x08;

    public IdxData Read(int dimensions)
    {
        Span<byte> start = stackalloc byte[4];
        ReadHeader(start);
        if (start[0] != 0 || start[1] != 0)
            throw Refuse($"it begins with the bytes {start[0]:X2} {start[1]:X2}, not with 00 00, so it is no IDX file");
        if (start[2] != UnsignedByte)
            throw Refuse($"its elements are {TypeName(start[2])}; only unsigned bytes (type 08) are read");
        if (start[3] != dimensions)
            throw Refuse($"it has {start[3]} dimensions where {dimensions} are expected");

        Span<byte> size = stackalloc byte[sizeof(uint)];
        var sizes = new int[dimensions];
        var total = 1L;
        for (var index = 0; index < dimensions; index++)
        {
            ReadHeader(size);
            var dimension = BinaryPrimitives.ReadUInt32BigEndian(size);
            if (dimension > Array.MaxLength)
                throw Refuse($"its dimension {index} is {dimension}, more than memory holds");
            sizes[index] = (int)dimension;
            total *= dimension;
            if (total > Array.MaxLength)
                throw Refuse($"its dimensions multiply to more than the {Array.MaxLength} bytes that memory holds");
        }

        return new IdxData(sizes, ReadValues((int)total));
    }

    private static string TypeName(byte type) => type switch
    {
        0x09 => "signed bytes (type 09)",
        0x0B => "16-bit integers (type 0B)",
        0x0C => "32-bit integers (type 0C)",
        0x0D => "floats (type 0D)",
        0x0E => "doubles (type 0E)",
        _ => $"of the unknown type {type:X2}",
    };

    private void ReadHeader(Span<byte> buffer)
    {
        if (Fill(buffer) < buffer.Length)
            throw Refuse("it ends within its header");
    }

    private byte[] ReadValues(int length)
    {
        // False dimensions cost no more memory than the limit, which for a plain file is its own length.
        if (length > limit && stream is GzipContent)
            throw Refuse($"its dimensions promise {length} bytes, more than the {limit} that are unpacked from a gzip file of its length; unpack it first");
        var values = new byte[(int)Math.Min(length, limit)];
        var filled = Fill(values);
        if (filled < length)
            throw Refuse($"its dimensions promise {length} bytes, but it ends after {filled}");
        Span<byte> more = stackalloc byte[1];
        if (Fill(more) > 0)
            throw Refuse($"it goes on after the {length} bytes that its dimensions promise");
        return values;
    }

    private int Fill(Span<byte> buffer) => stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);

    private InvalidDataException Refuse(string reason) => new($"{name}: {reason}.");
}
