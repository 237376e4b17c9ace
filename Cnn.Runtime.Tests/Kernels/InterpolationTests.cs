using System.Linq;
using Cnn.Kernels;
using Xunit;
using static Cnn.Tests.Kernels.ElementChecks;

namespace Cnn.Tests.Kernels;

public sealed class InterpolationTests
{
    [Theory]
    [InlineData(0f)]
    [InlineData(0.25f)]
    [InlineData(1f)]
    public void Two_rows_of_every_length_blend_and_share_their_gradient(float weight)
    {
        for (var length = 0; length <= LongestLength; length++)
        {
            var (a, b) = (new GuardedArray(Samples(length, 1)), new GuardedArray(Samples(length, 2)));
            var target = new GuardedArray(new float[length]);
            var gradient = new GuardedArray(Samples(length, 3));
            var (da, db, both) = (Guarded(length), Guarded(length), Guarded(length));
            Interpolation.Blend(ref a.First, ref b.First, ref target.First, length, weight);
            Interpolation.BlendBackward(ref gradient.First, ref da.First, ref db.First, length, weight);
            Interpolation.BlendBackward(ref gradient.First, ref both.First, ref both.First, length, weight);
            for (var i = 0; i < length; i++)
            {
                Assert.Equal(((1 - weight) * a.Values[i]) + (weight * b.Values[i]), target.Values[i], 1e-6);
                Assert.Equal(10 + ((1 - weight) * gradient.Values[i]), da.Values[i], 2e-6);
                Assert.Equal(10 + (weight * gradient.Values[i]), db.Values[i], 2e-6);
                Assert.Equal(10 + gradient.Values[i], both.Values[i], 2e-6);
            }

            foreach (var array in new[] { a, b, target, gradient, da, db, both })
                array.AssertGuards();
        }
    }

    private static GuardedArray Guarded(int length) => new(Enumerable.Repeat(10f, length).ToArray());
}
