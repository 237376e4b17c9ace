using System;
using System.Linq;
using Cnn.Reference;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>
/// Compiled normalisations of numbers far from zero, or large, at every vector width: inference, training and the gradients of what is
/// trained, against the reference.
/// </summary>
[Trait("Category", "Numerics")]
public sealed class NormalizationRangeTests
{
    private const double Tolerance = 1e-5;
    private const int Samples = 3;

    private static readonly (double Offset, double Spread)[] Ranges =
        [(0, 1), (1e4, 1), (1e6, 1), (-1e6, 100), (1e20, 0), (1e38, 0), (1e18, 1e17), (0, 1e18)];

    public static TheoryData<string, bool> Kinds => new()
    {
        { "LayerNorm", true },
        { "LayerNorm", false },
        { "LayerNorm(WholeSample = true)", true },
        { "GroupNorm(2)", true },
        { "GroupNorm(2)", false },
        { "InstanceNorm(Affine = true)", true },
        { "InstanceNorm(Affine = true)", false },
        { "BatchNorm", true },
        { "BatchNorm", false },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Numbers_far_from_zero_are_normalised_to_five_digits(string kind, bool isHwc)
    {
        var architecture = new Architecture(6, 7, 10, isHwc, [new(kind, LayerOf(kind))], Samples);
        var batch = NetworkBatch.Compile(architecture.Declaration("Network"));
        foreach (var bits in NetworkBatch.Widths)
        {
            batch.Bits = bits;
            foreach (var (offset, spread) in Ranges)
                Check(batch.Create("Network"), architecture.Reference(), offset, spread, FormattableString.Invariant($"{offset} +- {spread}, {bits} bits"));
        }
    }

    private static void Check(LoadedNetwork network, ReferenceNetwork reference, double offset, double spread, string what)
    {
        var random = new Random(1);
        network.SetParameters(parameter =>
        {
            var values = reference[parameter.Name];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = parameter.Name.Split('.')[^1] switch
                {
                    "running_mean" => (float)offset,
                    "running_var" => (float)Math.Max(1, spread * spread),
                    _ => (float)(0.5 + random.NextDouble()),
                };
            }

            return values;
        });
        var inputs = Enumerable.Range(0, Samples * network.InputLength)
            .Select(_ => (float)(offset + (spread * ((2 * random.NextDouble()) - 1)))).ToArray();
        double[] expected = [.. inputs.Chunk(network.InputLength).SelectMany(input => reference.Forward(input))];
        Agreement.Check(expected, network.ForwardEach(inputs), Tolerance, "inference of " + what);

        var targets = DrawnNumbers.Of(random, Samples * network.OutputLength);
        var batch = new Batch(inputs, new int[Samples], targets);
        var run = TrainingRun.Of(network, batch, TrainingRun.Workspace(network, Samples), Samples);
        var gradients = batch.Reference(reference);
        foreach (var (name, values) in run.Canonical(network))
            Agreement.Check(gradients.Parameters[name], values, 10 * Tolerance, $"gradient of {name}, {what}");
    }

    private static ReferenceLayer LayerOf(string kind) => kind.Split('(')[0] switch
    {
        "GroupNorm" => new ReferenceLayer.GroupNorm(2),
        "InstanceNorm" => new ReferenceLayer.InstanceNorm(Affine: true),
        "BatchNorm" => new ReferenceLayer.BatchNorm(),
        _ => new ReferenceLayer.LayerNorm(WholeSample: kind.Contains("Whole")),
    };
}
