using System.Collections.Generic;
using CsCheck;

namespace Cnn.Generator.Tests.Support;

/// <summary>Random cases that are the same on every machine and in every run.</summary>
internal static class Draws
{
    /// <summary>One of these, each as often.</summary>
    public static Gen<T> From<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    public static IEnumerable<T> Of<T>(Gen<T> gen, ulong seed, int count)
    {
        var random = new PCG(1, seed);
        for (var i = 0; i < count; i++)
            yield return gen.Generate(random, null, out var _);
    }
}
