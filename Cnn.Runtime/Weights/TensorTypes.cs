namespace Cnn;

/// <summary>The element types of safetensors. The compiler has this file too.</summary>
internal static class TensorTypes
{
    /// <summary>The type in which networks compute and in which they are saved.</summary>
    public const string Float32 = "F32";

    public const string Float16 = "F16";

    public const string BFloat16 = "BF16";

    public const string Float64 = "F64";

    /// <summary>Whether tensors of this type are read into a network.</summary>
    public static bool IsRead(string type) => type is Float32 or Float16 or BFloat16 or Float64;

    /// <summary>The bits of an element; 0 for a type that the format does not have.</summary>
    public static int Bits(string type) => type switch
    {
        "F4" => 4,
        "F6_E2M3" or "F6_E3M2" => 6,
        "BOOL" or "U8" or "I8" or "F8_E5M2" or "F8_E4M3" or "F8_E8M0" => 8,
        "U16" or "I16" or Float16 or BFloat16 => 16,
        "U32" or "I32" or Float32 => 32,
        "U64" or "I64" or "C64" or Float64 => 64,
        _ => 0,
    };
}
