using System;
using System.Linq;
using Cnn.Kernels;
using Xunit;
using static Cnn.Tests.Kernels.ElementChecks;

namespace Cnn.Tests.Kernels;

public sealed class ChannelsTests
{
    private delegate void MapOf(ref float source, int sourcePitch, ref float target, int targetPitch, int channels, int pixels, bool wide);

    private delegate void SumOf(
        ref float a, int aPitch, ref float b, int bPitch, ref float p, ref float sums, int channels, int pixels, bool wide);

    [Fact]
    public void Scaling_by_channel_at_every_number_of_channels()
    {
        var (scales, shifts) = (Samples(LongestLength, 1), Samples(LongestLength, 2));
        var centers = Array.ConvertAll(Samples(LongestLength, 7), value => value / 16);
        CheckMap(
            (ref s, sp, ref t, tp, c, n, wide) => Channels.Scale(ref s, sp, ref t, tp, ref scales[0], c, n),
            (x, t, c) => x * scales[c]);
        CheckMap(
            (ref s, sp, ref t, tp, c, n, wide) => Channels.ScaleAddTo(ref s, sp, ref t, tp, ref scales[0], c, n),
            (x, t, c) => t + (x * scales[c]));
        CheckMap(
            (ref s, sp, ref t, tp, c, n, wide) => Channels.Normalize(
                ref s, sp, ref t, tp, ref centers[0], ref scales[0], ref shifts[0], c, n),
            (x, t, c) => ((x - centers[c]) * scales[c]) + shifts[c]);
        CheckMap(
            (ref s, sp, ref t, tp, c, n, wide) => ChannelMap.Apply<NormalizeFunction>(
                ref s, sp, ref t, tp, ref centers[0], ref scales[0], ref shifts[0], ref shifts[0], c, n, wide),
            (x, t, c) => ((x - centers[c]) * scales[c]) + shifts[c]);
        CheckMap(
            (ref s, sp, ref t, tp, c, n, wide) => ChannelMap.Apply<ScaleShiftFunction>(
                ref s, sp, ref t, tp, ref scales[0], ref shifts[0], ref shifts[0], ref shifts[0], c, n, wide),
            (x, t, c) => (x * scales[c]) + shifts[c]);
    }

    [Fact]
    public void Sums_by_channel_at_every_number_of_channels()
    {
        CheckSum(
            (ref a, ap, ref b, bp, ref p, ref s, c, n, wide) => Channels.AddSums(ref a, ap, ref s, c, n),
            (x, y, p) => x);
        CheckSum(
            (ref a, ap, ref b, bp, ref p, ref s, c, n, wide) => Channels.AddDots(ref a, ap, ref b, bp, ref s, c, n),
            (x, y, p) => x * y);
        CheckSum(
            (ref a, ap, ref b, bp, ref p, ref s, c, n, wide) =>
                ChannelSum.Add<GradientTerm>(ref a, ap, ref b, bp, ref p, ref s, ref Scratch(c), c, n, wide),
            (x, y, p) => y);
        CheckSum(
            (ref a, ap, ref b, bp, ref p, ref s, c, n, wide) =>
                ChannelSum.Add<GradientTerm>(ref a, ap, ref b, bp, ref p, ref Scratch(c), ref s, c, n, wide),
            (x, y, p) => y * (x - p));
    }

    private static ref float Scratch(int length) => ref new GuardedArray(new float[length]).First;

    private static void CheckMap(MapOf map, Func<double, double, int, double> exact)
    {
        for (var channels = 1; channels <= LongestLength; channels++)
        {
            var pixels = 1 + (channels % 4);
            foreach (var (sourcePitch, targetPitch) in new[] { (channels, channels), (channels + 3, channels + 1) })
            {
                foreach (var wide in new[] { true, false })
                {
                    var source = new GuardedArray(Samples(((pixels - 1) * sourcePitch) + channels, 3));
                    var target = new GuardedArray(Samples(((pixels - 1) * targetPitch) + channels, 4));
                    var before = target.Values.ToArray();
                    map(ref source.First, sourcePitch, ref target.First, targetPitch, channels, pixels, wide);
                    for (var i = 0; i < target.Length; i++)
                    {
                        var (pixel, c) = (i / targetPitch, i % targetPitch);
                        var expected = c < channels ? exact(source.Values[(pixel * sourcePitch) + c], before[i], c) : before[i];
                        Assert.Equal(expected, target.Values[i], 2e-6);
                    }

                    source.AssertGuards();
                    target.AssertGuards();
                }
            }
        }
    }

    private static void CheckSum(SumOf sum, Func<double, double, double, double> term)
    {
        foreach (var (channels, pixels) in Enumerable.Range(1, LongestLength).Select(c => (c, c % 70)).Append((19, 12544)))
        {
            foreach (var wide in new[] { true, false })
            {
                var (aPitch, bPitch) = (channels + (channels % 2), channels + 3);
                var a = new GuardedArray(Samples(Math.Max(0, ((pixels - 1) * aPitch) + channels), 3));
                var b = new GuardedArray(Samples(Math.Max(0, ((pixels - 1) * bPitch) + channels), 4));
                var p = new GuardedArray(Samples(channels, 5));
                var sums = new GuardedArray(Samples(channels, 6));
                var before = sums.Values.ToArray();
                sum(ref a.First, aPitch, ref b.First, bPitch, ref p.First, ref sums.First, channels, pixels, wide);
                for (var c = 0; c < channels; c++)
                {
                    var (expected, magnitude) = ((double)before[c], Math.Abs((double)before[c]));
                    for (var pixel = 0; pixel < pixels; pixel++)
                    {
                        var t = term(a.Values[(pixel * aPitch) + c], b.Values[(pixel * bPitch) + c], p.Values[c]);
                        expected += t;
                        magnitude += Math.Abs(t);
                    }

                    Assert.Equal(expected, sums.Values[c], 1e-6 * magnitude);
                }

                foreach (var array in new[] { a, b, p, sums })
                    array.AssertGuards();
            }
        }
    }
}
