using System.Linq;
using System.Runtime.CompilerServices;
using Cnn.Kernels;
using Cnn.Tests.Support;
using Xunit;
using static Cnn.Tests.Kernels.ElementChecks;

namespace Cnn.Tests.Kernels;

public sealed class LayerNormalizationTests
{
    private const float Epsilon = 1e-5f;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void A_run_of_every_length_from_three_forward_and_backward(bool affine, bool wide)
    {
        // Two elements are +-1 whatever they were: their gradient is nothing but what epsilon leaves of larger numbers.
        foreach (var length in Enumerable.Range(3, LongestLength).Append(5003))
        {
            var (x, y, g) = (Guarded(length, 1), new GuardedArray(new float[length]), Guarded(length, 2));
            var (w, b, dw, db) = (Guarded(length, 3), Guarded(length, 4), Guarded(length, 5), Guarded(length, 6));
            var before = g.Values.ToArray();
            var (dwBefore, dbBefore) = (dw.Values.ToArray(), db.Values.ToArray());
            ref var none = ref Unsafe.NullRef<float>();
            float mean = 0, inverse = 0, shift = 0;
            LayerNormalization.Forward(
                ref x.First,
                ref y.First,
                ref affine ? ref w.First : ref none,
                ref affine ? ref b.First : ref none,
                Epsilon,
                ref mean,
                ref inverse,
                ref shift,
                length,
                wide);
            LayerNormalization.Backward(
                ref x.First,
                ref g.First,
                ref affine ? ref w.First : ref none,
                ref affine ? ref dw.First : ref none,
                ref affine ? ref db.First : ref none,
                mean,
                inverse,
                shift,
                length,
                wide);

            var (z, dx) = NormalizationLoops.Run(Doubles(x), Doubles(before), i => affine ? w.Values[i] : 1, Epsilon);
            Agreement.Check(z.Select((v, i) => affine ? (v * w.Values[i]) + b.Values[i] : v).ToArray(), y.Values, 1e-6, $"y of {length}");
            Agreement.Check(dx, g.Values, 1e-5, $"dx of {length}");
            Agreement.Check(z.Select((v, i) => dwBefore[i] + (affine ? v * before[i] : 0)).ToArray(), dw.Values, 1e-6, $"dw of {length}");
            Agreement.Check(z.Select((_, i) => dbBefore[i] + (affine ? before[i] : 0.0)).ToArray(), db.Values, 1e-6, $"db of {length}");
            foreach (var array in new[] { x, y, g, w, b, dw, db })
                array.AssertGuards();
        }
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void The_channels_of_every_pixel_in_both_orders(bool planar, bool affine)
    {
        foreach (var (channels, pixels) in new[] { (3, 3), (5, 1), (7, 70), (32, 9), (96, 20), (3, 47), (300, 12) })
        {
            var gap = channels % 3;
            var (channelStep, pixelStep) = planar ? (pixels + gap, 1) : (1, channels + gap);
            var pitch = planar ? channelStep : pixelStep;
            var length = ((channels - 1) * channelStep) + ((pixels - 1) * pixelStep) + 1;
            var (x, y, g) = (Guarded(length, 1), new GuardedArray(new float[length]), Guarded(length, 2));
            var before = g.Values.ToArray();
            var (w, b) = (Guarded(channels, 3), Guarded(channels, 4));
            var (dw, db) = (new GuardedArray(new float[channels]), new GuardedArray(new float[channels]));
            var (means, inverses, shifts) =
                (new GuardedArray(new float[pixels]), new GuardedArray(new float[pixels]), new GuardedArray(new float[pixels]));
            ref var none = ref Unsafe.NullRef<float>();
            ref var weight = ref affine ? ref w.First : ref none;
            ref var bias = ref affine ? ref b.First : ref none;
            ref var weightGradient = ref affine ? ref dw.First : ref none;
            ref var biasGradient = ref affine ? ref db.First : ref none;
            ref var mean = ref means.First;
            ref var inverse = ref inverses.First;
            ref var shift = ref shifts.First;
            if (planar)
            {
                LayerNormalization.ForwardPlanes(
                    ref x.First, pitch, ref y.First, pitch, ref weight, ref bias, Epsilon, ref mean, ref inverse, ref shift, channels, pixels);
                LayerNormalization.BackwardPlanes(
                    ref x.First,
                    pitch,
                    ref g.First,
                    pitch,
                    ref weight,
                    ref weightGradient,
                    ref biasGradient,
                    ref mean,
                    ref inverse,
                    ref shift,
                    channels,
                    pixels);
            }
            else
            {
                LayerNormalization.ForwardChannels(
                    ref x.First, pitch, ref y.First, pitch, ref weight, ref bias, Epsilon, ref mean, ref inverse, ref shift, channels, pixels);
                LayerNormalization.BackwardChannels(
                    ref x.First,
                    pitch,
                    ref g.First,
                    pitch,
                    ref weight,
                    ref weightGradient,
                    ref biasGradient,
                    ref mean,
                    ref inverse,
                    ref shift,
                    channels,
                    pixels);
            }

            var (expectedY, expectedG) = (new double[length], before.Select(value => (double)value).ToArray());
            var (expectedW, expectedB) = (new double[channels], new double[channels]);
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                var places = Enumerable.Range(0, channels).Select(c => (c * channelStep) + (pixel * pixelStep)).ToArray();
                var (z, dx) = NormalizationLoops.Run(
                    [.. places.Select(place => (double)x.Values[place])],
                    [.. places.Select(place => (double)before[place])],
                    c => affine ? w.Values[c] : 1,
                    Epsilon);
                for (var c = 0; c < channels; c++)
                {
                    expectedY[places[c]] = affine ? (z[c] * w.Values[c]) + b.Values[c] : z[c];
                    expectedG[places[c]] = dx[c];
                    expectedW[c] += affine ? z[c] * before[places[c]] : 0;
                    expectedB[c] += affine ? before[places[c]] : 0;
                }
            }

            var what = $"{channels} channels, {pixels} pixels";
            Agreement.Check(expectedY, y.Values, 1e-6, "y of " + what);
            Agreement.Check(expectedG, g.Values, 1e-5, "dx of " + what);
            Agreement.Check(expectedW, dw.Values, 1e-5, "dw of " + what);
            Agreement.Check(expectedB, db.Values, 1e-5, "db of " + what);
            foreach (var array in new[] { x, y, g, w, b, dw, db, means, inverses, shifts })
                array.AssertGuards();
        }
    }

    [Fact]
    public void A_single_element_becomes_the_bias_and_has_no_gradient_but_rounding()
    {
        float x = 3, y = 0, g = 2, w = 5, b = 7, dw = 0, db = 0, mean = 0, inverse = 0, shift = 0;
        LayerNormalization.Forward(ref x, ref y, ref w, ref b, Epsilon, ref mean, ref inverse, ref shift, 1);
        LayerNormalization.Backward(ref x, ref g, ref w, ref dw, ref db, ref mean, ref inverse, ref shift, 1);
        Assert.Equal((7f, 3f, 0f, 2f), (y, mean, dw, db));

        // The difference of two numbers of the size of inverse * g * w.
        Assert.InRange(g, -1e-7 * inverse * 10, 1e-7 * inverse * 10);
    }

    private static GuardedArray Guarded(int length, int seed) => new(Samples(length, seed));

    private static double[] Doubles(GuardedArray array) => Doubles(array.Values.ToArray());

    private static double[] Doubles(float[] values) => [.. values.Select(value => (double)value)];
}
