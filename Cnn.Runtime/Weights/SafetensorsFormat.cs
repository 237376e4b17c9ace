namespace Cnn;

/// <summary>The constants of the safetensors format, as its public specification gives them.</summary>
internal static class SafetensorsFormat
{
    /// <summary>The bytes of the header's length, an unsigned little-endian number.</summary>
    public const int PrefixLength = 8;

    /// <summary>The longest header that the specification allows.</summary>
    public const int LongestHeader = 100_000_000;

    /// <summary>The header's free-form entry.</summary>
    public const string Metadata = "__metadata__";

    public const string DataType = "dtype";

    public const string Shape = "shape";

    public const string Offsets = "data_offsets";

    /// <summary>The one element type that networks have.</summary>
    public const string Float32 = "F32";
}

/// <summary>What the header says of one tensor.</summary>
/// <param name="DataType">The element type: <c>F32</c>.</param>
/// <param name="Shape">The dimensions, outermost first.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte behind its last.</param>
internal sealed record SafetensorsEntry(string DataType, long[] Shape, long Begin, long End);
