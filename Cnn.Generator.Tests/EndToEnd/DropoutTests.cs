using System;
using System.Linq;
using Cnn.Reference;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Training through dropout, against the reference with the same elements left out.</summary>
[Trait("Category", "Numerics")]
public sealed class DropoutTests
{
    private const ulong Seed = 11;

    private const string Source = """
        using Cnn;

        [Input(6, 6, 2)]
        [Conv(8, 3), Relu, Dropout(0.5)]
        [Flatten, Dense(20), Relu, Dropout(0.25)]
        [Dense(4), Softmax]
        public partial class Dropping;
        """;

    /// <summary>The two dropout layers: their place among the layers, their rate, the elements they see.</summary>
    private static readonly (int Layer, float Rate, int Length)[] Dropouts = [(2, 0.5f, 4 * 4 * 8), (6, 0.25f, 20)];

    [Fact]
    public void Gradients_through_dropout_agree_with_the_reference_under_the_same_masks()
    {
        var batch = NetworkBatch.Compile(Source);
        foreach (var bits in NetworkBatch.Widths)
        {
            batch.Bits = bits;
            var network = batch.Create("Dropping");
            var reference = new ReferenceNetwork(
                6,
                6,
                2,
                true,
                [
                    new ReferenceLayer.Conv(8, 3, 3),
                    new ReferenceLayer.Relu(),
                    new ReferenceLayer.Dropout(0.5),
                    new ReferenceLayer.Flatten(),
                    new ReferenceLayer.Dense(20),
                    new ReferenceLayer.Relu(),
                    new ReferenceLayer.Dropout(0.25),
                    new ReferenceLayer.Dense(4),
                    new ReferenceLayer.Softmax(),
                ]);
            foreach (var parameter in network.Parameters)
                LoadedNetwork.Canonical(parameter, network.Weights).CopyTo(reference[parameter.Name], 0);

            const int Count = 5;
            var inputs = SharedNetworks.Inputs(network, Count);
            int[] labels = [0, 1, 2, 3, 0];
            var run = TrainingRun.Of(network, new Batch(inputs, labels, null), TrainingRun.Workspace(network, Count), Count, Seed);

            var samples = Enumerable.Range(0, Count)
                .Select(n => reference.Gradients(
                    inputs.AsSpan(n * network.InputLength, network.InputLength),
                    labels[n],
                    [.. Dropouts.Select(dropout => Mask(dropout.Layer, dropout.Rate, dropout.Length, n))]))
                .ToArray();
            Agreement.Check(samples.SelectMany(sample => sample.Logits).ToArray(), run.Logits, 1e-5, "logits");
            foreach (var (name, values) in run.Canonical(network))
            {
                var mean = Enumerable.Range(0, values.Length).Select(i => samples.Average(sample => sample.Parameters[name][i])).ToArray();
                Agreement.Check(mean, values, 1e-4, name);
            }
        }
    }

    /// <summary>Which elements of a sample the runtime keeps.</summary>
    private static bool[] Mask(int layer, float rate, int length, int sample)
    {
        var ones = Enumerable.Repeat(1f, length).ToArray();
        Cnn.Kernels.Dropout.Forward(ref ones[0], length, rate, Seed, layer, sample);
        var mask = Array.ConvertAll(ones, value => value != 0);
        Assert.Contains(true, mask);
        Assert.Contains(false, mask);
        return mask;
    }
}
