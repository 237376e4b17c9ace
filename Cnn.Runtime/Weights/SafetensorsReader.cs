using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>Reads the tensors of one network from a safetensors stream, and everything that could be wrong with it.</summary>
/// <param name="stream">Read from its position to its end.</param>
/// <param name="file">The file's name, for messages.</param>
/// <param name="names">What the file calls the tensors; null where it calls them as the network does.</param>
internal sealed class SafetensorsReader(Stream stream, string file, TensorNames? names = null)
{
    /// <summary>What PyTorch counts beside the running averages of a batch normalisation; nothing computes with it.</summary>
    private const string Counter = "num_batches_tracked";

    private const int Block = 1 << 16;

    private long _position;

    /// <summary>Gets the texts of the header's metadata, once the tensors have been read.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; private set; } = new Dictionary<string, string>();

    /// <summary>The values of the tensors in their canonical form, in the order of <paramref name="tensors"/>.</summary>
    /// <exception cref="WeightsFormatException">The stream does not hold exactly these tensors.</exception>
    public float[][] Read(IReadOnlyList<ParameterTensor> tensors) => Read(_ => tensors);

    /// <summary>The same where the metadata say which tensors there are.</summary>
    /// <param name="choose">Gives the tensors; may refuse the file by an exception of its own.</param>
    /// <exception cref="WeightsFormatException">The stream does not hold exactly these tensors.</exception>
    public float[][] Read(Func<IReadOnlyDictionary<string, string>, IReadOnlyList<ParameterTensor>> choose)
    {
        var header = new SafetensorsHeader(file);
        var entries = header.Parse(ReadHeader());
        Metadata = header.Metadata;
        var tensors = choose(header.Metadata);
        var dataStart = _position;
        var values = new float[tensors.Count][];
        foreach (var (index, name, entry) in Match(tensors, entries).OrderBy(match => match.Entry.Begin))
        {
            var expected = _position - dataStart;
            if (entry.Begin != expected)
            {
                var fault = entry.Begin < expected ? "overlap" : "leave a gap behind";
                throw Refuse(
                    $"its data_offsets begin at {entry.Begin} and {fault} the data before, which end at {expected}",
                    name,
                    dataStart + expected);
            }

            if (index < 0)
                Skip(entry.End - entry.Begin, name);
            else
                values[index] = ReadValues(tensors[index], name);
        }

        if (stream.ReadByte() >= 0)
            throw Refuse("the file goes on behind the last tensor", null, _position);
        return values;
    }

    private static string Text(IEnumerable<long> shape)
    {
        const int Most = 8;
        var dimensions = shape.Take(Most + 1).Select(dimension => dimension.ToString(CultureInfo.InvariantCulture)).ToArray();
        return "[" + string.Join(", ", dimensions.Take(Most)) + (dimensions.Length > Most ? ", ...]" : "]");
    }

    /// <summary>
    /// The entries with the index of their tensor: each tensor once and nothing else, of the right type, shape and length. What is passed
    /// over has the index -1.
    /// </summary>
    private List<(int Index, string Name, SafetensorsEntry Entry)> Match(
        IReadOnlyList<ParameterTensor> tensors,
        List<KeyValuePair<string, SafetensorsEntry>> entries)
    {
        string NameInFile(int index) => names?.InFile(index) ?? tensors[index].Name;

        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < tensors.Count; index++)
            indices.Add(NameInFile(index), index);

        var matched = new List<(int Index, string Name, SafetensorsEntry Entry)>();
        foreach (var (name, entry) in entries)
        {
            var shown = SafetensorsHeader.Display(name);
            if (indices.Remove(name, out var index))
                Check(tensors[index], shown, entry);
            else if (name == Counter || name.EndsWith("." + Counter, StringComparison.Ordinal))
                index = -1;
            else
                throw Refuse(names is { IsMapped: true } ? "no tensor of the network is read from it" : "the network has no tensor of this name", shown);
            matched.Add((index, shown, entry));
        }

        if (indices.Count == 0)
            return matched;
        var missing = indices.Values.Min();
        var ours = tensors[missing].Name;
        var inFile = NameInFile(missing);
        var reader = inFile == ours ? "" : $", from which {ours} is read";
        throw Refuse("the file lacks it" + reader, SafetensorsHeader.Display(inFile));
    }

    private void Check(ParameterTensor tensor, string name, SafetensorsEntry entry)
    {
        if (entry.DataType != SafetensorsFormat.Float32)
        {
            var type = SafetensorsHeader.Display(entry.DataType);
            throw Refuse($"its dtype is {type}; only F32 is read, so convert it before saving", name);
        }

        var shape = tensor.Shape.Select(dimension => (long)dimension);
        if (!entry.Shape.SequenceEqual(shape))
            throw Refuse($"its shape is {Text(entry.Shape)}, but the network's is {Text(shape)}", name);

        var bytes = (long)tensor.Length * sizeof(float);
        if (entry.End - entry.Begin != bytes)
        {
            throw Refuse(
                $"its data_offsets [{entry.Begin}, {entry.End}] hold {entry.End - entry.Begin} bytes, but its shape takes {bytes}",
                name);
        }
    }

    private byte[] ReadHeader()
    {
        Span<byte> prefix = stackalloc byte[SafetensorsFormat.PrefixLength];
        if (Fill(prefix) < prefix.Length)
            throw Refuse($"the file ends within the {prefix.Length} bytes of the header's length", null, _position);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > SafetensorsFormat.LongestHeader)
            throw Refuse($"the header is said to have {length} bytes; at most {SafetensorsFormat.LongestHeader} are allowed", null, 0);

        // A false length costs no more memory than the file is long.
        var header = new byte[Math.Min((int)length, Block)];
        var filled = Fill(header);
        while (filled == header.Length && filled < (int)length)
        {
            Array.Resize(ref header, (int)Math.Min((long)length, 2L * filled));
            filled += Fill(header.AsSpan(filled));
        }

        if (filled < (int)length)
            throw Refuse($"the header is said to have {length} bytes, but the file ends after {filled} of them", null, _position);
        return header;
    }

    private void Skip(long length, string name)
    {
        var block = new byte[Math.Min(length, Block)];
        for (var left = length; left > 0; left -= block.Length)
        {
            var bytes = block.AsSpan(0, (int)Math.Min(left, block.Length));
            if (Fill(bytes) < bytes.Length)
                throw Refuse("the file ends within its data", name, _position);
        }
    }

    private float[] ReadValues(ParameterTensor tensor, string name)
    {
        var values = new float[tensor.Length];
        for (var start = 0; start < values.Length; start += Block)
        {
            var block = values.AsSpan(start, Math.Min(Block, values.Length - start));
            var bytes = MemoryMarshal.AsBytes(block);
            if (Fill(bytes) < bytes.Length)
                throw Refuse("the file ends within its data", name, _position);
            if (!BitConverter.IsLittleEndian)
            {
                var bits = MemoryMarshal.Cast<float, int>(block);
                BinaryPrimitives.ReverseEndianness(bits, bits);
            }
        }

        return values;
    }

    private int Fill(Span<byte> buffer)
    {
        var count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        _position += count;
        return count;
    }

    private WeightsFormatException Refuse(string reason, string? tensor = null, long? offset = null) => new(file, reason, tensor, offset);
}
