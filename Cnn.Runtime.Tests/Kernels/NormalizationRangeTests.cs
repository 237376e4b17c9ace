using System;
using System.Linq;
using System.Runtime.CompilerServices;
using Cnn.Kernels;
using Cnn.Tests.Support;
using CsCheck;
using Xunit;

namespace Cnn.Tests.Kernels;

/// <summary>
/// Normalisations of numbers far from zero, close together, or large, forward and backward: against the definition in double precision, on
/// the same floats.
/// </summary>
public sealed class NormalizationRangeTests
{
    private const double Tolerance = 1e-5;
    private const double Epsilon = 1e-5;

    /// <summary>Numbers around an offset, 0 or up to 1e30, that spread by a part of it, or all equal.</summary>
    private static readonly Gen<(double Offset, double Spread, int Seed)> Ranges = Gen.Select(
        Draws.From(0.0, 0.5, 4, 6, 10, 20, 30, 37),
        Draws.From(double.NegativeInfinity, -7, -4, -2, -1, -0.3),
        Gen.Bool,
        Gen.Bool,
        Gen.Int[0, 1000],
        (exponent, part, isNegative, isCentered, seed) =>
        {
            var size = Math.Pow(10, exponent) * (isNegative ? -1 : 1);
            return (isCentered ? 0 : size, size * Math.Pow(10, part), seed);
        });

    /// <summary>Normalises a batch of [samples, channels, pixels] or [samples, pixels, channels], given x and g: y and dL/dx.</summary>
    private delegate (float[] Y, float[] Gradient) Pass(Sizes sizes, float[] x, float[] g, float[] weight);

