using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;
using static Cnn.Tests.Weights.SafetensorsBytes;

namespace Cnn.Tests.Weights;

/// <summary>Files that were made to cost memory or time, to deceive the eye, or that are damaged: refused, at a bounded cost, without a trace.</summary>
public sealed class HostileFileTests
{
    [Fact]
    public void A_shape_of_millions_of_dimensions_is_refused_at_the_65th()
    {
        var shape = string.Join(',', Enumerable.Repeat("1", 3_000_000));
        Refused("{\"conv1.bias\":{\"dtype\":\"F32\",\"shape\":[" + shape + "],\"data_offsets\":[0,4]}}", "its shape has more than 64 numbers");
    }

    [Fact]
    public void A_header_of_more_entries_than_any_network_has_is_refused_at_the_first_too_many()
    {
        var entries = Enumerable.Range(0, 200_000).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"\"{i}.num_batches_tracked\":{{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}}"));
        Refused("{" + string.Join(',', entries) + "}", "the header has more than 65536 tensors");
    }

    [Fact]
    public void Metadata_of_more_texts_than_anybody_reads_are_refused_at_the_first_too_many()
    {
        var texts = Enumerable.Range(0, 200_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"{i}\":\"\""));
        Refused("{\"__metadata__\":{" + string.Join(',', texts) + "}}", "the metadata have more than 65536 texts");
    }

    [Fact]
    public void A_name_of_more_than_4096_characters_is_refused()
    {
        Refused("{\"" + new string('a', 4_097) + "\":{}}", "the header has a name of more than 4096 characters");
        Refused("{\"" + new string('a', 5_000_000) + "\":{}}", "the header has a name of more than 4096 characters");
        Refused("{\"" + new string('a', 4_096) + "\":{}}", "its entry lacks \"dtype\"");
    }

    [Fact]
    public void A_text_of_the_metadata_that_stands_there_twice_is_refused() =>
        Refused("{\"__metadata__\":{\"cnn.order\":\"hwc\",\"cnn.order\":\"chw\"}}", "the metadata have the key \"cnn.order\" twice");

    [Fact]
    public void A_type_that_the_format_does_not_have_is_refused_even_where_the_tensor_is_passed_over() =>
        Refused(
            "{" + Weight + "," + Bias + ",\"bn1.num_batches_tracked\":{\"dtype\":\"ZZ\",\"shape\":[],\"data_offsets\":[80,88]}}",
            "its dtype is ZZ, which safetensors does not have",
            88);

    [Fact]
    public void A_tensor_that_is_passed_over_must_be_as_long_as_its_shape_says() =>
        Refused(
            "{" + Weight + "," + Bias + ",\"bn1.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[80,88]}}",
            "its data_offsets [80, 88] hold 8 bytes, but its shape takes 16",
            88);

    [Theory]
    [InlineData("\u202Econv", "\\u202Econv")]
    [InlineData("a\u200Bb\u2066c\uFEFF", "a\\u200Bb\\u2066c\\uFEFF")]
    [InlineData("a\\nb\\u0000\\u001b[31m", "a\\u000Ab\\u0000\\u001B[31m")]
    [InlineData("\u2028\u2029\u00AD\uE000", "\\u2028\\u2029\\u00AD\\uE000")]
    [InlineData("\U000E0041x\U0001F600", "\\U000E0041x\U0001F600")]
    [InlineData("größe", "größe")]
    public void A_name_shows_every_character_that_is_not_seen_by_its_code(string name, string shown)
    {
        var refusal = Refused("{\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}", TensorMatch.Unknown);
        Assert.Equal(shown, refusal.Tensor);
        Assert.Contains("the file alone has " + shown + " [0]", refusal.Message, StringComparison.Ordinal);
        refusal = Refused(
            "{\"conv1.bias\":{\"" + name + "\":1}}", $"its entry has the unknown key \"{shown}\"");
        Assert.Equal("conv1.bias", refusal.Tensor);
    }

    [Fact]
    public void A_damaged_file_is_loaded_or_refused_by_name_and_reason_at_a_bounded_cost_and_never_half()
    {
        byte[][] files = [Saved(), .. new[] { "f16", "bf16", "f64" }.Select(type =>
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", $"types_{type}.safetensors")))];
        var change = Gen.Select(Gen.Int[0, 1_000], Gen.Byte);
        Gen.Select(Gen.Int[0, files.Length - 1], change.Array[1, 6], Gen.Int[0, 400]).ForAll(
            (which, changes, length) =>
            {
                var damaged = files[which].ToArray();
                foreach (var (position, value) in changes)
                    damaged[position % damaged.Length] = value;
                if (length < damaged.Length)
                    Array.Resize(ref damaged, length);
                var network = FakeNetwork.CreateNumbered();
                network.Weights[0] = 1234;
                var before = network.Weights.ToArray();
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    NetworkWeights.LoadInto(network, new MemoryStream(damaged));
                    Assert.NotEqual(1234, network.Weights[0]);
                }
                catch (WeightsFormatException refusal)
                {
                    Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 400_000);
                    Assert.Equal(before, network.Weights.ToArray());
                    Assert.StartsWith("the stream", refusal.Message, StringComparison.Ordinal);
                    Assert.DoesNotContain(refusal.Message, character => char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format);
                }
            },
            cases: 3_000);
    }

    /// <summary>Refuses a header, without taking more than a few times its memory.</summary>
    private static WeightsFormatException Refused(string header, string reason, int data = 0)
    {
        var file = Build(Encoding.UTF8.GetBytes(header), data);
        var network = FakeNetwork.CreateNumbered();
        var before = network.Weights.ToArray();
        WeightsFormatException? refusal = null;
        var allocated = Allocation.Least(() =>
        {
            var start = GC.GetAllocatedBytesForCurrentThread();
            refusal = Assert.Throws<WeightsFormatException>(() => NetworkWeights.LoadInto(network, new MemoryStream(file)));
            return GC.GetAllocatedBytesForCurrentThread() - start;
        });
        Assert.StartsWith(reason, refusal!.Reason, StringComparison.Ordinal);
        Assert.InRange(allocated, 0, 500_000 + (6L * file.Length));
        Assert.Equal(before, network.Weights.ToArray());
        return refusal;
    }
}
