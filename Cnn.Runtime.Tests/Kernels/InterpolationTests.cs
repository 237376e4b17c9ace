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

    [Fact]
    public void A_row_stretched_to_twice_its_length_with_corners_apart()
    {
        // torch.nn.functional.interpolate(torch.tensor([[[1., 2., 4.]]]), scale_factor=2, mode="linear")
        Assert.Equal([1f, 1.25f, 1.75f, 2.5f, 3.5f, 4f], Stretch([1, 2, 4], 6, 0.5f, 0.5f));
    }

    [Fact]
    public void A_row_stretched_with_corners_aligned()
    {
        // torch.nn.functional.interpolate(torch.tensor([[[1., 2., 4.]]]), size=5, mode="linear", align_corners=True)
        Assert.Equal([1f, 1.5f, 2f, 3f, 4f], Stretch([1, 2, 4], 5, 0.5f, 0f));
        Assert.Equal([7f, 7f], Stretch([7], 2, 0f, 0f));
    }

    [Fact]
    public void The_gradient_of_a_stretched_row_is_the_transpose_of_the_stretch()
    {
        foreach (var (from, to, half) in new[] { (1, 4, 0.5f), (3, 6, 0.5f), (5, 15, 0.5f), (3, 5, 0f), (7, 28, 0f) })
        {
            var scale = half > 0 ? (float)from / to : (from - 1f) / (to - 1f);
            var g = Samples(to, 1);
            var dx = Guarded(from);
            Interpolation.StretchRowBackward(ref g[0], to, ref dx.First, from, scale, half);
            for (var k = 0; k < from; k++)
            {
                var unit = new float[from];
                unit[k] = 1;
                Assert.Equal(10 + Stretch(unit, to, scale, half).Zip(g, (y, dy) => (double)y * dy).Sum(), dx.Values[k], 1e-5);
            }

            dx.AssertGuards();
        }
    }

    private static GuardedArray Guarded(int length) => new(Enumerable.Repeat(10f, length).ToArray());

    private static float[] Stretch(float[] source, int length, float scale, float half)
    {
        var target = new GuardedArray(new float[length]);
        Interpolation.StretchRow(ref new GuardedArray(source).First, source.Length, ref target.First, length, scale, half);
        target.AssertGuards();
        return target.Values.ToArray();
    }
}
