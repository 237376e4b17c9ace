using System;
using System.Linq;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Compiled networks against what PyTorch 1.13 computes from the same parameters.</summary>
[Trait("Category", "Numerics")]
public sealed class PyTorchTests
{
    private const double ForwardTolerance = 1e-5;
    private const double GradientTolerance = 1e-4;

    /// <summary>Fifty steps amplify the rounding of the first.</summary>
    private const double StepsTolerance = 1e-3;

    private static readonly string[] Names = ["lenet5_mnist", "lenet5_lecture", "same_hwc", "regression_chw", "volume_hwc"];

    private static readonly Lazy<NetworkBatch> Networks = new(
        () => NetworkBatch.Compile("using Cnn;\n" + string.Concat(Names.Select(Declaration))));

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var name in Names)
        {
            foreach (var bits in NetworkBatch.Widths)
                cases.Add(name, bits);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_agree_within_a_hundred_thousandth(string name, int bits)
    {
        var (fixture, network) = Open(name, bits);
        var inputs = Inputs(fixture, network);

        Agreement.Check(fixture["outputs"].Values, network.ForwardEach(inputs), ForwardTolerance, "outputs");
        var batched = new float[fixture["outputs"].Values.Length];
        network.ForwardBatch(inputs, batched, 2);
        Agreement.Check(fixture["outputs"].Values, batched, ForwardTolerance, "outputs of a batch");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Logits_and_gradients_agree_within_a_ten_thousandth(string name, int bits)
    {
        var (fixture, network) = Open(name, bits);
        var inputs = Inputs(fixture, network);
        var count = inputs.Length / network.InputLength;
        var batch = fixture.Metadata["loss"] == "cross-entropy"
            ? new Batch(inputs, fixture["labels"].Integers[..count], null)
            : new Batch(inputs, new int[count], fixture["targets"].Values);

        var run = TrainingRun.Of(network, batch, TrainingRun.Workspace(network, count), count);

        Agreement.Check(fixture["logits"].Values, run.Logits, ForwardTolerance, "logits");
        foreach (var (parameter, gradient) in run.Canonical(network))
            Agreement.Check(fixture["gradient." + parameter].Values, gradient, GradientTolerance, "gradient of " + parameter);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Fifty_steps_of_the_trainer_follow_PyTorch(int threads)
    {
        var (fixture, network) = Open("lenet5_mnist", NetworkBatch.Widths[0]);
        var digits = Digits(fixture);
        var labels = fixture["labels"].Integers;
        var step = network.Trainer(new Sgd(learningRate: 0.05f, momentum: 0.9f), threads);

        var losses = Enumerable.Range(0, 50).Select(k =>
        {
            var first = k % 4 * 16;
            return step(digits.AsSpan(first * 784, 16 * 784), labels.AsSpan(first, 16));
        }).ToArray();

        // Each loss against itself, not against the largest: the last are a hundredth of the first.
        foreach (var (expected, actual) in fixture["sgd_losses"].Values.Zip(losses))
            Agreement.Check([expected], [actual], StepsTolerance, "loss");
        foreach (var parameter in network.Parameters.Where(parameter => fixture.Tensors.ContainsKey("sgd_final." + parameter.Name)))
        {
            var final = LoadedNetwork.Canonical(parameter, network.Weights);
            Agreement.Check(fixture["sgd_final." + parameter.Name].Values, final, StepsTolerance, parameter.Name);
        }
    }

    [Theory]
    [InlineData("lenet5_mnist")]
    [InlineData("lenet5_lecture")]
    [InlineData("same_hwc")]
    [InlineData("regression_chw")]
    [InlineData("volume_hwc")]
    public void Parameters_have_the_names_and_shapes_of_PyTorch(string name)
    {
        var (fixture, network) = Open(name, NetworkBatch.Widths[0]);

        Assert.Equal(fixture.ParameterNames, network.Parameters.Select(parameter => parameter.Name));
        Assert.All(network.Parameters, parameter => Assert.Equal(fixture[parameter.Name].Shape, parameter.Shape));
        Assert.Equal(network.Constant("ParameterCount"), network.Parameters.Sum(parameter => parameter.Length));
    }

    private static string Declaration(string name) =>
        $"{FixtureFile.Open(name).Metadata["declaration"]}\npublic partial class {name};\n";

    private static (FixtureFile Fixture, LoadedNetwork Network) Open(string name, int bits)
    {
        var fixture = FixtureFile.Open(name);
        Networks.Value.Bits = bits;
        var network = Networks.Value.Create(name);
        network.SetParameters(parameter => fixture[parameter.Name].Values);
        return (fixture, network);
    }

    private static float[] Inputs(FixtureFile fixture, LoadedNetwork network) => fixture.Tensors.ContainsKey("digits")
        ? Digits(fixture)[..(fixture["outputs"].Shape[0] * network.InputLength)]
        : fixture["inputs"].Values;

    private static float[] Digits(FixtureFile fixture) => [.. fixture["digits"].Values.Select(pixel => pixel / 255)];
}
