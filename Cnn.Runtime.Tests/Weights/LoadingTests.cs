using System;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Linq;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;
using static Cnn.Tests.Weights.SafetensorsBytes;

namespace Cnn.Tests.Weights;

public sealed class LoadingTests
{
    [Fact]
    public void A_file_of_another_program_loads()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Weights", "independent.safetensors");
        var network = NetworkWeights.Load<FakeNetwork>(path);
        Assert.Equal(Enumerable.Range(0, 18).Select(i => i + 0.5f).Concat([-1f, float.PositiveInfinity]), Canonical(network));
    }

    [Fact]
    public void Loading_replaces_every_parameter_of_a_network()
    {
        var network = FakeNetwork.CreateNumbered();
        NetworkWeights.LoadInto(network, new MemoryStream(Build("{" + Weight + "," + Bias + "}")));
        Assert.Equal(new float[20], Canonical(network));
    }

    [Fact]
    public void A_stream_that_gives_one_byte_at_a_time_loads()
    {
        var network = NetworkWeights.Load<FakeNetwork>(new TricklingStream(Saved()));
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (float)i), Canonical(network));
    }

    [Fact]
    public void A_stream_over_memory_loads_from_its_position_wherever_that_lies()
    {
        for (var offset = 0; offset < 4; offset++)
        {
            var network = FakeNetwork.CreateZeroed();
            FromMemory([.. new byte[offset], .. Saved()], memory =>
            {
                memory.Position = offset;
                NetworkWeights.LoadInto(network, memory);
            });
            Assert.Equal(Enumerable.Range(1, 20).Select(i => (float)i), Canonical(network));
        }
    }

    [Fact]
    public void A_mapped_file_that_does_not_tell_its_place_loads_too()
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(path, Saved());
        try
        {
            using var mapped = MemoryMappedFile.CreateFromFile(path);
            using var view = mapped.CreateViewStream(0, Saved().Length, MemoryMappedFileAccess.Read);
            Assert.Throws<NotSupportedException>(() => AddressOf(view));
            Assert.Equal(Enumerable.Range(1, 20).Select(i => (float)i), Canonical(NetworkWeights.Load<FakeNetwork>(view)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Memory_is_refused_in_the_words_in_which_any_other_stream_is_and_changes_nothing()
    {
        var whole = Saved();
        byte[][] files =
        [
            .. Enumerable.Range(0, whole.Length).Select(length => whole[..length]),
            [.. whole, 0],
            Build("{" + Weight + "}"),
            Build("{" + Weight + "," + Bias.Replace("[72,80]", "[71,79]", StringComparison.Ordinal) + "}"),
            Build("{" + Weight + "," + Bias.Replace("[72,80]", "[76,84]", StringComparison.Ordinal) + "}", 84),
        ];
        foreach (var file in files)
        {
            var expected = Assert.Throws<WeightsFormatException>(() => NetworkWeights.Load<FakeNetwork>(new MemoryStream(file)));
            var network = FakeNetwork.CreateNumbered();
            var before = network.Weights.ToArray();
            FromMemory(file, memory =>
                Assert.Equal(expected.Message, Assert.Throws<WeightsFormatException>(() => NetworkWeights.LoadInto(network, memory)).Message));
            Assert.Equal(before, network.Weights.ToArray());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(""" "__metadata__":{}, """)]
    [InlineData(""" "__metadata__":{"format":"pt","a":"1"}, """)]
    public void Metadata_is_tolerated(string metadata) =>
        Assert.Equal(new float[20], Canonical(Load(Build("{" + metadata + Bias + "," + Weight + "}   "))));

    [Fact]
    public void Escaped_names_are_the_names()
    {
        var escaped = Weight.Replace("conv1", "\\u0063onv1", StringComparison.Ordinal);
        Assert.Equal(new float[20], Canonical(Load(Build("{" + escaped + "," + Bias + "}"))));
    }

    [Fact]
    public void Every_truncation_is_refused_and_changes_nothing()
    {
        var file = Saved();
        for (var length = 0; length < file.Length; length++)
        {
            var network = FakeNetwork.CreateNumbered();
            var before = network.Weights.ToArray();
            var exception = Assert.Throws<WeightsFormatException>(
                () => NetworkWeights.LoadInto(network, new MemoryStream(file, 0, length)));
            Assert.Equal(length, exception.Offset);
            Assert.Contains("the file ends", exception.Message, StringComparison.Ordinal);
            Assert.Equal(before, network.Weights.ToArray());
        }
    }

    [Fact]
    public void Damaged_bytes_are_loaded_or_refused_and_never_half_loaded()
    {
        var file = Saved();
        var change = Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte);
        Gen.Select(change.Array[1, 4], Gen.Int[0, file.Length + 8]).ForAll((changes, length) =>
        {
            var damaged = file.ToArray();
            foreach (var (position, value) in changes)
                damaged[position] = value;
            if (length % 2 == 0)
                Array.Resize(ref damaged, length);

            var network = FakeNetwork.CreateNumbered();
            network.Weights[0] = 1234;
            var before = network.Weights.ToArray();
            try
            {
                NetworkWeights.LoadInto(network, new MemoryStream(damaged));
                Assert.NotEqual(1234, network.Weights[0]);
            }
            catch (WeightsFormatException)
            {
                Assert.Equal(before, network.Weights.ToArray());
            }
        });
    }

    [Fact]
    public void Damaged_headers_are_loaded_or_refused_and_nothing_else()
    {
        // Pieces of real headers in any order come further into the reader than flipped bytes do.
        string[] pieces =
        [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\ud800", " ", "-", "0", "72", "80", "1e9", "9223372036854775808", "null", "true",
            "\"dtype\"", "\"F32\"", "\"shape\"", "[2]", "[2,1,3,3]", "\"data_offsets\"", "[0,72]", "[72,80]",
            "\"conv1.weight\"", "\"conv1.bias\"", "\"__metadata__\"", Weight, Bias,
        ];
        Gen.Int[0, pieces.Length - 1].Array[0, 12].ForAll(chosen =>
        {
            var header = "{" + string.Concat(chosen.Select(index => pieces[index])) + "}";
            var exception = Record.Exception(() => Load(Build(header)));
            Assert.True(exception is null or WeightsFormatException, $"{header}: {exception}");
        });
    }

    private static unsafe nint AddressOf(UnmanagedMemoryStream memory) => (nint)memory.PositionPointer;

    /// <summary>Calls with a stream as resources have, over the bytes themselves.</summary>
    private static unsafe void FromMemory(byte[] file, Action<UnmanagedMemoryStream> call)
    {
        // Not empty, so that there is an address.
        byte[] room = [.. file, 0];
        fixed (byte* start = room)
        {
            using var memory = new UnmanagedMemoryStream(start, file.Length);
            call(memory);
        }
    }

    private static FakeNetwork Load(byte[] file) => NetworkWeights.Load<FakeNetwork>(new MemoryStream(file));

    /// <summary>A stream that cannot seek and never gives more than one byte.</summary>
    private sealed class TricklingStream(byte[] bytes) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (count == 0 || _position == bytes.Length)
                return 0;
            buffer[offset] = bytes[_position++];
            return 1;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
