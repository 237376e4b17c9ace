using System;
using System.Buffers.Binary;

namespace Cnn;

/// <summary>The checksum of gzip, CRC-32 of ISO 3309, eight bytes at a time.</summary>
internal sealed class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[][] Tables = MakeTables();

    private uint _state = uint.MaxValue;

    /// <summary>Gets the checksum of all bytes so far.</summary>
    public uint Value => ~_state;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var tables = Tables;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ _state;
            _state = tables[7][low & 255] ^ tables[6][(low >> 8) & 255] ^ tables[5][(low >> 16) & 255] ^ tables[4][low >> 24]
                ^ tables[3][bytes[4]] ^ tables[2][bytes[5]] ^ tables[1][bytes[6]] ^ tables[0][bytes[7]];
        }

        foreach (var value in bytes)
            _state = tables[0][(_state ^ value) & 255] ^ (_state >> 8);
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        for (var table = 0; table < tables.Length; table++)
        {
            tables[table] = new uint[256];
            for (var value = 0u; value < 256; value++)
            {
                var crc = table == 0 ? value : tables[table - 1][value];
                for (var bit = 0; bit < 8 && table == 0; bit++)
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
                tables[table][value] = table == 0 ? crc : tables[0][crc & 255] ^ (crc >> 8);
            }
        }

        return tables;
    }
}
