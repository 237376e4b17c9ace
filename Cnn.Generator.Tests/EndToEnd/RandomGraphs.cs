using System.Collections.Generic;
using Cnn.Tests.Support;
using CsCheck;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Random legal graphs of all layers, with branches, joins, blocks and several outputs; the same for the same number.</summary>
internal static class RandomGraphs
{
    private static readonly Gen<StepGene> Step = Gen.Select(
        Gen.Int[0, 49], Gen.Int[0, 40], Gen.Int[0, 11], Gen.Int[0, 20], Gen.Int[0, 34], Gen.Bool,
        (kind, a, b, c, d, flag) => new StepGene(kind, a, b, c, d, flag));

    private static readonly Gen<GraphGenes> Graph = Gen.Select(
        Gen.Int[3, 12],
        Gen.Int[3, 12],
        Gen.Frequency((3, Gen.Int[1, 5]), (1, Gen.Int[6, 18])),
        Gen.Bool,
        Step.Array[1, 9],
        Gen.Frequency((2, Gen.Const(0)), (1, Gen.Int[1, 9])),
        Gen.Int[2, 5],
        (height, width, channels, isHwc, steps, block, samples) =>
            new GraphGenes(height, width, channels, isHwc, steps, block, samples));

    /// <summary>Draws graphs.</summary>
    /// <param name="seed">The same seed gives the same graphs on every machine.</param>
    /// <param name="count">How many.</param>
    public static List<GraphGenes> Draw(ulong seed, int count) => [.. Draws.Of(Graph, seed, count)];
}
