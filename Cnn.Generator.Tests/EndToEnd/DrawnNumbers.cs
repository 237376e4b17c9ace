using System;
using System.Linq;
using Cnn.Reference;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Random inputs and parameters, between -1 and 1.</summary>
internal static class DrawnNumbers
{
    /// <summary>A relative change of inputs and parameters that the rounding of a few operations may amount to.</summary>
    private const double Nudge = 1e-6;

    public static float[] Of(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Uniform(random))];

    /// <summary>The numbers, each hardly changed.</summary>
    public static float[] Moved(float[] values, Random random) =>
        [.. values.Select(value => (float)(value * (1 + (Nudge * Uniform(random)))))];

    /// <summary>Draws the parameters of a network and of its reference.</summary>
    public static void SetParameters(LoadedNetwork network, ReferenceNetwork reference, Random random)
    {
        var trained = network.Parameters.Where(parameter => !parameter.IsBuffer).ToList();
        Assert.Equal(reference.Parameters.Select(parameter => parameter.Name), trained.Select(parameter => parameter.Name));
        foreach (var (expected, actual) in reference.Parameters.Zip(trained))
            Assert.Equal(expected.Shape, actual.Shape);
        Assert.Equal(reference.Buffers.Select(buffer => buffer.Name), network.Parameters.Where(parameter => parameter.IsBuffer).Select(buffer => buffer.Name));
        network.SetParameters(parameter =>
        {
            var values = reference[parameter.Name];
            var bound = parameter.FanIn == 0 ? 0.1f : MathF.Sqrt(3f / parameter.FanIn);
            for (var i = 0; i < values.Length; i++)
                values[i] = parameter.Start + (Uniform(random) * bound);
            return values;
        });
    }

    private static float Uniform(Random random) => (float)((random.NextDouble() * 2) - 1);
}
