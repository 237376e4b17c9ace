using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;
using static Cnn.Tests.Weights.SafetensorsBytes;

namespace Cnn.Tests.Weights;

/// <summary>Files that call the tensors otherwise, and what PyTorch saves beside them.</summary>
public sealed class TensorNameTests
{
    private const string Counter = """ "bn1.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[0,8]} """;

    private const string WeightBehind = """ "conv1.weight":{"dtype":"F32","shape":[2,1,3,3],"data_offsets":[8,80]} """;

    private const string BiasBehind = """ "conv1.bias":{"dtype":"F32","shape":[2],"data_offsets":[80,88]} """;

    [Theory]
    [InlineData("features.0.weight", "features.0.bias", "conv1=features.0")]
    [InlineData("w", "b", "conv1.weight=w", "conv1.bias=b")]
    [InlineData("a.weight", "b", "conv1=a", "conv1.bias=b")]
    [InlineData("w", "conv1.bias", "conv1.weight=w")]
    [InlineData("conv1.bias", "conv1.weight", "conv1.weight=conv1.bias", "conv1.bias=conv1.weight")]
    [InlineData("conv1.weight", "conv1.bias")]
    public void A_map_gives_the_file_s_name_of_a_parameter_or_of_all_within_a_layer(string weight, string bias, params string[] map)
    {
        var names = map.Select(entry => entry.Split('=')).ToDictionary(entry => entry[0], entry => entry[1]);
        WithFile(Named(weight, bias), path =>
        {
            Assert.Equal(Numbers, Canonical(NetworkWeights.Load<FakeNetwork>(path, names)));
            var network = FakeNetwork.CreateZeroed();
            NetworkWeights.LoadInto(network, path, names);
            Assert.Equal(Numbers, Canonical(network));
        });
    }

    [Fact]
    public void A_map_may_be_a_function()
    {
        WithFile(Named("module.conv1.weight", "module.conv1.bias"), path =>
        {
            Assert.Equal(Numbers, Canonical(NetworkWeights.Load<FakeNetwork>(path, name => "module." + name)));
            var network = FakeNetwork.CreateZeroed();
            NetworkWeights.LoadInto(network, path, name => "module." + name);
            Assert.Equal(Numbers, Canonical(network));
        });
    }

    [Theory]
    [InlineData("The map has \"conv2\", but the network has no parameter, layer or block of that name.", "conv2=a")]
    [InlineData("The map has \"conv\", but the network has no parameter, layer or block of that name.", "conv1=a", "conv=a")]
    [InlineData("The map has \"\", but the network has no parameter, layer or block of that name.", "=a")]
    [InlineData(
        "The map gives conv1.weight and conv1.bias the same name \"x\", but each is read from its own entry.", "conv1.weight=x", "conv1.bias=x")]
    public void A_map_that_fits_no_network_is_refused_and_changes_nothing(string reason, params string[] map)
    {
        var names = map.Select(entry => entry.Split('=')).ToDictionary(entry => entry[0], entry => entry[1]);
        WithFile(Saved(), path =>
        {
            var network = FakeNetwork.CreateZeroed();
            var exception = Assert.Throws<ArgumentException>(() => NetworkWeights.LoadInto(network, path, names));
            Assert.StartsWith(reason, exception.Message, StringComparison.Ordinal);
            Assert.Equal(new float[20], Canonical(network));
        });
    }

