using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Cnn.Generator.Tests.Support;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Weights in PyTorch's order in networks that flatten with channels last.</summary>
public sealed class WeightOrderTests : IDisposable
{
    private const string Graph =
        "Conv(4, 3), Relu, Flatten, BatchNorm, PRelu(PerChannel = true), Dense(24), LayerNorm, Relu, Reshape(2, 3, 4), Conv(5, 2), Flatten, Dense(7)]";

    private readonly string _path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_state_dict_of_PyTorch_gives_its_outputs_under_the_default_layout_and_is_refused_where_nobody_says_the_order()
    {
        var fixture = FixtureFile.Open("lenet5_lecture");
        var declaration = fixture.Metadata["declaration"].Replace(", Layout = Layout.Chw", "", StringComparison.Ordinal);
        var network = LoadedNetwork.Create(Harness.CompileAndLoad("using Cnn;\n" + declaration + "\npublic partial class Net;").GetType("Net")!, 1);
        WriteStateDict(fixture);

        var refusal = Assert.Throws<TargetInvocationException>(() => network.Load(_path));
        Assert.StartsWith("the file does not say in which order", Assert.IsType<WeightsFormatException>(refusal.InnerException).Reason, StringComparison.Ordinal);

        var loaded = network.Load(_path, WeightOrder.PyTorch);
        var (inputs, outputs) = (fixture["inputs"], fixture["outputs"]);
        for (var n = 0; n < inputs.Shape[0]; n++)
        {
            var actual = loaded.ForwardEach(ChannelsLast(inputs.Row(n), inputs.Shape[1], inputs.Shape[2] * inputs.Shape[3]));
            Assert.All(actual.Zip(outputs.Row(n).ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
        }
    }

    [Fact]
    public void What_a_network_saved_computes_the_same_in_the_other_layout()
    {
        var assembly = Harness.CompileAndLoad(
            "using Cnn;\n[Input(6, 5, 3), " + Graph + " public partial class Last;\n"
            + "[Input(6, 5, 3, Layout = Layout.Chw), " + Graph + " public partial class First;");
        var first = LoadedNetwork.Create(assembly.GetType("First")!, 3);
        var draw = new Random(5);
        first.SetParameters(parameter => [.. Enumerable.Range(0, parameter.Length).Select(_ => (float)(draw.NextDouble() - (parameter.IsBuffer ? -0.5 : 0.5)))]);
        first.Save(_path);
        var last = LoadedNetwork.Create(assembly.GetType("Last")!, 4).Load(_path);
        var input = Enumerable.Range(0, first.InputLength).Select(_ => (float)(draw.NextDouble() - 0.5)).ToArray();
        var expected = first.ForwardEach(input);
        var actual = last.ForwardEach(ChannelsLast(input, 3, 30));
        Assert.All(actual.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
        Assert.True(expected.Max() - expected.Min() > 0.01);

        last.Save(_path);
        var back = first.Load(_path);
        foreach (var parameter in first.Parameters)
            Assert.Equal(LoadedNetwork.Canonical(parameter, first.Weights), LoadedNetwork.Canonical(parameter, back.Weights));
    }

    [Theory]
    [InlineData("Input(8, 8, 3), Conv(4, 3), Flatten, Dense(10)]", "(\"dense1.weight\", [], [new(6, 6, 4)]),")]
    [InlineData("Input(8, 8, 3), Conv(4, 3), Flatten, Dropout(0.5), Relu, Dense(10), Dense(3)]", "(\"dense1.weight\", [], [new(6, 6, 4)]),")]
    [InlineData("Input(8, 8, 3), Conv(4, 3), GlobalAvgPool, Flatten, Dense(10)]")]
    [InlineData("Input(8, 8, 3), Conv(1, 3), Flatten, Dense(10)]")]
    [InlineData("Input(12), Dense(10)]")]
    [InlineData("Input(6), Dense(8), Reshape(2, 2, 2), Conv(3, 2)]", "(\"dense1.weight\", [new(2, 2, 2)], []),", "(\"dense1.bias\", [new(2, 2, 2)], []),")]
    [InlineData("Input(4, 4, 2), Reshape(2, 2, 8), Conv(3, 2)]", "(\"reshape1\", [], []),")]
    [InlineData("Input(4, 4, 2), Flatten, Reshape(4, 4, 2), Conv(3, 2)]")]
    [InlineData(
        "Input(2, 2, 2), Flatten(Name = \"a\"), Dense(3, Name = \"b\"), Concat(\"a\"), Dense(4)]",
        "(\"b.weight\", [], [new(2, 2, 2)]),", "(\"dense1.weight\", [], [new(1, 1, 3), new(2, 2, 2)]),")]
    public void The_parameters_that_meet_a_flattened_volume_are_listed_in_the_class(string declaration, params string[] rows)
    {
        var source = Harness.Run("using Cnn;\n[" + declaration + " public partial class Net;").Source;
        var listed = source.Split('\n').Select(line => line.Trim()).SkipWhile(line => !line.Contains("FlattenedTensors {", StringComparison.Ordinal))
            .Skip(2).TakeWhile(line => line != "];");
        Assert.Equal(rows.Select(row => "new" + row), listed);
    }

    private static float[] ChannelsLast(ReadOnlySpan<float> volume, int channels, int pixels)
    {
        var moved = new float[volume.Length];
        for (var channel = 0; channel < channels; channel++)
        {
            for (var pixel = 0; pixel < pixels; pixel++)
                moved[(pixel * channels) + channel] = volume[(channel * pixels) + pixel];
        }

        return moved;
    }

    /// <summary>Writes the parameters of a fixture as PyTorch's users save a state_dict, without metadata.</summary>
    private void WriteStateDict(FixtureFile fixture)
    {
        var entries = new StringBuilder();
        using var data = new MemoryStream();
        foreach (var name in fixture.ParameterNames)
        {
            var tensor = fixture[name];
            var begin = data.Length;
            data.Write(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
            entries.Append(entries.Length == 0 ? "" : ",")
                .Append($"\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', tensor.Shape)}],\"data_offsets\":[{begin},{data.Length}]}}");
        }

        var header = Encoding.UTF8.GetBytes("{" + entries + "}");
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        File.WriteAllBytes(_path, [.. length, .. header, .. data.ToArray()]);
    }
}
