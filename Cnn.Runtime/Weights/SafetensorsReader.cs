using System;
using System.Buffers.Binary;
using System.Collections.Generic;
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
        var (tensors, matched) = ReadMatched(choose);
        var dataStart = _position;
        var layout = new SafetensorsLayout(file, dataStart);
        var values = new float[tensors.Count][];
        foreach (var (index, name, entry) in matched.OrderBy(match => match.Entry.Begin))
        {
            layout.CheckBegin(name, entry, _position - dataStart);
            if (index < 0)
                Skip(entry.End - entry.Begin, name);
            else
                values[index] = ReadValues(tensors[index], name);
        }

        if (stream.ReadByte() >= 0)
            throw Refuse(SafetensorsLayout.GoesOn, null, _position);
        return values;
    }

    /// <summary>
    /// Copies the tensors into the weights of their network: all of them, or none. What lies in memory already, such as a resource of an
    /// assembly, is copied from there, without an array between.
    /// </summary>
    /// <exception cref="WeightsFormatException">The stream does not hold exactly these tensors.</exception>
    public void ReadInto(IReadOnlyList<ParameterTensor> tensors, Span<float> weights)
    {
        if (BitConverter.IsLittleEndian && stream is UnmanagedMemoryStream memory && HasPointer(memory))
        {
            Pack(memory, tensors, weights);
            return;
        }

        var values = Read(metadata => OfWeights(metadata, tensors));
        for (var index = 0; index < tensors.Count; index++)
            tensors[index].Pack(values[index], weights);
    }

    private IReadOnlyList<ParameterTensor> OfWeights(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<ParameterTensor> tensors)
    {
        if (SafetensorsFormat.IsCheckpoint(metadata))
            throw Refuse(SafetensorsFormat.NotWeights, null, SafetensorsFormat.PrefixLength);
        return tensors;
    }

    /// <summary>Whether a stream over memory tells where it lies; one over a buffer of the system's does not.</summary>
    private static unsafe bool HasPointer(UnmanagedMemoryStream memory)
    {
        try
        {
            return memory.PositionPointer is not null;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>The floats need not be aligned: no processor that vectors are compiled for asks for it.</summary>
    private unsafe void Pack(UnmanagedMemoryStream memory, IReadOnlyList<ParameterTensor> tensors, Span<float> weights)
    {
        var (_, matched) = ReadMatched(metadata => OfWeights(metadata, tensors));
        new SafetensorsLayout(file, _position).Check(matched.Select(match => (match.Name, match.Entry)), memory.Length - memory.Position);
        var data = memory.PositionPointer;
        foreach (var (index, _, entry) in matched)
        {
            if (index >= 0)
                tensors[index].Pack(new ReadOnlySpan<float>(data + entry.Begin, tensors[index].Length), weights);
        }

        GC.KeepAlive(memory);
    }

    /// <summary>Reads the header: the tensors, and the entries that are theirs.</summary>
    private (IReadOnlyList<ParameterTensor> Tensors, List<(int Index, string Name, SafetensorsEntry Entry)> Matched) ReadMatched(
        Func<IReadOnlyDictionary<string, string>, IReadOnlyList<ParameterTensor>> choose)
    {
        var header = new SafetensorsHeader(file);
        var entries = header.Parse(ReadHeader());
        Metadata = header.Metadata;
        var tensors = choose(header.Metadata);
        return (tensors, Match(tensors, entries));
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
            var shown = TensorMatch.Display(name);
            if (indices.Remove(name, out var index))
                Check(tensors[index], shown, entry);
            else if (TensorMatch.IsPassedOver(name))
                index = -1;
            else
                throw Refuse(names is { IsMapped: true } ? "no tensor of the network is read from it" : TensorMatch.Unknown, shown);
            matched.Add((index, shown, entry));
        }

        if (indices.Count == 0)
            return matched;
        var missing = indices.Values.Min();
        var ours = tensors[missing].Name;
        var inFile = NameInFile(missing);
        var reader = inFile == ours ? "" : $", from which {ours} is read";
        throw Refuse(TensorMatch.Missing + reader, TensorMatch.Display(inFile));
    }

    private void Check(ParameterTensor tensor, string name, SafetensorsEntry entry)
    {
        if ((TensorMatch.RefuseType(entry.DataType) ?? TensorMatch.RefuseShape(entry.Shape, tensor.Shape)) is { } reason)
            throw Refuse(reason, name);
        var bytes = (long)tensor.Length * sizeof(float);
        if (entry.End - entry.Begin != bytes)
            throw Refuse(SafetensorsFormat.WrongLength(entry, bytes), name);
    }

    private byte[] ReadHeader()
    {
        Span<byte> prefix = stackalloc byte[SafetensorsFormat.PrefixLength];
        if (Fill(prefix) < prefix.Length)
            throw Refuse(SafetensorsFormat.EndsInPrefix, null, _position);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > SafetensorsFormat.LongestHeader)
            throw Refuse(SafetensorsFormat.HeaderTooLong(length), null, 0);

        // A false length costs no more memory than the file is long.
        var header = new byte[Math.Min((int)length, Block)];
        var filled = Fill(header);
        while (filled == header.Length && filled < (int)length)
        {
            Array.Resize(ref header, (int)Math.Min((long)length, 2L * filled));
            filled += Fill(header.AsSpan(filled));
        }

        if (filled < (int)length)
            throw Refuse(SafetensorsFormat.EndsInHeader(length, filled), null, _position);
        return header;
    }

    private void Skip(long length, string name)
    {
        var block = new byte[Math.Min(length, Block)];
        for (var left = length; left > 0; left -= block.Length)
        {
            var bytes = block.AsSpan(0, (int)Math.Min(left, block.Length));
            if (Fill(bytes) < bytes.Length)
                throw Refuse(SafetensorsLayout.Ends, name, _position);
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
                throw Refuse(SafetensorsLayout.Ends, name, _position);
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
