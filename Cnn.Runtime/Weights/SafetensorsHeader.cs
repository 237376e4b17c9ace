using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Cnn;

/// <summary>Reads the JSON header of a safetensors file and refuses whatever the format does not allow.</summary>
/// <param name="file">The file's name, for messages.</param>
internal sealed class SafetensorsHeader(string file)
{
    /// <summary>Gets the texts of the header's metadata; what is no text is left out.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>The entries by tensor name, in the order of the file, metadata left out.</summary>
    /// <exception cref="WeightsFormatException">The header is not one.</exception>
    public List<KeyValuePair<string, SafetensorsEntry>> Parse(ReadOnlySpan<byte> header)
    {
        CheckEncoding(header);
        var json = new Utf8JsonReader(header);
        try
        {
            return ReadEntries(ref json);
        }
        catch (JsonException exception)
        {
            throw Refuse("the header is not valid JSON", null, json.BytesConsumed, exception);
        }
    }

    private static void Next(ref Utf8JsonReader json)
    {
        if (!json.Read())
            throw new JsonException("The header ends too early.");
    }

    private void CheckEncoding(ReadOnlySpan<byte> header)
    {
        if (!Utf8.IsValid(header))
        {
            var offset = 0;
            while (Rune.DecodeFromUtf8(header[offset..], out _, out var length) == System.Buffers.OperationStatus.Done)
                offset += length;
            throw Refuse("the header is not valid UTF-8", null, offset);
        }

        if (header.Length == 0 || header[0] != (byte)'{')
            throw Refuse("the header does not begin with '{', so it is no JSON object", null, 0);
    }

    private List<KeyValuePair<string, SafetensorsEntry>> ReadEntries(ref Utf8JsonReader json)
    {
        var entries = new List<KeyValuePair<string, SafetensorsEntry>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        Next(ref json);
        Next(ref json);
        while (json.TokenType == JsonTokenType.PropertyName)
        {
            // An escaped character takes six bytes at most.
            if (json.ValueSpan.Length > 6 * SafetensorsFormat.LongestName
                || Text(ref json, null) is not { Length: <= SafetensorsFormat.LongestName } name)
                throw Refuse($"the header has a name of more than {SafetensorsFormat.LongestName} characters", null, json.TokenStartIndex);
            if (!names.Add(name))
                throw Refuse("the header names it twice", name, json.TokenStartIndex);
            Next(ref json);
            if (name == SafetensorsFormat.Metadata)
                ReadMetadata(ref json);
            else if (entries.Count == SafetensorsFormat.MostEntries)
                throw Refuse($"the header has more than {SafetensorsFormat.MostEntries} tensors", null, json.TokenStartIndex);
            else
                entries.Add(new(name, ReadEntry(ref json, name)));
            Next(ref json);
        }

        if (json.Read())
            throw Refuse("something follows the header's JSON object", null, json.TokenStartIndex);
        return entries;
    }

    private void ReadMetadata(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        Next(ref json);
        while (json.TokenType == JsonTokenType.PropertyName)
        {
            var key = Text(ref json, null);
            var start = json.TokenStartIndex;
            Next(ref json);
            if (json.TokenType == JsonTokenType.String && !Metadata.TryAdd(key, Text(ref json, null)))
                throw Refuse($"the metadata have the key \"{TensorMatch.Display(key)}\" twice", null, start);
            if (Metadata.Count > SafetensorsFormat.MostEntries)
                throw Refuse($"the metadata have more than {SafetensorsFormat.MostEntries} texts", null, start);
            json.Skip();
            Next(ref json);
        }
    }

    private SafetensorsEntry ReadEntry(ref Utf8JsonReader json, string tensor)
    {
        var start = json.TokenStartIndex;
        if (json.TokenType != JsonTokenType.StartObject)
            throw Refuse("its entry in the header is not an object", tensor, start);

        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        Next(ref json);
        while (json.TokenType == JsonTokenType.PropertyName)
        {
            var key = Text(ref json, tensor);
            var repeated = key switch
            {
                SafetensorsFormat.DataType => type is not null,
                SafetensorsFormat.Shape => shape is not null,
                SafetensorsFormat.Offsets => offsets is not null,
                _ => throw Refuse($"its entry has the unknown key \"{TensorMatch.Display(key)}\"", tensor, json.TokenStartIndex),
            };
            if (repeated)
                throw Refuse($"its entry has the key \"{key}\" twice", tensor, json.TokenStartIndex);

            Next(ref json);
            if (key == SafetensorsFormat.DataType)
                type = ReadType(ref json, tensor, key);
            else if (key == SafetensorsFormat.Shape)
                shape = ReadNumbers(ref json, tensor, key);
            else
                offsets = ReadNumbers(ref json, tensor, key);
            Next(ref json);
        }

        if (type is null)
            throw Lacks(SafetensorsFormat.DataType, tensor, start);
        if (shape is null)
            throw Lacks(SafetensorsFormat.Shape, tensor, start);
        if (offsets is null)
            throw Lacks(SafetensorsFormat.Offsets, tensor, start);
        if (offsets.Length != 2)
            throw Refuse($"its data_offsets are {offsets.Length} numbers where a begin and an end belong", tensor, start);
        if (offsets[1] < offsets[0])
            throw Refuse($"its data_offsets [{offsets[0]}, {offsets[1]}] end before they begin", tensor, start);
        return new SafetensorsEntry(type, shape, offsets[0], offsets[1]);
    }

    private string ReadType(ref Utf8JsonReader json, string tensor, string key)
    {
        if (json.TokenType != JsonTokenType.String)
            throw Refuse($"its {key} is not a string", tensor, json.TokenStartIndex);
        var type = Text(ref json, tensor);

        // One text per type stays in memory, not one per tensor.
        return TensorTypes.Bits(type) == 0 ? throw Refuse(TensorMatch.RefuseType(type)!, tensor, json.TokenStartIndex) : string.Intern(type);
    }

    private long[] ReadNumbers(ref Utf8JsonReader json, string tensor, string key)
    {
        if (json.TokenType != JsonTokenType.StartArray)
            throw Refuse($"its {key} is not an array", tensor, json.TokenStartIndex);

        var numbers = new List<long>();
        Next(ref json);
        while (json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out var number))
                throw Refuse($"its {key} has something other than whole numbers of at most 63 bits", tensor, json.TokenStartIndex);
            if (number < 0)
                throw Refuse($"its {key} has a negative number", tensor, json.TokenStartIndex);
            if (numbers.Count == SafetensorsFormat.MostDimensions)
                throw Refuse($"its {key} has more than {SafetensorsFormat.MostDimensions} numbers", tensor, json.TokenStartIndex);
            numbers.Add(number);
            Next(ref json);
        }

        return [.. numbers];
    }

    private string Text(ref Utf8JsonReader json, string? tensor)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw Refuse("a string in the header escapes half a surrogate pair", tensor, json.TokenStartIndex, exception);
        }
    }

    private WeightsFormatException Lacks(string key, string tensor, long offset) => Refuse($"its entry lacks \"{key}\"", tensor, offset);

    private WeightsFormatException Refuse(string reason, string? tensor, long offset, Exception? cause = null) =>
        new(file, reason, tensor is null ? null : TensorMatch.Display(tensor), SafetensorsFormat.PrefixLength + offset, cause);
}
