using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>
/// Little-endian elements as floats. 16-bit floats become the same number; 64-bit floats are rounded to the nearest, ties to even, as
/// PyTorch's <c>float()</c> does.
/// </summary>
internal static class TensorElements
{
    /// <summary>Converts elements of a type that <see cref="TensorTypes.IsRead"/> accepts.</summary>
    /// <param name="type">The type.</param>
    /// <param name="bytes">The elements.</param>
    /// <param name="values">Receives as many floats.</param>
    /// <returns>The index of the first element that is finite and beyond the largest float, where the values end; or -1.</returns>
    public static int Convert(string type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        switch (type)
        {
            case TensorTypes.Float16:
                for (var i = 0; i < values.Length; i++)
                    values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]);
                return -1;

            case TensorTypes.BFloat16:
                for (var i = 0; i < values.Length; i++)
                    values[i] = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16);
                return -1;

            case TensorTypes.Float64:
                for (var i = 0; i < values.Length; i++)
                {
                    var value = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]);
                    values[i] = (float)value;
                    if (double.IsFinite(value) && !float.IsFinite(values[i]))
                        return i;
                }

                return -1;

            default:
                bytes.CopyTo(MemoryMarshal.AsBytes(values));
                if (!BitConverter.IsLittleEndian)
                {
                    var bits = MemoryMarshal.Cast<float, int>(values);
                    BinaryPrimitives.ReverseEndianness(bits, bits);
                }

                return -1;
        }
    }

    /// <summary>Why a file is refused that has a number at which <see cref="Convert"/> stopped.</summary>
    public static string TooLarge(ReadOnlySpan<byte> element)
    {
        var value = BinaryPrimitives.ReadDoubleLittleEndian(element).ToString("R", CultureInfo.InvariantCulture);
        return $"its element {value} is beyond the largest 32-bit float";
    }
}