    [Fact]
    public void A_map_must_give_a_name_and_must_be_there()
    {
        WithFile(Saved(), path =>
        {
            var exception = Assert.Throws<ArgumentException>(() => NetworkWeights.Load<FakeNetwork>(path, _ => null!));
            Assert.StartsWith("The map gives no name for conv1.weight.", exception.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentNullException>(() => NetworkWeights.Load<FakeNetwork>(path, (Func<string, string>)null!));
            Assert.Throws<ArgumentNullException>(() => NetworkWeights.Load<FakeNetwork>(path, (IReadOnlyDictionary<string, string>)null!));
        });
    }

    [Fact]
    public void What_the_file_lacks_is_named_as_the_file_would_call_it()
    {
        WithFile(Saved(), path =>
        {
            var exception = Assert.Throws<WeightsFormatException>(
                () => NetworkWeights.Load<FakeNetwork>(path, new Dictionary<string, string> { ["conv1.bias"] = "b", ["conv1.weight"] = "conv1.bias" }));
            Assert.Equal("conv1.weight", exception.Tensor);
            Assert.Contains("no tensor of the network is read from it", exception.Message, StringComparison.Ordinal);
        });
        WithFile(Build("{" + Weight + "}", 72), path =>
        {
            var exception = Assert.Throws<WeightsFormatException>(
                () => NetworkWeights.Load<FakeNetwork>(path, new Dictionary<string, string> { ["conv1.bias"] = "b" }));
            Assert.Equal("b", exception.Tensor);
            Assert.Contains("the file lacks it, from which conv1.bias is read", exception.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_shape_that_differs_is_told_by_the_file_s_name()
    {
        WithFile(Named("w", "b"), path =>
        {
            var exception = Assert.Throws<WeightsFormatException>(
                () => NetworkWeights.Load<FakeNetwork>(path, new Dictionary<string, string> { ["conv1.weight"] = "b", ["conv1.bias"] = "w" }));
            Assert.Contains("its shape is [2, 1, 3, 3], but the network's is [2]", exception.Message, StringComparison.Ordinal);
            Assert.Equal("w", exception.Tensor);
        });
    }

    [Fact]
    public void What_PyTorch_counts_beside_a_batch_normalisation_is_passed_over_wherever_it_stands()
    {
        byte[] counted = [1, 2, 3, 4, 5, 6, 7, 8];
        var numbers = Data();
        var first = File("{" + Counter + "," + WeightBehind + "," + BiasBehind + "}", [.. counted, .. numbers]);
        Assert.Equal(Numbers, Canonical(NetworkWeights.Load<FakeNetwork>(new MemoryStream(first))));

        var between = File(
            "{" + Weight + "," + Counter.Replace("[0,8]", "[72,80]", StringComparison.Ordinal) + "," + BiasBehind + "}",
            [.. numbers[..72], .. counted, .. numbers[72..]]);
        Assert.Equal(Numbers, Canonical(NetworkWeights.Load<FakeNetwork>(new MemoryStream(between))));

        var last = File("{" + Counter.Replace("[0,8]", "[80,88]", StringComparison.Ordinal) + "," + Weight + "," + Bias + "}", [.. numbers, .. counted]);
        Assert.Equal(Numbers, Canonical(NetworkWeights.Load<FakeNetwork>(new MemoryStream(last))));
    }

    [Theory]
    [InlineData("\"I64\",\"shape\":[],\"data_offsets\":[0,8]", "\"U8\",\"shape\":[7],\"data_offsets\":[0,7]", "leave a gap behind the data before")]
    [InlineData("\"I64\",\"shape\":[],\"data_offsets\":[0,8]", "\"U8\",\"shape\":[12],\"data_offsets\":[0,12]", "overlap the data before")]
    [InlineData(
        "\"I64\",\"shape\":[],\"data_offsets\":[0,8]",
        "\"U8\",\"shape\":[4000000000000],\"data_offsets\":[0,4000000000000]",
        "the file ends within its data")]
    [InlineData("[0,8]", "[0,7]", "its data_offsets [0, 7] hold 7 bytes, but its shape takes 8")]
    [InlineData("bn1.num_batches_tracked", "bn1_num_batches_tracked", "the network has no tensor of this name")]
    [InlineData("bn1.num_batches_tracked", "num_batches_tracked.x", "the network has no tensor of this name")]
    public void What_is_passed_over_must_lie_in_its_place_all_the_same(string text, string other, string reason)
    {
        var file = Build("{" + Counter.Replace(text, other, StringComparison.Ordinal) + "," + WeightBehind + "," + BiasBehind + "}", 88);
        var network = FakeNetwork.CreateNumbered();
        var exception = Assert.Throws<WeightsFormatException>(() => NetworkWeights.LoadInto(network, new MemoryStream(file)));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Equal(Numbers, Canonical(network));
    }

    private static float[] Numbers => [.. Enumerable.Range(1, 20).Select(i => (float)i)];

    /// <summary>The numbers 1, 2, 3 ... under other names.</summary>
    private static byte[] Named(string weight, string bias) => File(
        "{" + Weight.Replace("conv1.weight", weight, StringComparison.Ordinal) + "," + Bias.Replace("conv1.bias", bias, StringComparison.Ordinal) + "}",
        Data());

    private static byte[] Data()
    {
        var data = new byte[DataLength];
        for (var i = 0; i < 20; i++)
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(4 * i), i + 1);
        return data;
    }

    private static byte[] File(string header, byte[] data)
    {
        var file = Build(header, data.Length);
        data.CopyTo(file, file.Length - data.Length);
        return file;
    }

    private static void WithFile(byte[] content, Action<string> check)
    {
        var path = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllBytes(path, content);
            check(path);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }
}
