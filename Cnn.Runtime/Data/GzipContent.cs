using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;

namespace Cnn;

/// <summary>
/// The content of a gzip file of one member (RFC 1952), checked as it is read: its checksum, its length, and that nothing follows it.
/// </summary>
internal sealed class GzipContent : Stream
{
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;

    private readonly PackedPart _packed;
    private readonly DeflateStream _unpacked;
    private readonly string _name;
    private readonly uint _expectedCrc;
    private readonly uint _expectedLength;
    private readonly Crc32 _crc = new();

    // Always larger than what a byte unpacks to, so that decompression asks for no byte beyond its end.
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private long _read;

    /// <param name="file">The file, which is left open.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="InvalidDataException">It does not begin as such a file.</exception>
    public GzipContent(FileStream file, string name)
    {
        _name = name;
        var start = ReadHeader(file);
        if (file.Length - start < TrailerLength)
            throw Refuse("its gzip compression is damaged: it ends too early");
        Span<byte> trailer = stackalloc byte[TrailerLength];
        file.Position = file.Length - TrailerLength;
        file.ReadExactly(trailer);
        _expectedCrc = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        _expectedLength = BinaryPrimitives.ReadUInt32LittleEndian(trailer[sizeof(uint)..]);
        file.Position = start;
        _packed = new PackedPart(file, file.Length - TrailerLength);
        _unpacked = new DeflateStream(_packed, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end && buffer.Length > 0)
            Unpack();
        var count = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _unpacked.Dispose();
        base.Dispose(disposing);
    }

    private void Unpack()
    {
        try
        {
            (_start, _end) = (0, _unpacked.Read(_buffer));
        }
        catch (InvalidDataException exception)
        {
            throw Refuse("its gzip compression is damaged", exception);
        }

        _crc.Add(_buffer.AsSpan(0, _end));
        _read += _end;
        if (_end == 0)
            CheckEnd();
    }

    private void CheckEnd()
    {
        if (!_packed.IsAtEnd)
            throw Refuse("its gzip compression does not end where its content ends");
        if (_crc.Value != _expectedCrc)
            throw Refuse($"its gzip compression is damaged: its content has the checksum {_crc.Value:X8} where {_expectedCrc:X8} is written");
        if ((uint)_read != _expectedLength)
            throw Refuse("its gzip compression does not end where its content ends");
    }

    /// <summary>Passes over the header, and tells where it ends.</summary>
    private long ReadHeader(FileStream file)
    {
        const int Checksum = 2;
        const int Extra = 4;
        const int Name = 8;
        const int Comment = 16;
        Span<byte> header = stackalloc byte[HeaderLength];
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
            throw Refuse("its gzip compression is damaged: it ends too early");
        if (header[2] != 8)
            throw Refuse($"its gzip compression is of the unknown method {header[2]}");
        var flags = header[3];
        if ((flags & 0xE0) != 0)
            throw Refuse("its gzip compression is damaged: its flags are reserved");
        if ((flags & Extra) != 0)
        {
            Span<byte> length = stackalloc byte[sizeof(ushort)];
            if (file.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
                throw Refuse("its gzip compression is damaged: it ends too early");
            file.Position += BinaryPrimitives.ReadUInt16LittleEndian(length);
        }

        foreach (var text in (ReadOnlySpan<int>)[Name, Comment])
        {
            while ((flags & text) != 0)
            {
                var character = file.ReadByte();
                if (character == 0)
                    break;
                if (character < 0)
                    throw Refuse("its gzip compression is damaged: it ends too early");
            }
        }

        return file.Position + ((flags & Checksum) != 0 ? 2 : 0);
    }

    private InvalidDataException Refuse(string reason, Exception? cause = null) => new($"{_name}: {reason}.", cause);

    /// <summary>
    /// The compressed bytes. The last of them are given one by one, so that it shows whether decompression stops before the end.
    /// </summary>
    private sealed class PackedPart(FileStream file, long end) : Stream
    {
        private const int OneByOne = 1 << 14;

        public bool IsAtEnd => file.Position == end;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var left = end - file.Position;
            var most = left > OneByOne ? left - OneByOne : Math.Min(left, 1);
            return file.Read(buffer[..(int)Math.Min(buffer.Length, most)]);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
