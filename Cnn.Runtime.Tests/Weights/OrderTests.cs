using System;
using System.IO;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;
using static Cnn.Tests.Weights.SafetensorsBytes;

namespace Cnn.Tests.Weights;

/// <summary>Files that keep flattened volumes in PyTorch's order, in ours, and in one that they do not tell.</summary>
public sealed class OrderTests
{
    private const string Tensors = """
        "dense1.weight":{"dtype":"F32","shape":[8,12],"data_offsets":[0,384]},"dense1.bias":{"dtype":"F32","shape":[8],"data_offsets":[384,416]}
        """;

    private const string Marked = """ "__metadata__":{"MARK"}, """;

    [Fact]
    public void A_state_dict_without_a_mark_is_refused_with_the_ways_out_and_changes_nothing()
    {
        var network = FlatNetwork<Last>.CreateNumbered();
        var before = network.Weights.ToArray();
        var refusal = Assert.Throws<WeightsFormatException>(() => NetworkWeights.LoadInto(network, new MemoryStream(PyTorch(""))));
        Assert.Equal(
            "the file does not say in which order it keeps flattened volumes, and dense1.weight depends on it; if PyTorch made it, give "
                + "WeightOrder.PyTorch or declare Layout.Chw; if this network saved it without a mark, give WeightOrder.Declared",
            refusal.Reason);
        Assert.Equal(before, network.Weights.ToArray());
    }

    [Theory]
    [InlineData("", WeightOrder.PyTorch)]
    [InlineData("format\":\"pt", WeightOrder.Marked)]
    [InlineData("format\":\"np", WeightOrder.PyTorch)]
    [InlineData("format\":\"tf", WeightOrder.PyTorch)]
    [InlineData("cnn.order\":\"chw", WeightOrder.Marked)]
    [InlineData("cnn.order\":\"hwc", WeightOrder.PyTorch)]
    public void Numbers_in_the_order_of_PyTorch_come_to_their_places_in_a_network_with_channels_last(string mark, WeightOrder order)
    {
        var file = PyTorch(mark);
        Assert.Equal(ChannelsLast(), Load<FlatNetwork<Last>>(file, order).Weights.ToArray());
        Assert.Equal(ChannelsLast(), LoadFromMemory<FlatNetwork<Last>>(file, order));
    }

    [Theory]
    [InlineData("", WeightOrder.Declared)]
    [InlineData("cnn.order\":\"hwc", WeightOrder.Marked)]
    [InlineData("format\":\"pt", WeightOrder.Declared)]
    [InlineData("format\":\"tf", WeightOrder.Declared)]
    public void Numbers_in_the_order_of_the_network_stay(string mark, WeightOrder order) =>
        Assert.Equal(Numbers, Load<FlatNetwork<Last>>(PyTorch(mark), order).Weights.ToArray());

    [Theory]
    [InlineData("", WeightOrder.Marked)]
    [InlineData("", WeightOrder.PyTorch)]
    [InlineData("format\":\"pt", WeightOrder.Marked)]
    [InlineData("cnn.order\":\"chw", WeightOrder.Marked)]
    public void A_network_with_channels_first_has_the_order_of_PyTorch(string mark, WeightOrder order) =>
        Assert.Equal(Numbers, Load<FlatNetwork<First>>(PyTorch(mark), order).Weights.ToArray());

    [Fact]
    public void What_one_layout_saved_loads_into_the_other_and_comes_back()
    {
        var first = FlatNetwork<First>.CreateNumbered();
        var last = Load<FlatNetwork<Last>>(Saved(first), WeightOrder.Marked);
        Assert.Equal(ChannelsLast(), last.Weights.ToArray());
        Assert.Equal(Numbers, Load<FlatNetwork<First>>(Saved(last), WeightOrder.Marked).Weights.ToArray());
        Assert.Equal(ChannelsLast(), Load<FlatNetwork<Last>>(Saved(last), WeightOrder.Marked).Weights.ToArray());
    }

