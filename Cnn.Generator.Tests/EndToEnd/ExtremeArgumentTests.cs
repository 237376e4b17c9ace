using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Arguments at the end of their range, and names from any alphabet, give the network that they describe.</summary>
[Trait("Category", "Numerics")]
public sealed class ExtremeArgumentTests
{
    private const string Head = "[Cnn.Input(8, 8, 2), ";
    private const string Most = "2147483647";

    /// <summary>Gets layers with a number as large as there is, and the same with one that just suffices.</summary>
    private static readonly (string Extreme, string Ordinary)[] Pairs =
    [
        ($"Conv(4, 3, Stride = {Most})", "Conv(4, 3, Stride = 6)"),
        ($"Conv(4, 3, StrideWidth = {Most}, Padding = 1)", "Conv(4, 3, StrideWidth = 9, Padding = 1)"),
        ($"Conv(4, 3, Stride = {Most}, Padding = Cnn.Padding.Same)", "Conv(4, 3, Stride = 8, Padding = Cnn.Padding.Same)"),
        ($"Conv(4, 1, Dilation = {Most})", "Conv(4, 1)"),
        ($"Conv(4, 1, 3, DilationHeight = {Most})", "Conv(4, 1, 3)"),
        ($"Conv(4, 3, Groups = 2, StrideHeight = {Most})", "Conv(4, 3, Groups = 2, StrideHeight = 6)"),
        ($"DepthwiseConv(3, Stride = {Most}, Padding = 1)", "DepthwiseConv(3, Stride = 9, Padding = 1)"),
        ($"MaxPool(3, Stride = {Most})", "MaxPool(3, Stride = 6)"),
        ($"MaxPool(3, Stride = {Most}, Padding = 1, CeilMode = true)", "MaxPool(3, Stride = 10, Padding = 1, CeilMode = true)"),
        ($"MaxPool({Most}, CeilMode = true)", "MaxPool(8)"),
        ($"AvgPool({Most}, CeilMode = true)", "AvgPool(8)"),
        ($"AvgPool(2, StrideHeight = {Most}, StrideWidth = 2)", "AvgPool(2, StrideHeight = 7, StrideWidth = 2)"),
        ($"Conv(3, 8), ConvTranspose(4, 2, Stride = {Most})", "Conv(3, 8), ConvTranspose(4, 2, Stride = 2)"),
        ($"Conv(3, 8), ConvTranspose(4, 1, Dilation = {Most})", "Conv(3, 8), ConvTranspose(4, 1)"),
    ];

    private static readonly Lazy<NetworkBatch> Compiled = new(() => NetworkBatch.Compile(
        string.Concat(Pairs.Select((pair, i) => Declare("Extreme", i, pair.Extreme) + Declare("Ordinary", i, pair.Ordinary)))));

    [Fact]
    public void A_number_as_large_as_there_is_computes_and_trains_as_one_that_suffices()
    {
        for (var i = 0; i < Pairs.Length; i++)
        {
            var (extreme, ordinary) = (Compiled.Value.Create("Extreme" + Number(i)), Compiled.Value.Create("Ordinary" + Number(i)));
            var inputs = DrawnNumbers.Of(new Random(i), 3 * 8 * 8 * 2);
            foreach (var bits in NetworkBatch.Widths)
            {
                Compiled.Value.Bits = bits;
                Assert.Equal(ordinary.ForwardEach(inputs), extreme.ForwardEach(inputs));
            }

            foreach (var network in new[] { extreme, ordinary })
                network.Trainer(new Sgd(0.1f), 1)(inputs, [0, 1, 1]);
            Assert.Equal(ordinary.Weights, extreme.Weights);
        }
    }

    [Fact]
    public void Names_may_be_written_in_any_alphabet()
    {
        // The last is an e and an accent, as some keyboards write it.
        string[] names = ["größe", "層1", "層", "Überblick.0", "слой_2", "e\u0301t\u00e9"];
        var layers = string.Join(", Tanh, ", names.Select(name => $"Dense(3, Name = \"{name}\")"));
        var batch = NetworkBatch.Compile(
            "using Cnn;\n[Input(4), " + layers + ", Relu(Name = \"ответ\"), Output(\"ответ\"), Dense(2)] public partial class Netz;");
        var network = batch.Create("Netz");
        network.Trainer(new Sgd(0.1f), 2)(DrawnNumbers.Of(new Random(1), 12), [0, 1, 1]);
        var weights = network.Parameters.Select(parameter => parameter.Name).Where(name => name.EndsWith("weight", StringComparison.Ordinal));
        Assert.Equal(names.Select(name => name + ".weight"), weights.SkipLast(1));
        Assert.NotNull(batch.Assembly.GetType("Netz", true)!.GetNestedType("Outputs")!.GetProperty("Ответ"));
        foreach (var text in new[] { network.Summary.ToString(), network.Summary.ToMermaid(), network.Summary.ToSvg(), network.Summary.ToCsv() })
            Assert.All(names, name => Assert.Contains(name, text, StringComparison.Ordinal));

        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".safetensors");
        try
        {
            network.Save(path);
            var file = File.ReadAllBytes(path);
            using var header = JsonDocument.Parse(file.AsMemory(8, (int)BitConverter.ToInt64(file)));
            Assert.All(names, name => Assert.True(header.RootElement.TryGetProperty(name + ".weight", out _), name));
            Assert.Equal(network.Weights, network.Load(path).Weights);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Declare(string name, int number, string layers) =>
        Head + "Cnn." + layers.Replace(", Conv", ", Cnn.Conv", StringComparison.Ordinal) + $", Cnn.Flatten, Cnn.Dense(2)] public partial class {name}{Number(number)};\n";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
