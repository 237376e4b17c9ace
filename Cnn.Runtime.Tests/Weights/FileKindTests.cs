using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Tests.Weights;

/// <summary>A file of another kind is called what it is.</summary>
public sealed class FileKindTests
{
    public static TheoryData<byte[], string> Kinds => new()
    {
        { Zip("archive/data.pkl"), "it is a file of torch.save (.pt, .pth), no safetensors file; save the state_dict by safetensors.torch.save_file instead" },
        { Zip("lenet/data.pkl"), "it is a file of torch.save" },
        { Zip("conv1.weight.npy"), "it is an archive of NumPy arrays (.npz)" },
        { Zip("metadata.json"), "it is a zip archive" },
        { [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19], "it is a Python pickle, as torch.save writes it" },
        { [0x80, 2, 0, 0, 0, 0, 0, 0, 0x6A], "it is a Python pickle" },
        { [0x89, .. Encoding.ASCII.GetBytes("HDF\r\n"), 0x1A, 10, 0, 0, 0], "it is an HDF5 file, as Keras writes it" },
        { [.. Encoding.ASCII.GetBytes("GGUF"), 3, 0, 0, 0, 9, 0, 0, 0], "it is a GGUF file" },
        { [0x1C, 0, 0, 0, .. Encoding.ASCII.GetBytes("TFL3"), 0, 0], "it is a TensorFlow Lite model" },
        { [8, 7, 0x12, 7, .. Encoding.ASCII.GetBytes("pytorch"), 0x1A, 3], "it is an ONNX model" },
        { [8, 8, 0x3A, 0x80, 1, 10, 20, 30, 40], "it is an ONNX model" },
        { Gzip(), "it is a gzip file; unpack it first" },
        { [0x93, .. Encoding.ASCII.GetBytes("NUMPY"), 1, 0, 0x76, 0], "it is a NumPy array" },
        { Encoding.ASCII.GetBytes("version https://git-lfs.github.com/spec/v1\noid sha256:0"), "it is a pointer of Git LFS, not the file itself; fetch it by git lfs pull" },
        { Encoding.ASCII.GetBytes("<!DOCTYPE html><html><head>"), "it is text that begins with \"<!DOCTYPE html><\"" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_of_another_kind_is_called_what_it_is(byte[] file, string reason)
    {
        foreach (var stream in new Stream[] { new MemoryStream(file), new PipeLike(file) })
        {
            var refusal = Assert.Throws<WeightsFormatException>(() => NetworkWeights.Load<FakeNetwork>(stream));
            Assert.StartsWith(reason, refusal.Reason, StringComparison.Ordinal);
            Assert.Equal(0, refusal.Offset);
        }
    }

    /// <summary>Whatever else begins a file, a header that is one is read.</summary>
    [Fact]
    public void A_header_of_every_length_from_2_bytes_to_70_000_is_no_other_kind()
    {
        var kinds = new HashSet<string?>();
        for (var length = 2; length < 70_000; length++)
        {
            var file = new byte[16];
            BitConverter.TryWriteBytes(file, (long)length);
            file[8] = (byte)'{';
            var refusal = Assert.Throws<WeightsFormatException>(() => NetworkWeights.Load<FakeNetwork>(new MemoryStream(file)));
            kinds.Add(refusal.Reason.StartsWith("it is", StringComparison.Ordinal) ? refusal.Reason : null);
        }

        Assert.Null(Assert.Single(kinds));
    }

    private static byte[] Zip(string name)
    {
        using var target = new MemoryStream();
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry(name).Open())
            entry.Write([1, 2, 3, 4]);
        return target.ToArray();
    }

    private static byte[] Gzip()
    {
        using var target = new MemoryStream();
        using (var zip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(SafetensorsBytes.Saved());
        return target.ToArray();
    }

    /// <summary>A stream that cannot seek.</summary>
    private sealed class PipeLike(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();
    }
}
