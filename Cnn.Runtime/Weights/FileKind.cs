using System;
using System.Buffers.Binary;
using System.Text;

namespace Cnn;

/// <summary>Tells by its first bytes which other kind of file stands where safetensors are expected.</summary>
internal static class FileKind
{
    /// <summary>The number of bytes at the beginning of a file that are read; fewer of a shorter file.</summary>
    public const int Length = 128;

    private const string ByTorch = "save the state_dict by safetensors.torch.save_file instead";

    /// <summary>Why a file is refused that is of another kind, or null if no kind is known by these bytes.</summary>
    /// <param name="start">The first bytes of a file that is no safetensors file.</param>
    public static string? Refuse(ReadOnlySpan<byte> start) => Name(start) is { } name ? "it is " + name : null;

    private static string? Name(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("PK\x03\x04"u8))
            return Zip(start);
        if (start is [0x80, >= 2 and <= 5, ..])
            return $"a Python pickle, as torch.save writes it, no safetensors file; {ByTorch}";
        if (start is [0x89, (byte)'H', (byte)'D', (byte)'F', ..])
            return "an HDF5 file, as Keras writes it, no safetensors file; save its arrays in PyTorch's shapes by safetensors.numpy.save_file";
        if (start.StartsWith("GGUF"u8))
            return "a GGUF file, no safetensors file; save the network's own weights as safetensors";
        if (start.Length >= 8 && start[4..].StartsWith("TFL3"u8))
            return "a TensorFlow Lite model, no safetensors file; save the weights that it was made from as safetensors";
        if (start is [0x1F, 0x8B, 8, ..])
            return "a gzip file; unpack it first";
        if (start is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..])
            return "a NumPy array, no safetensors file; save all arrays by safetensors.numpy.save_file";
        if (start.StartsWith("version https://git-lfs"u8))
            return "a pointer of Git LFS, not the file itself; fetch it by git lfs pull";
        if (IsOnnx(start))
            return "an ONNX model, no safetensors file; save the weights of the network that it was exported from as safetensors";
        return start.Length >= 16 && !start[..16].ContainsAnyExceptInRange((byte)' ', (byte)'~')
            ? $"text that begins with \"{Encoding.ASCII.GetString(start[..16])}\", no safetensors file"
            : null;
    }

    /// <summary>The first name in the archive tells who wrote it.</summary>
    private static string Zip(ReadOnlySpan<byte> start)
    {
        const int NameLength = 26;
        const int NameStart = 30;
        var name = start.Length < NameStart ? [] : start[NameStart..];
        if (start.Length >= NameStart)
            name = name[..Math.Min(name.Length, BinaryPrimitives.ReadUInt16LittleEndian(start[NameLength..]))];
        if (name.EndsWith(".npy"u8))
            return "an archive of NumPy arrays (.npz), no safetensors file; save them by safetensors.numpy.save_file";
        if (name.EndsWith("data.pkl"u8) || name.EndsWith(".format_version"u8) || name.EndsWith(".storage_alignment"u8) || name.EndsWith("/version"u8))
            return $"a file of torch.save (.pt, .pth), no safetensors file; {ByTorch}";
        return $"a zip archive, such as torch.save and Keras write, no safetensors file; unpack it, or {ByTorch}";
    }

    /// <summary>A message of Protocol Buffers that begins with the field ir_version, as ONNX's models do, and goes on with another of its fields.</summary>
    private static bool IsOnnx(ReadOnlySpan<byte> start) =>
        start is [0x08, > 0 and < 64, 0x12 or 0x1A or 0x22 or 0x28 or 0x32 or 0x3A or 0x42, ..];
}
