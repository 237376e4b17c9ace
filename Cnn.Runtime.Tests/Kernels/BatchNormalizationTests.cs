using System;
using System.Linq;
using System.Runtime.CompilerServices;
using Cnn.Kernels;
using Cnn.Tests.Support;
using Xunit;
using static Cnn.Tests.Kernels.ElementChecks;

namespace Cnn.Tests.Kernels;

/// <summary>The parts of batch normalisation, as generated code puts them together, against double loops.</summary>
public sealed class BatchNormalizationTests
{
    private const double Epsilon = 1e-5;

    private static readonly (int Samples, int Rows, int Pixels, int Channels)[] Shapes =
    [
        (6, 1, 1, 1), (16, 1, 1, 70), (2, 3, 5, 3), (3, 4, 7, 8), (2, 3, 17, 13), (1, 5, 70, 37), (3, 2, 37, 67), (2, 2, 3, 300),
        (2, 2, 2, 2500), (4, 50, 61, 5),
    ];

    public static TheoryData<bool, int> Layouts => new() { { false, 0 }, { false, 3 }, { true, 0 }, { true, 3 } };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Moments_of_a_batch_far_from_zero_keep_their_digits(bool planar, int gap)
    {
        foreach (var shape in Shapes)
        {
            // The deviation is a five hundredth of the mean: floats leave it fourteen bits.
            var x = new StridedBatch(shape, planar, gap, Values(shape, 1, i => 1000 + i));
            var (mean, squares) = Moments(x, shape, planar);
            for (var c = 0; c < shape.Channels; c++)
            {
                var values = x.OfChannel(c);
                var exact = values.Average();
                var exactSquares = values.Sum(value => (value - exact) * (value - exact));

                // The mean is a float; partial sums of 64 elements have as many roundings at 64 times its size.
                Assert.Equal(exact, mean.Values[c], 2e-7 * exact);
                Assert.Equal(exactSquares, squares.Values[c], 1e-6 * exactSquares);
            }

            AssertUntouched([x], [mean, squares]);
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_batch_is_normalised_forward_and_backward(bool planar, int gap)
    {
        foreach (var shape in Shapes)
        {
            var (samples, rows, pixels, channels) = shape;
            var elements = samples * rows * pixels;
            var x = new StridedBatch(shape, planar, gap, Values(shape, 1, i => i - 3));
            var g = new StridedBatch(shape, planar, gap + 1, Values(shape, 2, i => i));
            var y = new StridedBatch(shape, planar, gap + 2, _ => 0);
            var dx = new StridedBatch(shape, planar, gap + 2, _ => 0);
            var (gamma, beta) = (new GuardedArray(Samples(channels, 3)), new GuardedArray(Samples(channels, 4)));
            var (mean, variance) = Moments(x, shape, planar);
            for (var c = 0; c < channels; c++)
                variance.Values[c] /= elements;
            var (scale, inverse, sums, products) = (Floats(channels), Floats(channels), Floats(channels), Floats(channels));
            BatchNormalization.Scales(ref variance.First, ref gamma.First, channels, Epsilon, ref scale.First, ref inverse.First);
            Normalize(x, y, shape, planar, mean, scale, beta);
            GradientSums(x, g, shape, planar, mean, inverse, sums, products);
            var (sumsOfGradients, sumsOfProducts) = (sums.Values.ToArray(), products.Values.ToArray());
            for (var c = 0; c < channels; c++)
            {
                sums.Values[c] /= elements;
                products.Values[c] /= elements;
            }

            InputGradient(x, g, dx, shape, planar, [mean, inverse, scale, sums, products]);
            AssertUntouched([x, g, y, dx], [gamma, beta, mean, variance, scale, inverse, sums, products]);
            for (var c = 0; c < channels; c++)
            {
                var (weight, values, gradients) = (gamma.Values[c], x.OfChannel(c), g.OfChannel(c));
                var (z, gradient) = NormalizationLoops.Run(values, gradients, _ => weight, Epsilon);
                var what = $" of channel {c} of {shape}";
                Agreement.Check(z.Select(v => (v * weight) + beta.Values[c]).ToArray(), y.OfChannel(c), 2e-6, "y" + what);
                Agreement.Check(gradient, dx.OfChannel(c), 1e-5, "dx" + what);
                Assert.Equal(gradients.Sum(), sumsOfGradients[c], 1e-6 * gradients.Sum(Math.Abs));
                var product = gradients.Zip(z, (a, b) => a * b).ToArray();
                Assert.Equal(product.Sum(), sumsOfProducts[c], 2e-6 * product.Sum(Math.Abs));
            }

            // In place on the gradient, as a layer does whose gradient nobody else needs.
            InputGradient(x, g, g, shape, planar, [mean, inverse, scale, sums, products]);
            g.AssertGaps();
            for (var c = 0; c < channels; c++)
                Assert.Equal(dx.OfChannel(c), g.OfChannel(c));
        }
    }

    [Fact]
    public void Scales_are_gamma_over_the_deviation_with_epsilon()
    {
        float[] variance = [3f, 0f];
        float[] gamma = [6f, -2f];
        float[] inverse = [0f, 0f];

        // Without trained parameters the scales are written where the ones stand.
        BatchNormalization.Scales(ref variance[0], ref gamma[0], 2, 1, ref gamma[0], ref inverse[0]);
        Assert.Equal([3f, -2f], gamma);
        Assert.Equal([0.5f, 1f], inverse);
    }

    private static Func<int, double> Values(
        (int Samples, int Rows, int Pixels, int Channels) shape, int seed, Func<float, double> map)
    {
        var values = Samples(shape.Samples * shape.Rows * shape.Pixels * shape.Channels, seed);
        return i => map(values[i]);
    }

    private static GuardedArray Floats(int length) => new(new float[length]);

    private static void AssertUntouched(StridedBatch[] batches, GuardedArray[] tables)
    {
        foreach (var batch in batches)
            batch.AssertGaps();
        foreach (var table in tables)
            table.AssertGuards();
    }

    private static (GuardedArray Mean, GuardedArray Squares) Moments(
        StridedBatch x, (int Samples, int Rows, int Pixels, int Channels) shape, bool planar)
    {
        var (samples, rows, pixels, channels) = shape;
        var (mean, squares) = (Floats(channels), Floats(channels));
        if (planar)
        {
            BatchNormalization.MomentsOfPlanes(
                ref x.First, samples, x.Sample, rows, x.Row, pixels, channels, x.Channel, ref mean.First, ref squares.First);
        }
        else
        {
            BatchNormalization.Moments(
                ref x.First, samples, x.Sample, rows, x.Row, pixels, x.Pixel, channels, ref mean.First, ref squares.First);
        }

        return (mean, squares);
    }

    private static void Normalize(
        StridedBatch x,
        StridedBatch y,
        (int Samples, int Rows, int Pixels, int Channels) shape,
        bool planar,
        GuardedArray mean,
        GuardedArray scale,
        GuardedArray beta)
    {
        for (var row = 0; row < shape.Samples * shape.Rows; row++)
        {
            ref var source = ref RowOf(x, shape.Rows, row);
            ref var target = ref RowOf(y, shape.Rows, row);
            if (!planar)
            {
                BatchNormalization.Normalize(
                    ref source,
                    x.Pixel,
                    ref target,
                    y.Pixel,
                    shape.Pixels,
                    shape.Channels,
                    ref mean.First,
                    ref scale.First,
                    ref beta.First);
            }

            for (var c = 0; planar && c < shape.Channels; c++)
            {
                BatchNormalization.NormalizeRun(
                    ref Unsafe.Add(ref source, c * x.Channel),
                    ref Unsafe.Add(ref target, c * y.Channel),
                    shape.Pixels,
                    mean.Values[c],
                    scale.Values[c],
                    beta.Values[c]);
            }
        }
    }

    private static void GradientSums(
        StridedBatch x,
        StridedBatch g,
        (int Samples, int Rows, int Pixels, int Channels) shape,
        bool planar,
        GuardedArray mean,
        GuardedArray inverse,
        GuardedArray sums,
        GuardedArray products)
    {
        var (samples, rows, pixels, channels) = shape;
        if (planar)
        {
            BatchNormalization.GradientSumsOfPlanes(
                ref x.First,
                x.Sample,
                x.Row,
                x.Channel,
                ref g.First,
                g.Sample,
                g.Row,
                g.Channel,
                samples,
                rows,
                pixels,
                channels,
                ref mean.First,
                ref inverse.First,
                ref sums.First,
                ref products.First);
        }
        else
        {
            BatchNormalization.GradientSums(
                ref x.First,
                x.Sample,
                x.Row,
                x.Pixel,
                ref g.First,
                g.Sample,
                g.Row,
                g.Pixel,
                samples,
                rows,
                pixels,
                channels,
                ref mean.First,
                ref inverse.First,
                ref sums.First,
                ref products.First);
        }
    }

    /// <param name="x">The input.</param>
    /// <param name="g">The gradient of the output.</param>
    /// <param name="t">Receives the gradient of the input.</param>
    /// <param name="shape">Of all three.</param>
    /// <param name="planar">Their memory order.</param>
    /// <param name="tables">Mean, inverse deviation, scale and the means of gradient and products.</param>
    private static void InputGradient(
        StridedBatch x,
        StridedBatch g,
        StridedBatch t,
        (int Samples, int Rows, int Pixels, int Channels) shape,
        bool planar,
        GuardedArray[] tables)
    {
        for (var row = 0; row < shape.Samples * shape.Rows; row++)
        {
            ref var source = ref RowOf(x, shape.Rows, row);
            ref var gradient = ref RowOf(g, shape.Rows, row);
            ref var target = ref RowOf(t, shape.Rows, row);
            if (!planar)
            {
                BatchNormalization.InputGradient(
                    ref source,
                    x.Pixel,
                    ref gradient,
                    g.Pixel,
                    ref target,
                    t.Pixel,
                    shape.Pixels,
                    shape.Channels,
                    ref tables[0].First,
                    ref tables[1].First,
                    ref tables[2].First,
                    ref tables[3].First,
                    ref tables[4].First);
            }

            for (var c = 0; planar && c < shape.Channels; c++)
            {
                BatchNormalization.InputGradientRun(
                    ref Unsafe.Add(ref source, c * x.Channel),
                    ref Unsafe.Add(ref gradient, c * g.Channel),
                    ref Unsafe.Add(ref target, c * t.Channel),
                    shape.Pixels,
                    tables[0].Values[c],
                    tables[1].Values[c],
                    tables[2].Values[c],
                    tables[3].Values[c],
                    tables[4].Values[c]);
            }
        }
    }

    private static ref float RowOf(StridedBatch batch, int rows, int row) =>
        ref Unsafe.Add(ref batch.First, (row / rows * batch.Sample) + (row % rows * batch.Row));
}
