using System;
using System.IO;
using System.Linq;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;
using static Cnn.Tests.Data.TemporaryFolder;

namespace Cnn.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Dimensions_and_bytes_are_read_plain_and_zipped_whatever_the_name(bool zipped)
    {
        var file = Idx(3, 4, 5);
        var data = IdxFile.Read(_folder.Write("digits", zipped ? Zip(file) : file), 3);
        Assert.Equal([3, 4, 5], data.Dimensions);
        Assert.Equal(Enumerable.Range(0, 60).Select(i => (byte)(i % 10)), data.Values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData(5_000_000)]
    public void Files_of_any_length_are_read(int length)
    {
        var file = Idx(length);
        Assert.Equal(file[8..], IdxFile.Read(_folder.Write("bytes", file), 1).Values);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_truncation_is_refused(bool zipped)
    {
        var file = Idx(2, 3, 4);
        for (var length = 0; length < file.Length; length++)
        {
            var cut = file[..length];
            var reason = length < 16 ? "it ends within its header" : $"its dimensions promise 24 bytes, but it ends after {length - 16}";
            Refused(zipped ? Zip(cut) : cut, 3, reason);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Trailing_bytes_are_refused(bool zipped)
    {
        byte[] longer = [.. Idx(2, 3, 4), 0];
        Refused(zipped ? Zip(longer) : longer, 3, "it goes on after the 24 bytes that its dimensions promise");
    }

    [Fact]
    public void A_wrong_magic_number_is_refused()
    {
        Refused([0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 0], 1, "it begins with the bytes 89 50, not with 00 00, so it is no IDX file");
        Refused([0, 1, 8, 1, 0, 0, 0, 0], 1, "it begins with the bytes 00 01");
        Refused([1, 0, 8, 1, 0, 0, 0, 0], 1, "it begins with the bytes 01 00");
    }

    [Theory]
    [InlineData(0x09, "signed bytes (type 09)")]
    [InlineData(0x0B, "16-bit integers (type 0B)")]
    [InlineData(0x0C, "32-bit integers (type 0C)")]
    [InlineData(0x0D, "floats (type 0D)")]
    [InlineData(0x0E, "doubles (type 0E)")]
    [InlineData(0x00, "of the unknown type 00")]
    [InlineData(0xFF, "of the unknown type FF")]
    public void Another_element_type_is_refused_by_name(byte type, string shown) =>
        Refused(Header(type, 0), 1, $"its elements are {shown}; only unsigned bytes (type 08) are read");

    [Fact]
    public void Another_number_of_dimensions_is_refused()
    {
        Refused(Idx(4), 3, "it has 1 dimensions where 3 are expected");
        Refused(Idx(1, 2, 2), 1, "it has 3 dimensions where 1 are expected");
        Refused([0, 0, 8, 0], 1, "it has 0 dimensions where 1 are expected");
    }

    [Fact]
    public void Absurd_dimensions_are_refused_without_taking_their_memory()
    {
        Refused(Header(8, uint.MaxValue), 1, "its dimension 0 is 4294967295, more than memory holds");
        Refused(Header(8, 1 << 16, 1 << 16, 0), 3, "its dimensions multiply to more than");
        Refused(Header(8, 1 << 30, 1 << 30, 1 << 30), 3, "its dimensions multiply to more than");

        var path = _folder.Write("promise", Header(8, 2_000_000_000));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, 1));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }

    [Fact]
    public void A_damaged_zip_is_refused()
    {
        var zipped = Zip(Idx(5000));
        Refused([0x1F, 0x8B], 1, "");
        for (var length = 2; length < zipped.Length; length++)
            Refused(zipped[..length], 1, "");

        var flipped = zipped.ToArray();
        flipped[^6] ^= 1;
        Refused(flipped, 1, "its gzip compression is damaged");
        Refused([.. zipped, 0], 1, "its gzip compression does not end where its content ends");
    }

    [Fact]
    public void Damaged_bytes_are_read_or_refused_and_nothing_else()
    {
        byte[][] files = [Idx(2, 3, 4), Zip(Idx(2, 3, 4))];
        var path = Path.Combine(_folder.Path, "damaged");
        Gen.Select(Gen.Int[0, 1], Gen.Select(Gen.Int[0, 23], Gen.Byte).Array[1, 3]).ForAll(
            (which, changes) =>
            {
                var file = files[which].ToArray();
                foreach (var (position, value) in changes)
                    file[position] = value;
                File.WriteAllBytes(path, file);
                var exception = Record.Exception(() => IdxFile.Read(path, 3));
                Assert.True(exception is null or InvalidDataException, $"{exception}");
            },
            cases: 1000);
    }

    [Fact]
    public void A_damaged_zip_is_read_as_it_was_or_refused_and_never_as_other_content()
    {
        // Three bytes at a time: damage of this kind has been accepted with other content, which a checksum of what is read rules out.
        var random = new Random(1);
        var file = Header(8, 2, 28, 28).Concat(Enumerable.Range(0, 2 * 28 * 28).Select(_ => (byte)(random.Next(3) == 0 ? random.Next(256) : 0))).ToArray();
        var zipped = Zip(file);
        var path = Path.Combine(_folder.Path, "damaged");
        var accepted = 0;
        for (var n = 0; n < 10_000; n++)
        {
            var damaged = zipped.ToArray();
            for (var changes = 1 + random.Next(3); changes > 0; changes--)
            {
                var (position, value) = (random.Next(damaged.Length), (byte)random.Next(256));
                damaged[random.Next(4) == 0 ? random.Next(24) : position] = value;
            }

            File.WriteAllBytes(path, damaged);
            try
            {
                Assert.Equal(file[16..], IdxFile.Read(path, 3).Values);
                accepted++;
            }
            catch (InvalidDataException refusal)
            {
                Assert.StartsWith(path + ": ", refusal.Message, StringComparison.Ordinal);
            }
        }

        // An accepted file has changed in a field that is not content, such as the time of the compression.
        Assert.InRange(accepted, 1, 1_000);
    }

    [Fact]
    public void A_zip_of_more_than_one_member_or_with_something_after_it_is_refused()
    {
        var (file, rest) = (Zip(Idx(5000)), Zip([1]));
        Refused([.. file, .. rest], 1, "its gzip compression does not end where its content ends");
        Refused([.. file, .. file], 1, "its gzip compression does not end where its content ends");
        Refused([.. file[..^8], 0, .. file[^8..]], 1, "its gzip compression does not end where its content ends");
        Refused([.. file, .. new byte[20_000]], 1, "its gzip compression does not end where its content ends");
    }

    [Fact]
    public void A_zip_with_a_name_a_comment_and_more_in_its_header_is_read()
    {
        var file = Zip(Idx(100));
        byte[] header = [0x1F, 0x8B, 8, 4 + 8 + 16 + 2, 0, 0, 0, 0, 0, 3];
        byte[] named = [.. header, 3, 0, 1, 2, 3, .. "digits\0"u8, .. "a comment\0"u8, 9, 9, .. file[10..]];
        Assert.Equal(100, IdxFile.Read(_folder.Write("named", named), 1).Values.Length);
        for (var length = 10; length < named.Length; length++)
            Refused(named[..length], 1, "");
        Refused([.. named[..3], 0x80, .. named[4..]], 1, "its flags are reserved");
        Refused([.. named[..2], 7, .. named[3..]], 1, "its gzip compression is of the unknown method 7");
    }

    [Fact]
    public void A_zip_that_unpacks_to_more_than_a_hundred_times_its_length_is_refused_without_taking_that_memory()
    {
        var path = _folder.Write("bomb", Zip([.. Header(8, 40_000_000), .. new byte[40_000_000]]));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, 1));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        Assert.EndsWith(
            "its dimensions promise 40000000 bytes, more than the 16777216 that are unpacked from a gzip file of its length; unpack it first.",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.Equal(16_000_000, IdxFile.Read(_folder.Write("blank", Zip([.. Header(8, 16_000_000), .. new byte[16_000_000]])), 1).Values.Length);
    }

    [Fact]
    public void Reading_takes_the_memory_of_the_content_and_no_more()
    {
        var file = Idx(5_000_000);
        foreach (var path in new[] { _folder.Write("plain", file), _folder.Write("zipped", Zip(file)) })
        {
            IdxFile.Read(path, 1);
            Assert.InRange(
                Allocation.Least(() =>
                {
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    IdxFile.Read(path, 1);
                    return GC.GetAllocatedBytesForCurrentThread() - before;
                }),
                5_000_000,
                5_200_000);
        }
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains(
            "absent",
            Assert.Throws<FileNotFoundException>(() => IdxFile.Read(Path.Combine(_folder.Path, "absent"), 1)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    public void A_number_of_dimensions_that_no_file_has_is_refused(int dimensions) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => IdxFile.Read("any", dimensions));

    private void Refused(byte[] file, int dimensions, string reason)
    {
        var path = _folder.Write("refused", file);
        var exception = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, dimensions));
        Assert.StartsWith(path + ": ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }
}
