using System;
using Xunit;

namespace Cnn.Tests.Kernels;

internal delegate void Map(ref float source, ref float target, int length);

/// <summary>Checks of functions over arrays at every length, that nothing beside the arrays is touched included.</summary>
internal static class ElementChecks
{
    public const int LongestLength = 70;

    public static void CheckMap(Map map, Func<double, double> exact, double tolerance)
    {
        for (var length = 0; length <= LongestLength; length++)
        {
            var inputs = Samples(length, length);
            var source = new GuardedArray(inputs);
            var target = new GuardedArray(new float[length]);
            map(ref source.First, ref target.First, length);
            Assert.Equal(inputs, source.Values.ToArray());

            var inPlace = new GuardedArray(inputs);
            map(ref inPlace.First, ref inPlace.First, length);
            Assert.Equal(target.Values.ToArray(), inPlace.Values.ToArray());

            for (var i = 0; i < length; i++)
                Assert.Equal(exact(inputs[i]), target.Values[i], tolerance);
            source.AssertGuards();
            target.AssertGuards();
            inPlace.AssertGuards();
        }
    }

    public static void CheckUpdate(Map update, Func<double, double, double> exact, double tolerance)
    {
        for (var length = 0; length <= LongestLength; length++)
        {
            var first = Samples(length, 100 + length);
            var second = Samples(length, 200 + length);
            var source = new GuardedArray(first);
            var target = new GuardedArray(second);
            update(ref source.First, ref target.First, length);
            Assert.Equal(first, source.Values.ToArray());
            for (var i = 0; i < length; i++)
                Assert.Equal(exact(first[i], second[i]), target.Values[i], tolerance * Math.Max(1, Math.Abs(exact(first[i], second[i]))));
            source.AssertGuards();
            target.AssertGuards();
        }
    }

    public static float[] Samples(int length, int seed)
    {
        var random = new Random(seed);
        var values = new float[length];
        for (var i = 0; i < length; i++)
            values[i] = (float)((random.NextDouble() * 8) - 4);
        return values;
    }
}
