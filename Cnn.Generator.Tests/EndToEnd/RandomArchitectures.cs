using System.Collections.Generic;
using Cnn.Tests.Support;
using CsCheck;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Random legal networks, the same for the same number.</summary>
internal static class RandomArchitectures
{
    private static readonly Gen<bool> MostlyTrue = Gen.Frequency((3, Gen.Const(true)), (1, Gen.Const(false)));

    private static readonly Gen<int> Filters = Gen.Frequency((3, Gen.Int[1, 12]), (1, Gen.Int[13, 40]));

    /// <summary>Half of them as most networks have them, with square kernels and stride 1.</summary>
    private static readonly Gen<LayerGenes> Conv = Gen.Frequency(
        (1, Gen.Select(
            Filters, Gen.Int[1, 7], Gen.Int[1, 7], Gen.Int[1, 3], Gen.Int[0, 3], MostlyTrue, Gen.Int[0, 11],
            (filters, height, width, stride, padding, bias, activation) =>
                new LayerGenes(LayerKind.Conv, filters, height, width, stride, padding, bias, activation))),
        (1, Gen.Select(
            Filters, Gen.Int[1, 5], Gen.Int[0, 3], Gen.Int[0, 11],
            (filters, size, padding, activation) => new LayerGenes(LayerKind.Conv, filters, size, size, 1, padding, true, activation))));

    /// <summary>Half of them 2x2 with stride 2, which has kernels of its own. The flag says maximum or mean.</summary>
    private static readonly Gen<LayerGenes> Pool = Gen.Frequency(
        (1, Gen.Select(
            Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[0, 3], Gen.Bool,
            (size, stride, padding, isMax) => new LayerGenes(LayerKind.Pool, 0, size, size, stride, padding, isMax, 0))),
        (1, Gen.Bool.Select(isMax => new LayerGenes(LayerKind.Pool, 0, 2, 2, 2, 0, isMax, 0))));

    private static readonly Gen<LayerGenes> Volume = Gen.Frequency(
        (5, Conv),
        (3, Pool),
        (1, Gen.Int[0, 7].Select(activation => new LayerGenes(LayerKind.Activation, 0, 0, 0, 0, 0, true, activation))));

    /// <summary>A quarter of the networks begin as LeNet does, with few filters over wide rows and then a pooling.</summary>
    private static readonly Gen<LayerGenes[]> Volumes = Gen.Frequency(
        (3, Volume.Array[0, 4]),
        (1, Gen.Select(
            Gen.Int[1, 7], Gen.Int[1, 5], Gen.Int[0, 3], Gen.Int[0, 11], Gen.Bool, Volume.Array[0, 2],
            (filters, size, padding, activation, isMax, rest) => (LayerGenes[])
            [
                new LayerGenes(LayerKind.Conv, filters, size, size, 1, padding, true, activation),
                new LayerGenes(LayerKind.Pool, 0, 2, 2, 2, 0, isMax, 0),
                .. rest,
            ])));

    private static readonly Gen<LayerGenes> Vector = Gen.Select(
        Gen.Int[1, 160],
        MostlyTrue,
        Gen.Int[0, 11],
        (units, bias, activation) => new LayerGenes(LayerKind.Dense, units, 0, 0, 0, 0, bias, activation));

    private static readonly Gen<int> Side = Gen.Frequency((1, Gen.Int[1, 9]), (2, Gen.Int[10, 25]));

    private static readonly Gen<ArchitectureGenes> Network = Gen.Select(
        Side,
        Side,
        Gen.Frequency((3, Gen.Int[1, 4]), (1, Gen.Int[5, 20])),
        Gen.Bool,
        Volumes,
        Vector.Array[1, 2],
        Gen.Int[0, 3],
        Gen.Int[1, 9],
        (height, width, channels, isHwc, volumes, vectors, tail, samples) =>
            new ArchitectureGenes(height, width, channels, isHwc, volumes, vectors, tail, samples));

    /// <summary>Draws networks.</summary>
    /// <param name="seed">The same seed gives the same networks on every machine.</param>
    /// <param name="count">How many.</param>
    public static List<ArchitectureGenes> Draw(ulong seed, int count) => [.. Draws.Of(Network, seed, count)];
}
