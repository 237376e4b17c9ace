extern alias build;

using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Cnn.Generator.Declared;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;
using FormatException = build::Cnn.WeightsFormatException;
using IndexText = build::Cnn.Build.IndexText;
using SafetensorsFile = build::Cnn.Build.SafetensorsFile;

namespace Cnn.Generator.Tests.Weights;

/// <summary>The build's reading of a file, its text for the generator, and the generator's reading of that text.</summary>
public sealed class WeightsIndexTests
{
    [Fact]
    public void What_the_build_writes_is_what_the_generator_reads()
    {
        var name = Gen.String[Gen.Char["abc.\\\t\n\r\0 é7_/"], 0, 12];
        var tensor = Gen.Select(name, name, Gen.Long[0, long.MaxValue].Array[0, 5]);
        Gen.Select(name, Gen.Bool, tensor.Array[0, 4]).Array[0, 4].ForAll(files =>
        {
            var index = new IndexText();
            foreach (var (path, isEmbedded, tensors) in files)
            {
                index.File(path, isEmbedded);
                index.Order(path);
                foreach (var (tensorName, type, shape) in tensors)
                    index.Tensor(tensorName, new(type, shape, 0, 0));
            }

            var expected = files.Select(file => new WeightsFile(
                file.Item1, file.Item2, [.. file.Item3.Select(item => new WeightsTensor(item.Item1, item.Item2, [.. item.Item3]))], "")
            { Mark = file.Item1 });
            Assert.Equal(expected, WeightsIndex.Parse(index.ToString()).Files);
        });
    }

    [Fact]
    public void A_text_of_any_form_is_read_without_an_exception()
    {
        string[] pieces = ["weights\t1\n", "file\t", "tensor\t", "damaged\t", "a", "F32", "1,2", ",", "-1", "99999999999999999999", "\t", "\n", "\\", "\\00", "\\000a"];
        Gen.Int[0, pieces.Length - 1].Array[0, 20].ForAll(chosen => WeightsIndex.Parse(string.Concat(chosen.Select(index => pieces[index]))));
        Assert.Empty(WeightsIndex.Parse("weights\t2\nfile\ta\tembedded\n").Files);
        Assert.Empty(WeightsIndex.Parse("").Files);
    }

    [Fact]
    public void The_build_reads_the_tensors_of_a_saved_network_in_their_order()
    {
        var path = Fixture("lenet5_mnist.safetensors");
        var tensors = SafetensorsFile.Read(path, "lenet5_mnist.safetensors").Entries;
        Assert.Contains(tensors, tensor => tensor.Key == "conv1.weight" && tensor.Value.Shape.SequenceEqual([6L, 1, 5, 5]));
    }

