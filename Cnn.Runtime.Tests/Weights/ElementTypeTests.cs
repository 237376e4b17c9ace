using System;
using System.IO;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Tests.Weights;

/// <summary>Floating-point numbers of other widths become what PyTorch's <c>float()</c> makes of them.</summary>
public sealed class ElementTypeTests
{
    [Theory]
    [InlineData("f16")]
    [InlineData("bf16")]
    [InlineData("f64")]
    public void Weights_of_another_width_load_as_PyTorch_converts_them(string type)
    {
        var expected = Bits(NetworkWeights.Load<FakeNetwork>(Fixture($"types_{type}_as_f32")));
        Assert.Equal(expected, Bits(NetworkWeights.Load<FakeNetwork>(Fixture($"types_{type}"))));
        Assert.Equal(expected, Bits(FromMemory(File.ReadAllBytes(Fixture($"types_{type}")))));
        Assert.Contains(BitConverter.SingleToInt32Bits(float.PositiveInfinity), expected);
    }

    [Fact]
    public void A_number_beyond_the_largest_float_is_refused_at_its_byte_and_changes_nothing()
    {
        var path = Fixture("types_f64_large");
        var network = FakeNetwork.CreateNumbered();
        var before = network.Weights.ToArray();
        var refusal = Assert.Throws<WeightsFormatException>(() => NetworkWeights.LoadInto(network, path));
        Assert.Equal(
            ("conv1.bias", "its element 1E+39 is beyond the largest 32-bit float", new FileInfo(path).Length - 8),
            (refusal.Tensor, refusal.Reason, refusal.Offset));
        Assert.Equal(refusal.Offset, Assert.Throws<WeightsFormatException>(() => FromMemory(File.ReadAllBytes(path))).Offset);
        Assert.Equal(before, network.Weights.ToArray());
    }

    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "fixtures", name + ".safetensors");

    private static int[] Bits(FakeNetwork network) => [.. network.Weights.ToArray().Select(BitConverter.SingleToInt32Bits)];

    private static unsafe FakeNetwork FromMemory(byte[] file)
    {
        fixed (byte* start = file)
        {
            using var memory = new UnmanagedMemoryStream(start, file.Length);
            return NetworkWeights.Load<FakeNetwork>(memory);
        }
    }
}
