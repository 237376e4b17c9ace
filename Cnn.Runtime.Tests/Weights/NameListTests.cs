using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;
using static Cnn.Tests.Weights.SafetensorsBytes;

namespace Cnn.Tests.Weights;

/// <summary>The text of a refusal about names that differ, and the map that it proposes.</summary>
public sealed class NameListTests
{
    [Theory]
    [InlineData("module.conv1.weight", "module.conv1.bias", "; every name of the file begins with \"module.\", so Load(path, name => \"module.\" + name) finds them")]
    [InlineData("features.0.weight", "features.0.bias", "; their shapes agree in this order: Load(path, names) with { [\"conv1\"] = \"features.0\" }")]
    [InlineData("w", "b", "; their shapes agree in this order: Load(path, names) with { [\"conv1.weight\"] = \"w\", [\"conv1.bias\"] = \"b\" }")]
    public void An_unknown_name_lists_both_sides_and_the_map_that_fits(string weight, string bias, string proposal)
    {
        var header = "{" + Weight.Replace("conv1.weight", weight, StringComparison.Ordinal) + "," + Bias.Replace("conv1.bias", bias, StringComparison.Ordinal) + "}";
        var refusal = Assert.Throws<WeightsFormatException>(() => NetworkWeights.Load<FakeNetwork>(new MemoryStream(Build(header))));
        Assert.Equal(weight, refusal.Tensor);
        Assert.Equal(
            $"the network has no tensor of this name; the file alone has {weight} [2, 1, 3, 3], {bias} [2], the network alone "
                + "conv1.weight [2, 1, 3, 3], conv1.bias [2]" + proposal,
            refusal.Reason);
    }

    [Fact]
    public void A_proposed_map_loads_the_file()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, Build("{" + Weight.Replace("conv1", "features.0", StringComparison.Ordinal) + "," + Bias.Replace("conv1", "features.0", StringComparison.Ordinal) + "}"));
            Assert.NotNull(NetworkWeights.Load<FakeNetwork>(path, new Dictionary<string, string> { ["conv1"] = "features.0" }));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Layers_are_matched_in_the_order_of_their_numbers_where_the_file_is_sorted_by_name()
    {
        // As safetensors writes a torch.nn.Sequential: by name, so that 10 comes before 2, and the bias before the weight.
        var ours = Layers(("conv1", 3), ("conv2", 4), ("dense1", 5));
        var file = Layers(("10", 5), ("2", 3), ("9", 4)).OrderBy(tensor => tensor.Name, StringComparer.Ordinal).ToList();
        Assert.EndsWith(
            "with { [\"conv1\"] = \"2\", [\"conv2\"] = \"9\", [\"dense1\"] = \"10\" }", NameLists.Compare(ours, file), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_proposed_where_shapes_differ() =>
        Assert.EndsWith(
            "the network alone conv1.weight [3, 7], conv1.bias [3]",
            NameLists.Compare(Layers(("conv1", 3)), Layers(("stem", 4))),
            StringComparison.Ordinal);

    [Fact]
    public void Long_lists_and_maps_are_cut()
    {
        var ours = Layers([.. Enumerable.Range(0, 100).Select(i => ($"a{i}", i + 1))]);
        var file = Layers([.. Enumerable.Range(0, 100).Select(i => ($"b{i}", i + 1))]);
        var text = NameLists.Compare(ours, file);
        Assert.Contains("b2.bias [3] and 194 more, the network alone a0.weight", text, StringComparison.Ordinal);
        Assert.EndsWith("[\"a11\"] = \"b11\" and 88 more }", text, StringComparison.Ordinal);
    }

    private static List<NamedShape> Layers(params (string Name, int Units)[] layers) =>
        [.. layers.SelectMany(layer => new NamedShape[] { new(layer.Name + ".weight", [layer.Units, 7]), new(layer.Name + ".bias", [layer.Units]) })];
}
