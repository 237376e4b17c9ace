using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Text;
using Cnn.Tests.Support;
using Xunit;
using static Cnn.Tests.Weights.SafetensorsBytes;

namespace Cnn.Tests.Weights;

/// <summary>Every fault that a file of weights can have, with what the message says of it.</summary>
public sealed class RefusalTests
{
    private const string Good = "{" + Weight + "," + Bias + "}";

    [Fact]
    public void The_file_that_the_others_are_made_of_is_good() => NetworkWeights.Load<FakeNetwork>(new MemoryStream(Build(Good)));

    [Fact]
    public void A_file_is_named_by_its_path()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, [1, 2, 3]);
            var exception = Assert.Throws<WeightsFormatException>(() => NetworkWeights.Load<FakeNetwork>(path));
            Assert.Equal(path, exception.File);
            Assert.Equal($"{path}, byte 3: the file ends within the 8 bytes of the header's length.", exception.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_header_beyond_the_file_is_refused()
    {
        var file = Build(Good);
        BinaryPrimitives.WriteInt64LittleEndian(file, 100_000_000);
        Refused(file, null, file.Length, $"the header is said to have 100000000 bytes, but the file ends after {file.Length - 8} of them");
    }

    [Theory]
    [InlineData(100_000_001)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    public void A_header_longer_than_the_format_allows_is_refused(long length)
    {
        var file = Build(Good);
        BinaryPrimitives.WriteInt64LittleEndian(file, length);
        Refused(file, null, 0, $"the header is said to have {(ulong)length} bytes; at most 100000000 are allowed");
    }

    [Fact]
    public void A_header_that_is_not_utf_8_is_refused_at_the_byte()
    {
        var header = Encoding.UTF8.GetBytes(Good);
        header[7] = 0xFF;
        Refused(Build(header), null, 15, "the header is not valid UTF-8");
    }

    [Theory]
    [InlineData("", "the header does not begin with '{'")]
    [InlineData("[]", "the header does not begin with '{'")]
    [InlineData("\"conv1\"", "the header does not begin with '{'")]
    [InlineData("{", "the header is not valid JSON")]
    [InlineData("{}x", "the header is not valid JSON")]
    [InlineData("{}{}", "the header is not valid JSON")]
    [InlineData("{\"a\"}", "the header is not valid JSON")]
    [InlineData("{\"conv1.weight\":{\"dtype\"}}", "the header is not valid JSON")]
    [InlineData("{'a':1}", "the header is not valid JSON")]
    [InlineData("{\"__metadata__\":{},}", "the header is not valid JSON")]
    [InlineData("{/* */}", "the header is not valid JSON")]
    [InlineData("{\"__metadata__\":{\"a\":[1,}}", "the header is not valid JSON")]
    [InlineData("{\"\\ud800\":{}}", "a string in the header escapes half a surrogate pair")]
    public void A_header_that_is_no_object_of_json_is_refused(string header, string reason)
    {
        var exception = Refused(Build(header), null, null, reason);
        Assert.InRange(exception.Offset!.Value, 8, 8 + header.Length);
    }

    [Fact]
    public void Deep_nesting_is_refused() =>
        Refused(Build("{\"__metadata__\":" + new string('[', 10_000)), null, null, "the header is not valid JSON");

    [Fact]
    public void A_tensor_named_twice_is_refused() =>
        Refused(Build("{" + Weight + "," + Bias + "," + Weight + "}"), "conv1.weight", null, "the header names it twice");

    [Fact]
    public void A_tensor_named_twice_by_way_of_an_escape_is_refused()
    {
        var escaped = Bias.Replace("conv1", "\\u0063onv1", StringComparison.Ordinal);
        Refused(Build("{" + Weight + "," + Bias + "," + escaped + "}"), "conv1.bias", null, "the header names it twice");
    }

    [Fact]
    public void Metadata_that_stands_there_twice_is_refused() =>
        Refused(Build("{\"__metadata__\":{},\"__metadata__\":{}}"), "__metadata__", null, "the header names it twice");

    [Theory]
    [InlineData("\"dtype\":\"F32\"")]
    [InlineData("\"shape\":[2]")]
    [InlineData("\"data_offsets\":[72,80]")]
    public void A_key_that_stands_there_twice_is_refused(string pair)
    {
        var key = pair.Split('"')[1];
        Refused(WithBias("{" + pair + "," + pair + "}"), "conv1.bias", null, $"its entry has the key \"{key}\" twice");
    }

    [Fact]
    public void An_unknown_key_is_refused() =>
        Refused(WithBias("{\"stride\":1}"), "conv1.bias", null, "its entry has the unknown key \"stride\"");

    [Theory]
    [InlineData("{\"shape\":[2],\"data_offsets\":[72,80]}", "dtype")]
    [InlineData("{\"dtype\":\"F32\",\"data_offsets\":[72,80]}", "shape")]
    [InlineData("{\"dtype\":\"F32\",\"shape\":[2]}", "data_offsets")]
    public void A_missing_key_is_refused(string entry, string key) =>
        Refused(WithBias(entry), "conv1.bias", null, $"its entry lacks \"{key}\"");

    [Theory]
    [InlineData("7", "its entry in the header is not an object")]
    [InlineData("[]", "its entry in the header is not an object")]
    [InlineData("{\"dtype\":32}", "its dtype is not a string")]
    [InlineData("{\"shape\":2}", "its shape is not an array")]
    [InlineData("{\"data_offsets\":{}}", "its data_offsets is not an array")]
    [InlineData("{\"shape\":[\"2\"]}", "its shape has something other than whole numbers")]
    [InlineData("{\"shape\":[[2]]}", "its shape has something other than whole numbers")]
    [InlineData("{\"shape\":[2.5]}", "its shape has something other than whole numbers")]
    [InlineData("{\"shape\":[2e0]}", "its shape has something other than whole numbers")]
    [InlineData("{\"shape\":[9223372036854775808]}", "its shape has something other than whole numbers")]
    [InlineData("{\"data_offsets\":[0,1e400]}", "its data_offsets has something other than whole numbers")]
    [InlineData("{\"shape\":[-2]}", "its shape has a negative number")]
    [InlineData("{\"data_offsets\":[-8,0]}", "its data_offsets has a negative number")]
    public void An_entry_of_the_wrong_kind_is_refused(string entry, string reason) => Refused(WithBias(entry), "conv1.bias", null, reason);

    [Fact]
    public void An_unknown_tensor_is_refused() =>
        Refused(
            Build("{" + Weight + "," + Bias + ",\"conv2.bias\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[80,80]}}"),
            "conv2.bias",
            null,
            "the network has no tensor of this name");

    [Fact]
    public void The_name_of_an_unknown_tensor_is_shown_short_and_on_one_line()
    {
        var name = "a\\nb" + new string('c', 1000);
        var exception = Refused(
            Build("{\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[80,80]}}"),
            "a\\u000Ab" + new string('c', 77) + "...",
            null,
            "the network has no tensor of this name");
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Theory]
    [InlineData("{" + Weight + "}", "conv1.bias")]
    [InlineData("{" + Bias + "}", "conv1.weight")]
    [InlineData("{}", "conv1.weight")]
    public void A_missing_tensor_is_refused(string header, string missing) => Refused(Build(header), missing, null, "the file lacks it");

    [Theory]
    [InlineData("I32", "its dtype is I32; only F32, F16, BF16 and F64 are read, so convert it before saving")]
    [InlineData("F8_E4M3", "its dtype is F8_E4M3; only F32, F16, BF16 and F64 are read, so convert it before saving")]
    [InlineData("f32", "its dtype is f32, which safetensors does not have")]
    [InlineData("ZZ", "its dtype is ZZ, which safetensors does not have")]
    public void Another_element_type_is_refused_by_name(string type, string reason) =>
        Refused(WithBias("{\"dtype\":\"" + type + "\",\"shape\":[2],\"data_offsets\":[72,80]}"), "conv1.bias", null, reason);

    [Theory]
    [InlineData("F16", 4)]
    [InlineData("BF16", 4)]
    [InlineData("F64", 16)]
    public void An_element_type_of_another_width_must_have_its_own_length(string type, int bytes) =>
        Refused(
            WithBias("{\"dtype\":\"" + type + "\",\"shape\":[2],\"data_offsets\":[72,80]}"),
            "conv1.bias",
            null,
            $"its data_offsets [72, 80] hold 8 bytes, but its shape takes {bytes}");

    [Theory]
    [InlineData("[3]", "[3]")]
    [InlineData("[]", "[]")]
    [InlineData("[2,1]", "[2, 1]")]
    [InlineData("[9223372036854775807,9223372036854775807]", "[9223372036854775807, 9223372036854775807]")]
    [InlineData("[1,1,1,1,1,1,1,1,1,2]", "[1, 1, 1, 1, 1, 1, 1, 1, ...]")]
    public void Another_shape_is_refused_with_both(string shape, string shown) =>
        Refused(
            WithBias("{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":[72,80]}"),
            "conv1.bias",
            null,
            $"its shape is {shown}, but the network's is [2]");

    [Fact]
    public void A_transposed_shape_of_the_same_size_is_refused() =>
        Refused(
            Build("{" + Weight.Replace("[2,1,3,3]", "[3,3,1,2]", StringComparison.Ordinal) + "," + Bias + "}"),
            "conv1.weight",
            null,
            "its shape is [3, 3, 1, 2], but the network's is [2, 1, 3, 3]");

    [Theory]
    [InlineData("[]", "its data_offsets are 0 numbers where a begin and an end belong")]
    [InlineData("[72]", "its data_offsets are 1 numbers where a begin and an end belong")]
    [InlineData("[72,76,80]", "its data_offsets are 3 numbers where a begin and an end belong")]
    [InlineData("[80,72]", "its data_offsets [80, 72] end before they begin")]
    [InlineData("[72,79]", "its data_offsets [72, 79] hold 7 bytes, but its shape takes 8")]
    [InlineData("[72,76]", "its data_offsets [72, 76] hold 4 bytes, but its shape takes 8")]
    [InlineData("[0,9223372036854775807]", "hold 9223372036854775807 bytes, but its shape takes 8")]
    [InlineData("[76,84]", "its data_offsets begin at 76 and leave a gap behind the data before, which end at 72")]
    [InlineData("[9223372036854775799,9223372036854775807]", "leave a gap behind the data before, which end at 72")]
    [InlineData("[64,72]", "its data_offsets begin at 64 and overlap the data before, which end at 72")]
    public void Offsets_that_do_not_tile_the_data_are_refused(string offsets, string reason) =>
        Refused(WithBias("{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":" + offsets + "}", 96), "conv1.bias", null, reason);

    [Fact]
    public void Tensors_that_begin_at_the_same_byte_are_refused() =>
        Refused(WithBias("{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}"), null, null, "overlap the data before");

    [Fact]
    public void Data_that_do_not_begin_at_zero_are_refused()
    {
        var header = "{" + Weight.Replace("[0,72]", "[8,80]", StringComparison.Ordinal)
            + "," + Bias.Replace("[72,80]", "[80,88]", StringComparison.Ordinal) + "}";
        Refused(
            Build(header, 88),
            "conv1.weight",
            8 + header.Length,
            "its data_offsets begin at 8 and leave a gap behind the data before, which end at 0");
    }

    [Fact]
    public void Data_that_end_too_early_are_refused_at_the_end_of_the_file()
    {
        var file = Build(Good, DataLength - 1);
        Refused(file, "conv1.bias", file.Length, "the file ends within its data");
    }

    [Fact]
    public void Bytes_behind_the_last_tensor_are_refused()
    {
        var file = Build(Good, DataLength + 1);
        Refused(file, null, file.Length - 1, "the file goes on behind the last tensor");
    }

    [Fact]
    public void Weights_that_are_not_finite_are_allowed()
    {
        var file = Build(Good);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(file.Length - 4), float.NaN);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(file.Length - 8), float.NegativeInfinity);
        var values = Canonical(NetworkWeights.Load<FakeNetwork>(new MemoryStream(file)));
        Assert.Equal([float.NegativeInfinity, float.NaN], values.TakeLast(2));
    }

    private static byte[] WithBias(string entry, int dataLength = DataLength) =>
        Build("{" + Weight + ",\"conv1.bias\":" + entry + "}", dataLength);

    /// <summary>Loads into a network, which must stay as it is; null stands for what does not matter or does not exist.</summary>
    private static WeightsFormatException Refused(byte[] file, string? tensor, long? offset, string reason)
    {
        var network = FakeNetwork.CreateNumbered();
        var before = network.Weights.ToArray();
        var exception = Assert.Throws<WeightsFormatException>(() => NetworkWeights.LoadInto(network, new MemoryStream(file)));
        Assert.Equal(before, network.Weights.ToArray());
        Assert.Contains(reason, exception.Reason, StringComparison.Ordinal);
        Assert.StartsWith("the stream", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(exception.Reason + ".", exception.Message, StringComparison.Ordinal);
        if (tensor is not null)
        {
            Assert.Equal(tensor, exception.Tensor);
            Assert.Contains($"tensor {tensor}: ", exception.Message, StringComparison.Ordinal);
        }

        if (offset is not null)
        {
            Assert.Equal(offset, exception.Offset);
            Assert.Contains($", byte {offset}", exception.Message, StringComparison.Ordinal);
        }

        return exception;
    }
}
