using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Each layer alone, compiled, against what PyTorch computes for it, forward and backward, in both layouts and at both widths.</summary>
public sealed class PyTorchLayerTests
{
    private const double ForwardTolerance = 1e-5;
    private const double GradientTolerance = 1e-4;

    /// <summary>Losses and what is drawn at random stand elsewhere; a flattened volume alone computes nothing.</summary>
    private static readonly string[] Elsewhere =
        ["cross_entropy", "mse", "pixel_cross_entropy", "smooth_cross_entropy", "binary_cross_entropy", "huber", "dropout", "spatialdropout", "flatten"];

    private static readonly FixtureFile[] Files = [.. new[] { "layers", "windows", "units" }.Select(FixtureFile.Open)];

    private static readonly List<Case> All = [.. Files.SelectMany(OfFile)];

    private static readonly Lazy<NetworkBatch> Networks = new(() => NetworkBatch.Compile(string.Concat(All.Select(layer => layer.Declaration))));

    /// <summary>Gets the networks, each of one layer.</summary>
    public static IEnumerable<string> Declarations => All.Select(layer => layer.Declaration);

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var layer in All)
        {
            foreach (var bits in NetworkBatch.Widths)
                cases.Add(layer.ToString(), bits);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_compiled_layer_agrees_with_PyTorch(string name, int bits)
    {
        var layer = All.Single(layer => layer.ToString() == name);
        Networks.Value.Bits = bits;
        var network = Networks.Value.Create(layer.Class);
        network.SetParameters(parameter => Value(layer, parameter));

        var samples = FixtureDeclarations.Samples(layer["input"]);
        var inputs = new float[samples * samples];
        for (var n = 0; n < samples; n++)
            inputs[(n * samples) + n] = 1;
        var batch = new Batch(inputs, new int[samples], new float[samples * network.OutputLength]);
        var inference = network.ForwardEach(inputs);
        var workspace = TrainingRun.Workspace(network, samples);
        var output = TrainingRun.Forward(network, batch, workspace, samples);
        layer.Ordered("output_gradient").CopyTo(workspace.AsSpan(network.Training.LogitsGradient(samples)));
        var gradients = TrainingRun.Backward(network, batch, workspace, samples);

        Agreement.Check(layer.Ordered("output"), output, ForwardTolerance, "output");
        Agreement.Check(layer.Ordered(layer.Has("inference") ? "inference" : "output"), inference, ForwardTolerance, "inference");
        foreach (var parameter in network.Parameters.Where(parameter => !parameter.IsBuffer && !parameter.Name.StartsWith("identity", StringComparison.Ordinal)))
        {
            Agreement.Check(
                Gradient(layer, parameter), LoadedNetwork.Canonical(parameter, gradients), GradientTolerance, "gradient of " + parameter.Name);
        }
    }

    [Fact]
    public void Every_layer_of_the_catalog_has_cases()
    {
        // Dropout and flatten stand in Elsewhere.
        var tested = All.SelectMany(layer => layer.Declaration.Split("[Cnn.").Skip(1)).Select(text => text[..text.IndexOfAny(['(', ']'])]).ToHashSet();
        var layers = typeof(LayerAttribute).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract)
            .Select(type => type.Name[..^"Attribute".Length]);

        Assert.Equal(["Block", "Dropout", "Flatten", "Residual", "SpatialDropout"], layers.Where(layer => !tested.Contains(layer)).Order(StringComparer.Ordinal));
    }

    private static float[] Value(Case layer, ParameterTensor parameter)
    {
        var (owner, role) = (parameter.Name[..parameter.Name.IndexOf('.')], parameter.Name[(parameter.Name.IndexOf('.') + 1)..]);
        return owner switch
        {
            FixtureDeclarations.Layer => layer[role].Values,
            "identity" => [.. Enumerable.Repeat(1f, parameter.Length)],
            _ => Columns(layer.Ordered(InputOf(owner)), parameter),
        };
    }

    private static float[] Gradient(Case layer, ParameterTensor parameter)
    {
        var (owner, role) = (parameter.Name[..parameter.Name.IndexOf('.')], parameter.Name[(parameter.Name.IndexOf('.') + 1)..]);
        return owner == FixtureDeclarations.Layer
            ? layer[role + "_gradient"].Values
            : Columns(layer.Ordered(InputOf(owner) + "_gradient"), parameter);
    }

    private static string InputOf(string source) => source == "source1" ? "input" : source.Replace("source", "input", StringComparison.Ordinal);

    /// <summary>The samples as columns: [numbers, samples].</summary>
    private static float[] Columns(float[] samples, ParameterTensor weights)
    {
        var (length, count) = (weights.Shape[0], weights.Shape[1]);
        return [.. Enumerable.Range(0, length * count).Select(i => samples[(i % count * length) + (i / count)])];
    }

    private static IEnumerable<Case> OfFile(FixtureFile file)
    {
        var names = file.Tensors.Keys.Where(name => name.EndsWith(".output", StringComparison.Ordinal)).Select(name => name[..^".output".Length])
            .Where(name => !Elsewhere.Contains(name[..name.IndexOf('.')]));
        foreach (var name in names)
        {
            foreach (var isHwc in name.StartsWith("reshape.", StringComparison.Ordinal) ? [name != "reshape.chw"] : new[] { false, true })
                yield return new Case(file, name, isHwc);
        }
    }

    private sealed record Case(FixtureFile File, string Name, bool IsHwc)
    {
        public string Class => $"{Name.Replace('.', '_').Replace("-", "", StringComparison.Ordinal)}_{(IsHwc ? "hwc" : "chw")}";

        public string Declaration => $"{FixtureDeclarations.Of(File, Name, IsHwc)}public partial class {Class};\n";

        public FixtureTensor this[string role] => File[$"{Name}.{role}"];

        public bool Has(string role) => File.Tensors.ContainsKey($"{Name}.{role}");

        /// <summary>A tensor of samples in the order of the network.</summary>
        public float[] Ordered(string role)
        {
            var tensor = this[role];
            var (channels, height, width) = FixtureDeclarations.Shape(tensor);
            if (!IsHwc)
                return tensor.Values;
            var pixels = height * width;
            return [.. tensor.Values.Chunk(channels * pixels)
                .SelectMany(sample => Enumerable.Range(0, sample.Length).Select(i => sample[(i % channels * pixels) + (i / channels)]))];
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}, {(IsHwc ? "hwc" : "chw")}");
    }
}