    public static TheoryData<byte[], string> Damaged => new()
    {
        { [1, 2, 3], "a.safetensors, byte 3: the file ends within the 8 bytes of the header's length." },
        { Bytes("{}", 0, 100), "a.safetensors, byte 10: the header is said to have 100 bytes, but the file ends after 2 of them." },
        { Bytes("{}", 0, long.MaxValue), "a.safetensors, byte 0: the header is said to have 9223372036854775807 bytes; at most 100000000 are allowed." },
        { Encoding.ASCII.GetBytes("PK\u0003\u0004\0\0\b\b"), "a.safetensors, byte 0: it is a zip archive, such as torch.save and Keras write, no safetensors file; unpack it, or save the state_dict by safetensors.torch.save_file instead." },
        { Bytes(Tensor("[1]", 0, 8).Replace("F32", "F64", StringComparison.Ordinal), 8, last: 1e39), "a.safetensors, byte 62, tensor a: its element 1E+39 is beyond the largest 32-bit float." },
        { Bytes(Tensor("[2]", 0, 8).Replace("F32", "ZZ", StringComparison.Ordinal), 8), "a.safetensors, byte 22, tensor a: its dtype is ZZ, which safetensors does not have." },
        { Bytes("[]", 0), "a.safetensors, byte 8: the header does not begin with '{', so it is no JSON object." },
        {
            Bytes("{\"__metadata__\":{\"format\":\"cnn-checkpoint-1\"}}", 0),
            "a.safetensors, byte 8: it is the checkpoint of a trainer, not weights alone; " +
            "give it to Trainer.LoadCheckpoint or to Fit's resumeFrom, then Save the network."
        },
        { Bytes("{}", 1), "a.safetensors, byte 10: the file goes on behind the last tensor." },
        { Bytes(Tensor("[2]", 0, 8), 4), "a.safetensors, byte 66, tensor a: the file ends within its data." },
        { Bytes(Tensor("[2]", 0, 4), 4), "a.safetensors, tensor a: its data_offsets [0, 4] hold 4 bytes, but its shape takes 8." },
        { Bytes(Tensor("[1]", 4, 8), 8), "a.safetensors, byte 62, tensor a: its data_offsets begin at 4 and leave a gap behind the data before, which end at 0." },
        {
            Bytes(Tensor("[9223372036854775807, 9223372036854775807, 4]", 0, 4), 4),
            "a.safetensors, tensor a: its data_offsets [0, 4] hold 4 bytes, but its shape takes 36893488147419103228."
        },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void A_damaged_file_is_refused_by_name_offset_and_reason(byte[] bytes, string message)
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(path, bytes);
        try
        {
            Assert.Equal(message, Assert.Throws<FormatException>(() => SafetensorsFile.Read(path, "a.safetensors")).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Every_truncation_of_a_file_is_refused()
    {
        var whole = Bytes(Tensor("[2]", 0, 8), 8);
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        try
        {
            for (var length = 0; length < whole.Length; length++)
            {
                File.WriteAllBytes(path, whole[..length]);
                Assert.Equal(length, Assert.Throws<FormatException>(() => SafetensorsFile.Read(path, "a")).Offset);
            }

            File.WriteAllBytes(path, whole);
            Assert.Equal("a", Assert.Single(SafetensorsFile.Read(path, "a").Entries).Key);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "fixtures", name);

    private static string Tensor(string shape, long begin, long end) =>
        $$$"""{"a":{"dtype":"F32","shape":{{{shape}}},"data_offsets":[{{{begin}}},{{{end}}}]}}""";

    [Fact]
    public void The_order_that_a_file_tells_is_read()
    {
        Assert.Equal("chw", SafetensorsFile.Read(Fixture("types_f16.safetensors"), "a").Mark);
        Assert.Equal("", SafetensorsFile.Read(Fixture("lenet5_mnist.safetensors"), "a").Mark);
    }

    [Fact]
    public async Task A_pipe_is_refused_without_waiting_for_its_bytes()
    {
        if (OperatingSystem.IsWindows())
            return;
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        using (var made = Process.Start("mkfifo", path))
            await made.WaitForExitAsync();
        var read = Task.Run(() => Assert.Throws<FormatException>(() => SafetensorsFile.Read(path, "a")).Message);
        try
        {
            Assert.Same(read, await Task.WhenAny(read, Task.Delay(TimeSpan.FromSeconds(60))));
            Assert.Equal("a, byte 0: the file ends within the 8 bytes of the header's length.", await read);
        }
        finally
        {
            // Whoever waits gets an end.
            if (!read.IsCompleted)
                new FileStream(path, FileMode.Open, FileAccess.Write).Dispose();
            File.Delete(path);
        }
    }

    [Fact]
    public void A_damaged_file_is_described_or_refused_and_nothing_else()
    {
        var whole = Bytes(Tensor("[2]", 0, 8), 8);
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        try
        {
            Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[1, 4].ForAll(
                changes =>
                {
                    var damaged = whole.ToArray();
                    foreach (var (position, value) in changes)
                        damaged[position] = value;
                    File.WriteAllBytes(path, damaged);
                    var exception = Record.Exception(() => SafetensorsFile.Read(path, "a"));
                    Assert.True(exception is null or FormatException, $"{exception}");
                },
                cases: 1_000);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Bytes(string header, int data, long? length = null, double? last = null)
    {
        var file = new byte[8 + header.Length + data];
        BinaryPrimitives.WriteInt64LittleEndian(file, length ?? header.Length);
        Encoding.ASCII.GetBytes(header, file.AsSpan(8));
        if (last is { } number)
            BinaryPrimitives.WriteDoubleLittleEndian(file.AsSpan(file.Length - sizeof(double)), number);
        return file;
    }
}
