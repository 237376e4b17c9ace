using System;
using System.Collections.Generic;
using System.Linq;

namespace Cnn;

/// <summary>The constants of the safetensors format, as its public specification gives them.</summary>
internal static class SafetensorsFormat
{
    /// <summary>The bytes of the header's length, an unsigned little-endian number.</summary>
    public const int PrefixLength = 8;

    /// <summary>The longest header that the specification allows.</summary>
    public const int LongestHeader = 100_000_000;

    /// <summary>The most entries of a header, and of its metadata, that are read: each costs some hundred bytes of memory.</summary>
    public const int MostEntries = 65_536;

    /// <summary>The longest name of a tensor that is read, in characters.</summary>
    public const int LongestName = 4_096;

    /// <summary>The most dimensions that are read, as many as PyTorch and NumPy have.</summary>
    public const int MostDimensions = 64;

    /// <summary>The header's free-form entry.</summary>
    public const string Metadata = "__metadata__";

    /// <summary>The text of the metadata that says what a file is.</summary>
    public const string Format = "format";

    /// <summary>The beginning of the mark of a trainer's checkpoint; a version follows.</summary>
    public const string Checkpoint = "cnn-checkpoint-";

    /// <summary>Why a checkpoint is refused as weights.</summary>
    public const string NotWeights =
        "it is the checkpoint of a trainer, not weights alone; " +
        "give it to Trainer.LoadCheckpoint or to Fit's resumeFrom, then Save the network";

    public const string DataType = "dtype";

    public const string Shape = "shape";

    public const string Offsets = "data_offsets";

    /// <summary>Why a file is refused that is shorter than the length of a header.</summary>
    public const string EndsInPrefix = "the file ends within the 8 bytes of the header's length";

    /// <summary>Why a file is refused whose header is longer than the format allows.</summary>
    public static string HeaderTooLong(ulong length) =>
        $"the header is said to have {length} bytes; at most {LongestHeader} are allowed";

    /// <summary>Whether a file with these texts is a checkpoint of a trainer.</summary>
    public static bool IsCheckpoint(IReadOnlyDictionary<string, string> metadata) =>
        metadata.TryGetValue(Format, out var format) && format.StartsWith(Checkpoint, StringComparison.Ordinal);

    /// <summary>Why a file is refused that ends before its header does.</summary>
    public static string EndsInHeader(ulong length, long found) =>
        $"the header is said to have {length} bytes, but the file ends after {found} of them";

    /// <summary>Why an entry is refused whose data are longer or shorter than its shape takes, or null if they are not.</summary>
    public static string? RefuseLength(SafetensorsEntry entry)
    {
        var bits = entry.Shape.Contains(0) ? 0 : (Int128)TensorTypes.Bits(entry.DataType);
        foreach (var dimension in entry.Shape)
            bits = bits > long.MaxValue ? bits : bits * dimension;
        var bytes = (bits + 7) / 8;
        return bytes * 8 == bits && bytes == entry.End - entry.Begin
            ? null
            : $"its data_offsets [{entry.Begin}, {entry.End}] hold {entry.End - entry.Begin} bytes, but its shape takes {bytes}";
    }
}

/// <summary>The header's entry for one tensor.</summary>
/// <param name="DataType">The element type: <c>F32</c>.</param>
/// <param name="Shape">The dimensions, outermost first.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
internal sealed record SafetensorsEntry(string DataType, long[] Shape, long Begin, long End);
