using System.Collections.Generic;
using System.Linq;
using CsCheck;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Random legal networks, the same for the same number.</summary>
internal static class RandomArchitectures
{
    private static readonly Gen<LayerGenes> Volume = Gen.Select(
        Gen.Int[0, 8],
        Gen.Frequency((3, Gen.Int[1, 12]), (1, Gen.Int[13, 40])),
        Gen.Int[1, 7],
        Gen.Int[1, 7],
        Gen.Frequency((3, Gen.Int[1, 2]), (1, Gen.Int[3, 3])),
        Gen.Int[0, 3],
        Gen.Frequency((3, Gen.Const(true)), (1, Gen.Const(false))),
        Gen.Int[0, 11],
        (kind, filters, height, width, stride, padding, flag, activation) =>
            new LayerGenes(kind, filters, height, width, kind < 5 && stride == 2 ? 1 : stride, padding, flag, activation));

    private static readonly Gen<LayerGenes> Vector = Gen.Select(
        Gen.Int[1, 40],
        Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false))),
        Gen.Int[0, 11],
        (units, bias, activation) => new LayerGenes(0, units, 1, 1, 1, 0, bias, activation));

    private static readonly Gen<ArchitectureGenes> Network = Gen.Select(
        Gen.Int[1, 21],
        Gen.Int[1, 21],
        Gen.Frequency((3, Gen.Int[1, 4]), (1, Gen.Int[5, 20])),
        Gen.Bool,
        Volume.Array[0, 3],
        Vector.Array[1, 2],
        Gen.Int[0, 3],
        Gen.Int[1, 9],
        (height, width, channels, isHwc, volumes, vectors, tail, samples) =>
            new ArchitectureGenes(height, width, channels, isHwc, volumes, vectors, tail, samples));

    /// <summary>Draws networks.</summary>
    /// <param name="seed">The same seed gives the same networks on every machine.</param>
    /// <param name="count">How many.</param>
    public static List<ArchitectureGenes> Draw(ulong seed, int count)
    {
        var random = new PCG(1, seed);
        return [.. Enumerable.Range(0, count).Select(_ => Network.Generate(random, null, out var _))];
    }
}
