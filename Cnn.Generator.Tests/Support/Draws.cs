using System.Collections.Generic;
using CsCheck;

namespace Cnn.Generator.Tests.Support;

/// <summary>Random cases that are the same on every machine and in every run.</summary>
internal static class Draws
{
    public static IEnumerable<T> Of<T>(Gen<T> gen, ulong seed, int count)
    {
        var random = new PCG(1, seed);
        for (var i = 0; i < count; i++)
            yield return gen.Generate(random, null, out var _);
    }
}