    public static TheoryData<string, bool> Kinds => new()
    {
        { nameof(Run), true },
        { nameof(Run), false },
        { nameof(PixelsInnermostChannels), true },
        { nameof(PixelsInnermostChannels), false },
        { nameof(PixelsOfPlanes), true },
        { nameof(Groups), true },
        { nameof(BatchInnermostChannels), true },
        { nameof(BatchOfPlanes), true },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Numbers_of_any_offset_and_spread_are_normalised_as_in_double_precision(string kind, bool wide) =>
        Gen.Select(Ranges, Draws.From(new Sizes(1, 5, 9), new Sizes(2, 19, 7), new Sizes(3, 27, 50))).ForAll(
            (range, sizes) => Check(kind, wide, sizes, range.Offset, range.Spread, range.Seed));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_mean_of_numbers_near_a_million_is_not_rounded_to_a_float(string kind, bool wide) =>
        Check(kind, wide, new Sizes(2, 16, 300), 1e6, 1, 1);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Equal_numbers_become_zero(string kind, bool wide)
    {
        foreach (var value in new[] { 1e20, 1e38, -1e38, 3e38, 0.1 })
            Check(kind, wide, new Sizes(2, 16, 300), value, 0, 1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Numbers_whose_squares_are_no_floats_keep_their_deviation(string kind, bool wide)
    {
        Check(kind, wide, new Sizes(2, 16, 300), 1e20, 1e19, 1);
        Check(kind, wide, new Sizes(2, 16, 300), 0, 1e30, 2);
        Check(kind, wide, new Sizes(2, 16, 300), 1e37, 1e36, 3);
    }

    private static void Check(string kind, bool wide, Sizes sizes, double offset, double spread, int seed)
    {
        var random = new Random(seed);
        float[] Numbers(int count, double center, double width) =>
            [.. Enumerable.Range(0, count).Select(_ => (float)(center + (width * ((2 * random.NextDouble()) - 1))))];
        var (x, g, weight) = (Numbers(sizes.Length, offset, spread), Numbers(sizes.Length, 0, 1), Numbers(sizes.Length, 1, 0.5));
        var (y, gradient) = Of(kind, wide)(sizes, x, g, weight);

        var (expected, expectedGradient) = (new double[x.Length], new double[x.Length]);
        foreach (var set in sizes.SetsOf(kind))
        {
            var own = set.Select(place => sizes.WeightOf(kind, weight, place)).ToArray();
            var (z, dx) = NormalizationLoops.Run(
                [.. set.Select(place => (double)x[place])], [.. set.Select(place => (double)g[place])], i => own[i], Epsilon);
            for (var i = 0; i < set.Length; i++)
                (expected[set[i]], expectedGradient[set[i]]) = (z[i] * own[i], dx[i]);
        }

        var what = FormattableString.Invariant($"{kind}, {sizes}, {offset:R} +- {spread:R}");
        Agreement.Check(expected, y, Tolerance, "y of " + what);
        Agreement.Check(expectedGradient, gradient, Tolerance, "dx of " + what);
    }

    private static Pass Of(string kind, bool wide) => kind switch
    {
        nameof(Run) => (sizes, x, g, weight) => Run(sizes, x, g, weight, wide),
        nameof(PixelsInnermostChannels) => (sizes, x, g, weight) => PixelsInnermostChannels(sizes, x, g, weight, wide),
        nameof(PixelsOfPlanes) => PixelsOfPlanes,
        nameof(Groups) => Groups,
        nameof(BatchInnermostChannels) => BatchInnermostChannels,
        _ => BatchOfPlanes,
    };

    private static (float[] Y, float[] Gradient) Run(Sizes sizes, float[] x, float[] g, float[] weight, bool wide)
    {
        var (y, gradient, zeros) = (new float[x.Length], (float[])g.Clone(), new float[x.Length]);
        float mean = 0, inverse = 0, shift = 0;
        for (var start = 0; start < x.Length; start += sizes.SampleLength)
        {
            LayerNormalization.Forward(
                ref x[start], ref y[start], ref weight[0], ref zeros[0], (float)Epsilon, ref mean, ref inverse, ref shift, sizes.SampleLength, wide);
            var (dw, db) = (new float[sizes.SampleLength], new float[sizes.SampleLength]);
            LayerNormalization.Backward(
                ref x[start], ref gradient[start], ref weight[0], ref dw[0], ref db[0], mean, inverse, shift, sizes.SampleLength, wide);
        }

        return (y, gradient);
    }

    private static (float[] Y, float[] Gradient) PixelsInnermostChannels(Sizes sizes, float[] x, float[] g, float[] weight, bool wide)
    {
        var (y, gradient, zeros) = (new float[x.Length], (float[])g.Clone(), new float[x.Length]);
        var (dw, db) = (new float[sizes.Channels], new float[sizes.Channels]);
        float mean = 0, inverse = 0, shift = 0;
        for (var start = 0; start < x.Length; start += sizes.Channels)
        {
            LayerNormalization.Forward(
                ref x[start], ref y[start], ref weight[0], ref zeros[0], (float)Epsilon, ref mean, ref inverse, ref shift, sizes.Channels, wide);
            LayerNormalization.Backward(
                ref x[start], ref gradient[start], ref weight[0], ref dw[0], ref db[0], mean, inverse, shift, sizes.Channels, wide);
        }

        return (y, gradient);
    }

    private static (float[] Y, float[] Gradient) PixelsOfPlanes(Sizes sizes, float[] x, float[] g, float[] weight)
    {
        var (y, gradient, zeros) = (new float[x.Length], (float[])g.Clone(), new float[x.Length]);
        var (dw, db, pixels) = (new float[sizes.Channels], new float[sizes.Channels], sizes.Pixels);
        var (means, inverses, shifts) = (new float[pixels], new float[pixels], new float[pixels]);
        for (var start = 0; start < x.Length; start += sizes.SampleLength)
        {
            LayerNormalization.ForwardPlanes(
                ref x[start],
                pixels,
                ref y[start],
                pixels,
                ref weight[0],
                ref zeros[0],
                (float)Epsilon,
                ref means[0],
                ref inverses[0],
                ref shifts[0],
                sizes.Channels,
                pixels);
            LayerNormalization.BackwardPlanes(
                ref x[start],
                pixels,
                ref gradient[start],
                pixels,
                ref weight[0],
                ref dw[0],
                ref db[0],
                ref means[0],
                ref inverses[0],
                ref shifts[0],
                sizes.Channels,
                pixels);
        }

        return (y, gradient);
    }

    /// <summary>Each channel is a group.</summary>
    private static (float[] Y, float[] Gradient) Groups(Sizes sizes, float[] x, float[] g, float[] weight)
    {
        var (y, gradient, zeros) = (new float[x.Length], (float[])g.Clone(), new float[x.Length]);
        var (dw, db, groups) = (new float[sizes.Channels], new float[sizes.Channels], sizes.Channels);
        var (means, inverses, shifts) = (new float[groups], new float[groups], new float[groups]);
        for (var start = 0; start < x.Length; start += sizes.SampleLength)
        {
            GroupNormalization.Forward(
                ref x[start],
                ref y[start],
                ref weight[0],
                ref zeros[0],
                Epsilon,
                ref means[0],
                ref inverses[0],
                ref shifts[0],
                groups,
                1,
                sizes.Pixels);
            GroupNormalization.Backward(
                ref x[start],
                ref gradient[start],
                ref weight[0],
                ref dw[0],
                ref db[0],
                ref means[0],
                ref inverses[0],
                ref shifts[0],
                groups,
                1,
                sizes.Pixels);
        }

        return (y, gradient);
    }

    private static (float[] Y, float[] Gradient) BatchInnermostChannels(Sizes sizes, float[] x, float[] g, float[] weight)
    {
        var (samples, channels, pixels, each) = (sizes.Samples, sizes.Channels, sizes.Pixels, sizes.SampleLength);
        var t = new Tables(channels);
        BatchNormalization.Moments(
            ref x[0], samples, each, 1, 0, pixels, channels, channels, ref t.Mean[0], ref t.Deviation[0], ref t.Remainder[0]);
        t.SetScales(weight);
        var (y, gradient, ones) = (new float[x.Length], new float[x.Length], samples * pixels);
        BatchNormalization.Normalize(
            ref x[0], channels, ref y[0], channels, ones, channels, ref t.Mean[0], ref t.Scale[0], ref t.Shift[0]);
        BatchNormalization.GradientSums(
            ref x[0],
            each,
            0,
            channels,
            ref g[0],
            each,
            0,
            channels,
            samples,
            1,
            pixels,
            channels,
            ref t.Mean[0],
            ref t.Inverse[0],
            ref t.Remainder[0],
            ref t.Sums[0],
            ref t.Products[0]);
        t.Average(samples * pixels);
        BatchNormalization.InputGradient(
            ref x[0],
            channels,
            ref g[0],
            channels,
            ref gradient[0],
            channels,
            ones,
            channels,
            ref t.Mean[0],
            ref t.Inverse[0],
            ref t.Scale[0],
            ref t.Sums[0],
            ref t.Products[0]);
        return (y, gradient);
    }

    private static (float[] Y, float[] Gradient) BatchOfPlanes(Sizes sizes, float[] x, float[] g, float[] weight)
    {
        var (samples, channels, pixels, each) = (sizes.Samples, sizes.Channels, sizes.Pixels, sizes.SampleLength);
        var t = new Tables(channels);
        BatchNormalization.MomentsOfPlanes(
            ref x[0], samples, each, 1, 0, pixels, channels, pixels, ref t.Mean[0], ref t.Deviation[0], ref t.Remainder[0]);
        t.SetScales(weight);
        BatchNormalization.GradientSumsOfPlanes(
            ref x[0],
            each,
            0,
            pixels,
            ref g[0],
            each,
            0,
            pixels,
            samples,
            1,
            pixels,
            channels,
            ref t.Mean[0],
            ref t.Inverse[0],
            ref t.Remainder[0],
            ref t.Sums[0],
            ref t.Products[0]);
        t.Average(samples * pixels);
        var (y, gradient) = (new float[x.Length], new float[x.Length]);
        for (var start = 0; start < x.Length; start += pixels)
        {
            var c = start / pixels % channels;
            Runs.Normalize(ref x[start], ref y[start], pixels, t.Mean[c], t.Scale[c], t.Shift[c]);
            BatchNormalization.InputGradientRun(
                ref x[start], ref g[start], ref gradient[start], pixels, t.Mean[c], t.Inverse[c], t.Scale[c], t.Sums[c], t.Products[c]);
        }

        return (y, gradient);
    }

    /// <summary>The sizes of a batch.</summary>
    private sealed record Sizes(int Samples, int Channels, int Pixels)
    {
        public int SampleLength => Channels * Pixels;

        public int Length => Samples * SampleLength;

        /// <summary>The places that are normalised together.</summary>
        public int[][] SetsOf(string kind) => [.. Enumerable.Range(0, Length).GroupBy(place => SetOf(kind, place)).Select(set => set.ToArray())];

        /// <summary>The factor of a place: of its element of a sample, or of its channel.</summary>
        public double WeightOf(string kind, float[] weight, int place) =>
            weight[kind == nameof(Run) ? place % SampleLength : ChannelOf(kind, place)];

        private int SetOf(string kind, int place) => kind switch
        {
            nameof(Run) => place / SampleLength,
            nameof(PixelsInnermostChannels) => place / Channels,
            nameof(PixelsOfPlanes) => (place / SampleLength * Pixels) + (place % Pixels),
            nameof(Groups) => place / Pixels,
            _ => ChannelOf(kind, place),
        };

        private int ChannelOf(string kind, int place) => kind is nameof(PixelsInnermostChannels) or nameof(BatchInnermostChannels)
            ? place % Channels
            : place / Pixels % Channels;
    }

    /// <summary>The values that batch normalisation keeps of each channel.</summary>
    private sealed class Tables(int channels)
    {
        public float[] Mean { get; } = new float[channels];

        public float[] Deviation { get; } = new float[channels];

        public float[] Remainder { get; } = new float[channels];

        public float[] Scale { get; } = new float[channels];

        public float[] Inverse { get; } = new float[channels];

        public float[] Shift { get; } = new float[channels];

        public float[] Sums { get; } = new float[channels];

        public float[] Products { get; } = new float[channels];

        public void SetScales(float[] gamma) => BatchNormalization.Scales(
            ref Deviation[0],
            ref Remainder[0],
            ref gamma[0],
            ref Unsafe.NullRef<float>(),
            channels,
            Epsilon,
            ref Scale[0],
            ref Inverse[0],
            ref Shift[0]);

        /// <summary>As a thread does with its sums, and the exchange.</summary>
        public void Average(int elements)
        {
            BatchNormalization.Recenter(ref Sums[0], ref Products[0], ref Inverse[0], ref Remainder[0], channels);
            for (var c = 0; c < channels; c++)
                (Sums[c], Products[c]) = (Sums[c] / elements, Products[c] / elements);
        }
    }
}
