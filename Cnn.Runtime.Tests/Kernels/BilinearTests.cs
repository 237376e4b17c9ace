using System;
using Cnn.Kernels;
using Cnn.Reference;
using Xunit;
using static Cnn.Tests.Kernels.ElementChecks;

namespace Cnn.Tests.Kernels;

/// <summary>Bilinear enlargement in both orders, forward and backward, against the reference.</summary>
public sealed class BilinearTests
{
    private const int Gap = 3;

    public static TheoryData<int, int, int, int, int, bool> Cases => new()
    {
        { 1, 1, 1, 2, 3, false },
        { 1, 1, 5, 2, 3, true },
        { 4, 3, 1, 2, 2, false },
        { 3, 5, 9, 3, 2, true },
        { 5, 4, 17, 1, 4, false },
        { 2, 3, 6, 4, 1, true },
        { 2, 130, 2, 2, 4, false },
        { 2, 301, 3, 1, 1, true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Channels_innermost(int height, int width, int channels, int down, int across, bool aligned)
    {
        var pixel = channels + Gap;
        Check(height, width, channels, down, across, aligned, (columns, _) => (columns * pixel, pixel), isPlanar: false);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Channels_outermost(int height, int width, int channels, int down, int across, bool aligned) => Check(
        height, width, channels, down, across, aligned, (columns, rows) => (columns + Gap, (columns + Gap) * rows), isPlanar: true);

    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="down">The scale of the rows.</param>
    /// <param name="across">The scale of the columns.</param>
    /// <param name="aligned">Whether corners are aligned.</param>
    /// <param name="strides">From columns and rows to the floats of a row, and of a pixel or plane; gaps hold what must not be read.</param>
    /// <param name="isPlanar">Whether channels are outermost.</param>
    private static void Check(
        int height,
        int width,
        int channels,
        int down,
        int across,
        bool aligned,
        Func<int, int, (int Row, int Step)> strides,
        bool isPlanar)
    {
        var mode = aligned ? ReferenceUpsampling.BilinearAlignCorners : ReferenceUpsampling.Bilinear;
        var input = Random(new Volume(channels, height, width), 1);
        var gradient = Random(new Volume(channels, height * down, width * across), 2);
        var (small, large) = (strides(width, height), strides(width * across, height * down));

        var source = Store(input, small, isPlanar, float.NaN);
        var target = Store(gradient, large, isPlanar, 7f);
        if (isPlanar)
            Bilinear.Planes(ref source.First, small.Row, small.Step, ref target.First, large.Row, large.Step, height, width, channels, down, across, aligned);
        else
            Bilinear.Pixels(ref source.First, small.Row, small.Step, ref target.First, large.Row, large.Step, height, width, channels, down, across, aligned);
        Compare(Upsample.Forward(input, down, across, mode), target, large, isPlanar);

        var output = Store(gradient, large, isPlanar, float.NaN);
        var result = Store(new Volume(input.Shape), small, isPlanar, 7f);
        if (isPlanar)
            Bilinear.PlanesBackward(ref output.First, large.Row, large.Step, ref result.First, small.Row, small.Step, height, width, channels, down, across, aligned);
        else
            Bilinear.PixelsBackward(ref output.First, large.Row, large.Step, ref result.First, small.Row, small.Step, height, width, channels, down, across, aligned);
        Compare(Upsample.Backward(input, gradient, down, across, mode), result, small, isPlanar);
    }

    private static Volume Random(Volume volume, int seed)
    {
        var samples = Samples(volume.Values.Length, seed);
        for (var i = 0; i < samples.Length; i++)
            volume.Values[i] = samples[i];
        return volume;
    }

    private static int Place(Volume volume, (int Row, int Step) strides, bool isPlanar, int c, int y, int x) => isPlanar
        ? (c * strides.Step) + (y * strides.Row) + x
        : (y * strides.Row) + (x * strides.Step) + c;

    private static GuardedArray Store(Volume volume, (int Row, int Step) strides, bool isPlanar, float gap)
    {
        var last = Place(volume, strides, isPlanar, volume.Channels - 1, volume.Height - 1, volume.Width - 1);
        var values = new float[last + 1];
        Array.Fill(values, gap);
        Walk(volume, (c, y, x) => values[Place(volume, strides, isPlanar, c, y, x)] = (float)volume[c, y, x]);
        return new GuardedArray(values);
    }

    private static void Compare(Volume expected, GuardedArray actual, (int Row, int Step) strides, bool isPlanar)
    {
        var gaps = actual.Values.ToArray();
        Walk(expected, (c, y, x) =>
        {
            var place = Place(expected, strides, isPlanar, c, y, x);
            Assert.Equal(expected[c, y, x], gaps[place], 1e-5 * Math.Max(1, Math.Abs(expected[c, y, x])));
            gaps[place] = 7f;
        });
        Assert.All(gaps, value => Assert.Equal(7f, value));
        actual.AssertGuards();
    }

    private static void Walk(Volume volume, Action<int, int, int> visit)
    {
        for (var c = 0; c < volume.Channels; c++)
        {
            for (var y = 0; y < volume.Height; y++)
            {
                for (var x = 0; x < volume.Width; x++)
                    visit(c, y, x);
            }
        }
    }
}
