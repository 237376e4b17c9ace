using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Cnn;

/// <summary>
/// The file of a checkpoint: safetensors, with numbers that are no tensors as texts in the metadata, and a SHA-256 digest of both.
/// </summary>
internal static class CheckpointFile
{
    private const string Format = SafetensorsFormat.Format;
    private const string Version = SafetensorsFormat.Checkpoint + "1";
    private const string Digest = "sha256";

    /// <summary>Writes a checkpoint beside its place and moves it there.</summary>
    public static void Write(
        string path,
        IReadOnlyList<ParameterTensor> tensors,
        IReadOnlyList<float[]> values,
        IEnumerable<KeyValuePair<string, string>> texts)
    {
        var metadata = new List<KeyValuePair<string, string>> { new(Format, Version) };
        metadata.AddRange(texts);
        metadata.Add(new(Digest, Hash(metadata, values)));
        ReplacedFile.Write(path, stream => SafetensorsWriter.Write(tensors, values, metadata, stream));
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="choose">Says from the texts which tensors there are.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, or no checkpoint, or has other tensors.</exception>
    public static (float[][] Values, CheckpointTexts Texts) Read(
        string path, Func<CheckpointTexts, IReadOnlyList<ParameterTensor>> choose)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var reader = new SafetensorsReader(stream, path);
        CheckpointTexts? texts = null;
        var values = reader.Read(metadata =>
        {
            texts = new CheckpointTexts(path, metadata);
            if (!SafetensorsFormat.IsCheckpoint(metadata))
                throw texts.Refuse("it holds weights alone and is no checkpoint of a trainer; give it to Load or LoadInto");
            if (texts.Text(Format) != Version)
                throw texts.Refuse($"its format is \"{TensorMatch.Display(texts.Text(Format))}\" where \"{Version}\" belongs");
            return choose(texts);
        });

        if (texts!.Text(Digest) != Hash(reader.Metadata, values))
            throw texts.Refuse("its contents are not those of its SHA-256 digest, so it is damaged");
        return (values, texts);
    }

    /// <summary>The digest of the texts in the order of their keys, and of the values.</summary>
    private static string Hash(IEnumerable<KeyValuePair<string, string>> metadata, IReadOnlyList<float[]> values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, text) in metadata)
            texts[key] = text;
        texts.Remove(Digest);
        foreach (var (key, text) in texts)
            hash.AppendData(Encoding.UTF8.GetBytes($"{key}={text}\n"));
        foreach (var tensor in values)
            Append(hash, tensor);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, float[] values)
    {
        if (BitConverter.IsLittleEndian)
        {
            hash.AppendData(MemoryMarshal.AsBytes(values.AsSpan()));
            return;
        }

        var bits = MemoryMarshal.Cast<float, int>(values).ToArray();
        BinaryPrimitives.ReverseEndianness(bits, bits);
        hash.AppendData(MemoryMarshal.AsBytes(bits.AsSpan()));
    }
}
