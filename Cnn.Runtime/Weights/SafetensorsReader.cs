using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Cnn;

/// <summary>Reads the tensors of one network from a safetensors stream, and everything that could be wrong with it.</summary>
/// <param name="stream">Read from its position to its end.</param>
/// <param name="file">The file's name, for messages.</param>
/// <param name="names">The file's names for the tensors; null if they are the network's.</param>
/// <param name="order">The order of the network and that of the file; null if no number is to be moved.</param>
internal sealed class SafetensorsReader(Stream stream, string file, TensorNames? names = null, OrderOfNetwork? order = null)
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
        foreach (var match in matched.OrderBy(match => match.Entry.Begin))
        {
            layout.CheckBegin(match.Name, match.Entry, _position - dataStart);
            if (match.Index < 0)
                Skip(match.Entry.End - match.Entry.Begin, match.Name);
            else
                values[match.Index] = Moved(match, tensors[match.Index], ReadValues(tensors[match.Index], match));
        }

        if (stream.ReadByte() >= 0)
            throw Refuse(SafetensorsLayout.GoesOn, null, _position);
        return values;
    }

    /// <summary>
    /// Copies the tensors into the weights of their network: all of them, or none. Data that lie in memory as the network's floats already,
    /// such as a resource of an assembly, are copied from there, without an array between.
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
        var converted = new Dictionary<int, float[]>();
        foreach (var match in matched)
        {
            if (match.Index < 0 || (match.Entry.DataType == TensorTypes.Float32 && match.Flattened is null))
                continue;
            var tensor = tensors[match.Index];
            var values = new float[tensor.Length];
            var bytes = new ReadOnlySpan<byte>(data + match.Entry.Begin, (int)(match.Entry.End - match.Entry.Begin));
            Convert(bytes, values, match, _position + match.Entry.Begin);
            converted.Add(match.Index, Moved(match, tensor, values));
        }

        foreach (var match in matched.Where(match => match.Index >= 0))
        {
            var tensor = tensors[match.Index];
            var values = converted.TryGetValue(match.Index, out var own) ? own : new ReadOnlySpan<float>(data + match.Entry.Begin, tensor.Length);
            tensor.Pack(values, weights);
        }

        GC.KeepAlive(memory);
    }

    /// <summary>Reads the header: the tensors, and the entries that are theirs.</summary>
    private (IReadOnlyList<ParameterTensor> Tensors, List<MatchedEntry> Matched) ReadMatched(
        Func<IReadOnlyDictionary<string, string>, IReadOnlyList<ParameterTensor>> choose)
    {
        var header = new SafetensorsHeader(file);
        var entries = header.Parse(ReadHeader());
        Metadata = header.Metadata;
        var tensors = choose(header.Metadata);
        return (tensors, new EntryMatcher(file, names, order).Match(tensors, entries, OrderMark.Of(Metadata)));
    }

    private byte[] ReadHeader()
    {
        var start = new byte[FileKind.Length];
        Fill(start.AsSpan(0, SafetensorsFormat.PrefixLength));
        if (_position < SafetensorsFormat.PrefixLength)
            throw Refuse(SafetensorsFormat.EndsInPrefix, null, _position);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > SafetensorsFormat.LongestHeader)
        {
            var read = SafetensorsFormat.PrefixLength + Fill(start.AsSpan(SafetensorsFormat.PrefixLength));
            throw Refuse(FileKind.Refuse(start.AsSpan(0, read)) ?? SafetensorsFormat.HeaderTooLong(length), null, 0);
        }

        // A false length costs no more memory than the file is long.
        var header = new byte[stream.CanSeek ? (int)Math.Clamp(stream.Length - stream.Position, 0, (long)length) : (int)Math.Min(length, Block)];
        var filled = Fill(header);
        while (filled == header.Length && filled < (int)length && header.Length > 0)
        {
            Array.Resize(ref header, (int)Math.Min((long)length, 2L * filled));
            filled += Fill(header.AsSpan(filled));
        }

        if (filled > 0 && header[0] != (byte)'{')
        {
            header.AsSpan(0, Math.Min(filled, start.Length - SafetensorsFormat.PrefixLength)).CopyTo(start.AsSpan(SafetensorsFormat.PrefixLength));
            if (FileKind.Refuse(start.AsSpan(0, Math.Min(start.Length, SafetensorsFormat.PrefixLength + filled))) is { } kind)
                throw Refuse(kind, null, 0);
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

    private float[] ReadValues(ParameterTensor tensor, MatchedEntry match)
    {
        var values = new float[tensor.Length];
        var width = TensorTypes.Bits(match.Entry.DataType) / 8;
        var block = new byte[(int)Math.Min((long)values.Length * width, Block)];
        for (var start = 0; start < values.Length; start += block.Length / width)
        {
            var part = values.AsSpan(start, Math.Min(block.Length / width, values.Length - start));
            var bytes = block.AsSpan(0, part.Length * width);
            var from = _position;
            if (Fill(bytes) < bytes.Length)
                throw Refuse(SafetensorsLayout.Ends, match.Name, _position);
            Convert(bytes, part, match, from);
        }

        return values;
    }

    private void Convert(ReadOnlySpan<byte> bytes, Span<float> values, MatchedEntry match, long position)
    {
        var stop = TensorElements.Convert(match.Entry.DataType, bytes, values);
        if (stop >= 0)
            throw Refuse(TensorElements.TooLarge(bytes[(stop * sizeof(double))..]), match.Name, position + (stop * sizeof(double)));
    }

    private float[] Moved(MatchedEntry match, ParameterTensor tensor, float[] values) =>
        match.Flattened is null ? values : order!.Move(match.Flattened, tensor, values);

    private int Fill(Span<byte> buffer)
    {
        var count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        _position += count;
        return count;
    }

    private WeightsFormatException Refuse(string reason, string? tensor = null, long? offset = null) => new(file, reason, tensor, offset);
}
