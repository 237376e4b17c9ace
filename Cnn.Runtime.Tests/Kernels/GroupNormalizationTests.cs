using System.Linq;
using System.Runtime.CompilerServices;
using Cnn.Kernels;
using Cnn.Tests.Support;
using Xunit;
using static Cnn.Tests.Kernels.ElementChecks;

namespace Cnn.Tests.Kernels;

public sealed class GroupNormalizationTests
{
    private const double Epsilon = 1e-5;

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(true, 500)]
    public void Groups_of_channels_forward_and_backward(bool affine, int far)
    {
        foreach (var (groups, size, pixels) in new[]
        {
            (1, 1, 5), (1, 6, 7), (2, 3, 16), (6, 1, 33), (8, 4, 49), (5, 3, 1), (24, 1, 70), (5, 8, 13), (3, 2, 2503),
        })
        {
            var (channels, elements) = (groups * size, size * pixels);
            var x = new GuardedArray(Samples(channels * pixels, 1).Select(value => value + far).ToArray());
            var (y, g) = (Floats(x.Length), new GuardedArray(Samples(x.Length, 2)));
            var before = g.Values.ToArray();
            var (w, b) = (new GuardedArray(Samples(channels, 3)), new GuardedArray(Samples(channels, 4)));
            var (dw, db) = (new GuardedArray(Samples(channels, 5)), new GuardedArray(Samples(channels, 6)));
            var (means, inverses) = (Floats(groups), Floats(groups));
            var (expectedY, expectedG) = (new double[x.Length], new double[x.Length]);
            var (expectedW, expectedB) = (Doubles(dw), Doubles(db));
            for (var group = 0; group < groups; group++)
            {
                var start = group * elements;
                var (z, dx) = NormalizationLoops.Run(
                    [.. Doubles(x).Skip(start).Take(elements)],
                    [.. Doubles(g).Skip(start).Take(elements)],
                    k => affine ? w.Values[(start + k) / pixels] : 1,
                    Epsilon);
                for (var k = 0; k < elements; k++)
                {
                    var c = (start + k) / pixels;
                    expectedY[start + k] = affine ? (z[k] * w.Values[c]) + b.Values[c] : z[k];
                    expectedG[start + k] = dx[k];
                    expectedW[c] += affine ? before[start + k] * z[k] : 0;
                    expectedB[c] += affine ? before[start + k] : 0;
                }
            }

            ref var none = ref Unsafe.NullRef<float>();
            ref var weight = ref affine ? ref w.First : ref none;
            ref var bias = ref affine ? ref b.First : ref none;
            ref var weightGradient = ref affine ? ref dw.First : ref none;
            ref var biasGradient = ref affine ? ref db.First : ref none;
            GroupNormalization.Forward(
                ref x.First, ref y.First, ref weight, ref bias, Epsilon, ref means.First, ref inverses.First, groups, size, pixels);
            GroupNormalization.Backward(
                ref x.First,
                ref g.First,
                ref weight,
                ref weightGradient,
                ref biasGradient,
                ref means.First,
                ref inverses.First,
                groups,
                size,
                pixels);

            // The mean is rounded to a float: of z it moves the digits that the elements themselves do not have.
            var (precision, what) = (far == 0 ? 1e-6 : 2e-5, $" of {groups} groups of {size} channels of {pixels} pixels");
            Agreement.Check(expectedY, y.Values, precision, "y" + what);
            Agreement.Check(expectedG, g.Values, 10 * precision, "dx" + what);
            Agreement.Check(expectedW, dw.Values, 10 * precision, "dw" + what);
            Agreement.Check(expectedB, db.Values, 10 * precision, "db" + what);
            foreach (var array in new[] { x, y, g, w, b, dw, db, means, inverses })
                array.AssertGuards();

            // In place.
            GroupNormalization.Forward(
                ref x.First, ref x.First, ref weight, ref bias, Epsilon, ref means.First, ref inverses.First, groups, size, pixels);
            Assert.Equal(y.Values.ToArray(), x.Values.ToArray());
        }
    }

    private static GuardedArray Floats(int length) => new(new float[length]);

    private static double[] Doubles(GuardedArray array) => [.. array.Values.ToArray().Select(value => (double)value)];
}
