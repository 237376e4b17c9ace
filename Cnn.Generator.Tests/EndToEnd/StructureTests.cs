using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Cnn.Reference;
using Cnn.Tests.Support;
using Xunit;
using static Cnn.Generator.Tests.EndToEnd.StructureNetworks;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>
/// Layers that pool, join and move elements, in small networks of odd sizes between convolutions, dense layers and residual joins: outputs
/// and all gradients against the reference, in both memory orders and vector widths.
/// </summary>
public sealed class StructureTests
{
    private const ulong Seed = 11;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pools_compute_what_the_reference_computes(bool isHwc) => Check(Pools(isHwc));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Products_and_joins_compute_what_the_reference_computes(bool isHwc) => Check(JoinsOf(isHwc));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Enlarged_and_reordered_volumes_are_those_of_the_reference(bool isHwc) => Check(Enlargements(isHwc));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Padded_cropped_and_reshaped_volumes_are_those_of_the_reference(bool isHwc) => Check(Edges(isHwc));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gradients_through_dropout_of_channels_agree_with_the_reference_under_the_same_masks(bool isHwc)
    {
        const int Channels = 13;
        const int Count = 5;
        var architecture = new Architecture(
            7,
            5,
            3,
            isHwc,
            [
                Convolve(Channels),
                new("SpatialDropout(0.5)", new ReferenceLayer.SpatialDropout(0.5)),
                Convolve(4),
                .. Tail(),
            ],
            Count);
        var batch = NetworkBatch.Compile(architecture.Declaration("Dropping"));
        foreach (var bits in NetworkBatch.Widths)
        {
            batch.Bits = bits;
            var network = batch.Create("Dropping");
            var reference = architecture.Reference();
            foreach (var parameter in network.Parameters)
                LoadedNetwork.Canonical(parameter, network.Weights).CopyTo(reference[parameter.Name], 0);
            var inputs = SharedNetworks.Inputs(network, Count);
            int[] labels = [0, 1, 2, 3, 0];
            var run = TrainingRun.Of(network, new Batch(inputs, labels, null), TrainingRun.Workspace(network, Count), Count, Seed);
            var samples = Enumerable.Range(0, Count)
                .Select(n => reference.Gradients(
                    inputs.AsSpan(n * network.InputLength, network.InputLength), labels[n], [Mask(1, 0.5f, Channels, n)]))
                .ToArray();
            Agreement.Check(samples.SelectMany(sample => sample.Logits).ToArray(), run.Logits, 1e-5, "logits");
            foreach (var (name, values) in run.Canonical(network))
            {
                var mean = Enumerable.Range(0, values.Length).Select(i => samples.Average(sample => sample.Parameters[name][i])).ToArray();
                Agreement.Check(mean, values, 1e-4, name);
            }
        }
    }

    /// <summary>Which channels of a sample the runtime keeps.</summary>
    private static bool[] Mask(int layer, float rate, int channels, int sample)
    {
        var ones = Enumerable.Repeat(1f, channels).ToArray();
        Cnn.Kernels.Dropout.Forward(ref ones[0], channels, rate, Seed, layer, sample);
        var mask = Array.ConvertAll(ones, value => value != 0);
        Assert.Contains(true, mask);
        Assert.Contains(false, mask);
        return mask;
    }

    private static void Check(IEnumerable<Architecture> networks)
    {
        var architectures = networks.ToList();
        var source = new StringBuilder("namespace Structures;\n\n");
        for (var i = 0; i < architectures.Count; i++)
            source.Append(architectures[i].Declaration("Network" + i)).Append('\n');
        var batch = NetworkBatch.Compile(source.ToString());
        var faults = new List<string>();
        for (var i = 0; i < architectures.Count; i++)
        {
            var fault = Record.Exception(() => ReferenceComparison.CheckWidths(batch, "Structures.Network" + i, architectures[i]));
            if (fault is not null)
                faults.Add($"{fault.Message}\n{architectures[i].Declaration("Network" + i)}");
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }
}
