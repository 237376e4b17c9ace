using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Tests.Weights;

public sealed class SavingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cnn-weights-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_saved_network_loads_with_the_same_bits_and_zero_padding()
    {
        var path = PathOf("network.safetensors");
        var network = FakeNetwork.CreateNumbered();
        network.Weights[0] = float.NaN;
        network.Weights[8] = -0f;
        NetworkWeights.Save(network, path);
        var loaded = NetworkWeights.Load<FakeNetwork>(path);
        Assert.Equal(
            network.Weights.ToArray().Select(BitConverter.SingleToInt32Bits),
            loaded.Weights.ToArray().Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void The_file_is_what_the_specification_says()
    {
        var file = SafetensorsBytes.Saved();
        var headerLength = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        Assert.Equal(0, headerLength % 8);
        Assert.Equal(8 + headerLength + SafetensorsBytes.DataLength, file.Length);

        var text = Encoding.UTF8.GetString(file, 8, headerLength);
        Assert.Equal(
            """{"__metadata__":{"cnn.order":"hwc"},"conv1.weight":{"dtype":"F32","shape":[2,1,3,3],"data_offsets":[0,72]},"""
                + "\"conv1.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[72,80]}}",
            text.TrimEnd(' '));
        Assert.Equal(3, JsonDocument.Parse(text).RootElement.EnumerateObject().Count());

        for (var i = 0; i < 20; i++)
            Assert.Equal(i + 1, BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(8 + headerLength + (4 * i))));
    }

    [Fact]
    public void Equal_parameters_give_equal_bytes() => Assert.Equal(SafetensorsBytes.Saved(), SafetensorsBytes.Saved());

    [Fact]
    public void A_path_and_a_stream_get_the_same_bytes()
    {
        var path = PathOf("network.safetensors");
        NetworkWeights.Save(FakeNetwork.CreateNumbered(), path);
        Assert.Equal(SafetensorsBytes.Saved(), File.ReadAllBytes(path));
    }

    [Fact]
    public void Saving_replaces_a_file_and_leaves_nothing_else_behind()
    {
        var path = PathOf("network.safetensors");
        File.WriteAllText(path, "something longer than a network that was here before".PadRight(4096));
        NetworkWeights.Save(FakeNetwork.CreateNumbered(), path);
        Assert.Equal(SafetensorsBytes.Saved(), File.ReadAllBytes(path));
        Assert.Equal(["network.safetensors"], _folder.GetFileSystemInfos().Select(file => file.Name));
    }

    [Fact]
    public void A_failed_save_leaves_what_was_there_and_nothing_else()
    {
        // A folder cannot be replaced by a file, so the last step, the move, fails.
        var path = PathOf("network.safetensors");
        Directory.CreateDirectory(Path.Combine(path, "inside"));
        var failure = Record.Exception(() => NetworkWeights.Save(FakeNetwork.CreateNumbered(), path));
        Assert.True(failure is IOException or UnauthorizedAccessException, $"{failure}");
        Assert.Equal(["network.safetensors"], _folder.GetFileSystemInfos().Select(file => file.Name));
        Assert.True(Directory.Exists(Path.Combine(path, "inside")));
    }

    [Fact]
    public void A_missing_folder_is_named() =>
        Assert.Contains(
            "nowhere",
            Assert.Throws<DirectoryNotFoundException>(
                () => NetworkWeights.Save(FakeNetwork.CreateNumbered(), PathOf("nowhere/network.safetensors"))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains(
            "absent.safetensors",
            Assert.Throws<FileNotFoundException>(() => NetworkWeights.Load<FakeNetwork>(PathOf("absent.safetensors"))).Message,
            StringComparison.Ordinal);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