    [Theory]
    [InlineData("tf")]
    [InlineData("flax")]
    [InlineData("mlx")]
    public void A_file_of_a_library_that_transposes_is_refused_by_its_name(string library)
    {
        var refusal = Assert.Throws<WeightsFormatException>(() => Load<FlatNetwork<Last>>(PyTorch("format\":\"" + library), WeightOrder.Marked));
        Assert.StartsWith($"its metadata say \"format\": \"{library}\", whose library keeps kernels as [height, width, in, out]", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mark_that_is_none_is_refused_and_shown_without_what_is_not_seen()
    {
        var refusal = Assert.Throws<WeightsFormatException>(() => Load<FlatNetwork<Last>>(PyTorch("cnn.order\":\"\\u202ehwc"), WeightOrder.Marked));
        Assert.Equal("its metadata's \"cnn.order\" is \"\\u202Ehwc\" where \"hwc\" or \"chw\" belongs", refusal.Reason);
    }

    [Fact]
    public void Where_every_matrix_is_square_a_file_must_say_who_made_it()
    {
        var file = Build("""{"dense1.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}""", 16);
        var square = new ParameterTensor("dense1.weight", [2, 2], Initializer.Zeros, 2, 2, new StridedBlock(0, 0, new StridedAxis(4, 1, 1)));
        string? Refuse(WeightOrder order) => Record.Exception(() =>
            new SafetensorsReader(new MemoryStream(file), "file", order: new OrderOfNetwork(Layout.Chw, [], order)).Read([square]))?.Message;
        Assert.Contains("transposed ones would not show; give WeightOrder.PyTorch if", Refuse(WeightOrder.Marked), StringComparison.Ordinal);
        Assert.Null(Refuse(WeightOrder.PyTorch));
    }

    [Fact]
    public void A_volume_that_is_read_in_another_shape_cannot_be_brought_into_order()
    {
        var order = new OrderOfNetwork(Layout.Hwc, [new FlattenedTensor("reshape1", [], [])], WeightOrder.PyTorch);
        var refusal = Assert.Throws<WeightsFormatException>(
            () => new SafetensorsReader(new MemoryStream(PyTorch("")), "file", order: order).Read(FlatNetwork<Last>.Parameters));
        Assert.Equal(
            "the file keeps volumes with channels first, and reshape1 reads them in another shape, which no order of the weights makes up for; "
                + "declare Layout.Chw",
            refusal.Reason);
    }

    [Fact]
    public void An_order_that_is_none_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Load<FlatNetwork<Last>>(PyTorch(""), (WeightOrder)3));

    private static float[] Numbers => [.. Enumerable.Range(1, 104).Select(i => (float)i)];

    /// <summary>The numbers 1, 2, 3 ..., which stand for the order [c, h, w], as a network with channels last has them.</summary>
    private static float[] ChannelsLast()
    {
        var places = Enumerable.Range(0, 8).Select(row => (Place(row, 2, 2, 2), row)).ToDictionary(pair => pair.Item1, pair => pair.row);
        var columns = Enumerable.Range(0, 12).Select(column => (Place(column, 2, 3, 2), column)).ToDictionary(pair => pair.Item1, pair => pair.column);
        var weights = new float[104];
        for (var row = 0; row < 8; row++)
        {
            weights[96 + row] = 97 + places[row];
            for (var column = 0; column < 12; column++)
                weights[(row * 12) + column] = (places[row] * 12) + columns[column] + 1;
        }

        return weights;

        // The index in [h, w, c] of number n of [c, h, w].
        static int Place(int n, int height, int width, int channels)
        {
            var (channel, y, x) = (n / (height * width), n / width % height, n % width);
            return (((y * width) + x) * channels) + channel;
        }
    }

    private static byte[] PyTorch(string mark)
    {
        var metadata = mark.Length == 0 ? "" : Marked.Replace("MARK", mark, StringComparison.Ordinal);
        var file = Build("{" + metadata + Tensors + "}", 416);
        for (var i = 0; i < 104; i++)
            BitConverter.TryWriteBytes(file.AsSpan(file.Length - 416 + (4 * i)), i + 1f);
        return file;
    }

    private static byte[] Saved<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        using var stream = new MemoryStream();
        NetworkWeights.Save(network, stream);
        return stream.ToArray();
    }

    private static TNetwork Load<TNetwork>(byte[] file, WeightOrder order)
        where TNetwork : class, INetwork<TNetwork> => NetworkWeights.Load<TNetwork>(new MemoryStream(file), order);

    private static unsafe float[] LoadFromMemory<TNetwork>(byte[] file, WeightOrder order)
        where TNetwork : class, INetwork<TNetwork>
    {
        fixed (byte* start = file)
        {
            using var memory = new UnmanagedMemoryStream(start, file.Length);
            return NetworkWeights.Load<TNetwork>(memory, order).Weights.ToArray();
        }
    }
}
