using System;
using System.Linq;
using Cnn.Kernels;
using Xunit;
using static Cnn.Tests.Kernels.ElementChecks;

namespace Cnn.Tests.Kernels;

public sealed class RunsTests
{
    private const float Factor = 1.7f;
    private const float Shift = -0.6f;
    private const float Center = 0.7f;

    private delegate void Join(ref float a, ref float b, ref float target, int length);

    private delegate double TotalOf(ref float a, ref float b, int length, bool wide);

    [Fact]
    public void Updates_of_every_length()
    {
        CheckUpdate((ref s, ref t, n) => Runs.AddTo(ref t, ref s, n), (s, t) => s + t, 1e-7);
        CheckUpdate((ref s, ref t, n) => Runs.ScaleAddTo(ref s, ref t, n, Factor), (s, t) => t + (s * Factor), 1e-6);
    }

    [Fact]
    public void Scale_and_shift_of_every_length()
    {
        CheckMap((ref s, ref t, n) => Runs.Scale(ref s, ref t, n, Factor), x => x * Factor, 4e-7);
        CheckMap((ref s, ref t, n) => Runs.Normalize(ref s, ref t, n, Center, Factor, Shift), x => ((x - Center) * Factor) + Shift, 8e-7);
    }

    [Fact]
    public void Joins_of_every_length_into_a_third_run_or_one_of_the_two()
    {
        CheckJoin(Runs.Add, (a, b) => a + b);
        CheckJoin(Runs.Multiply, (a, b) => a * b);
    }

    [Fact]
    public void Sums_of_every_length_and_of_a_million_are_within_a_millionth_of_the_magnitudes()
    {
        foreach (var length in Enumerable.Range(0, LongestLength + 1).Concat([511, 512, 513, 1000, 4099, 1_000_003]))
        {
            CheckTotal((ref a, ref b, n, wide) => RunSum.Of<ValueTerm>(ref a, ref b, 0, n, wide, out _), (a, b) => a, length);
            CheckTotal(
                (ref a, ref b, n, wide) => RunSum.Of<DifferenceTerm>(ref a, ref b, Shift, n, wide, out _), (a, b) => a - Shift, length);
            CheckTotal((ref a, ref b, n, wide) => RunSum.Of<ProductTerm>(ref a, ref b, 0, n, wide, out _), (a, b) => a * b, length);
            CheckTotal(
                (ref a, ref b, n, wide) => RunSum.Of<SquaredDifferenceTerm>(ref a, ref b, Shift, n, wide, out _),
                (a, b) => (a - Shift) * (a - Shift),
                length);
            CheckTotal((ref a, ref b, n, wide) => RunSum.Of<GradientTerm>(ref a, ref b, Shift, n, wide, out _), (a, b) => b, length);
            CheckTotal((ref a, ref b, n, wide) => Second(ref a, ref b, n, wide), (a, b) => b * (a - Shift), length);
            CheckTotal((ref a, ref b, n, wide) => Runs.Sum(ref a, n), (a, b) => a, length);
            CheckTotal((ref a, ref b, n, wide) => Runs.Dot(ref a, ref b, n), (a, b) => a * b, length);
            CheckTotal(
                (ref a, ref b, n, wide) => Runs.SumOfSquaredDifferences(ref a, n, Shift), (a, b) => (a - Shift) * (a - Shift), length);
        }
    }

    [Fact]
    public void Sums_of_the_rows_of_a_plane_read_the_rows_alone()
    {
        foreach (var length in Enumerable.Range(1, LongestLength).Concat([128, 129, 200]))
        {
            foreach (var (rows, gap, wide) in new[] { (1, 0, true), (7, 0, true), (7, 3, true), (40, 5, true), (7, 0, false), (40, 3, false) })
            {
                // The floats between the rows would spoil the sums.
                var (x, y) = (new float[rows * (length + gap)], new float[rows * (length + gap + 2)]);
                Array.Fill(x, float.NaN);
                Array.Fill(y, float.NaN);
                var (sum, product, magnitude) = (0.0, 0.0, 0.0);
                for (var row = 0; row < rows; row++)
                {
                    Samples(length, row).CopyTo(x, row * (length + gap));
                    Samples(length, 100 + row).CopyTo(y, row * (length + gap + 2));
                    for (var i = 0; i < length; i++)
                    {
                        var (a, b) = ((double)x[(row * (length + gap)) + i], (double)y[(row * (length + gap + 2)) + i]);
                        (sum, product, magnitude) = (sum + b, product + (b * (a - Shift)), magnitude + Math.Abs(b * (a - Shift)) + Math.Abs(b));
                    }
                }

                var first = RunSum.OfRows<GradientTerm>(
                    ref x[0], length + gap, ref y[0], length + gap + 2, Shift, rows, length, wide, out var second);
                Assert.Equal(sum, first, 1e-6 * magnitude);
                Assert.Equal(product, second, 1e-6 * magnitude);
            }
        }
    }

    [Fact]
    public void A_sum_of_infinity_or_NaN_is_that()
    {
        for (var position = 0; position < 40; position++)
        {
            var values = Samples(40, 1);
            values[position] = float.PositiveInfinity;
            Assert.Equal(float.PositiveInfinity, Runs.Sum(ref values[0], 40));
            values[position] = float.NaN;
            Assert.True(float.IsNaN(Runs.Sum(ref values[0], 40)));
        }
    }

    private static double Second(ref float a, ref float b, int length, bool wide)
    {
        RunSum.Of<GradientTerm>(ref a, ref b, Shift, length, wide, out var second);
        return second;
    }

    private static void CheckTotal(TotalOf total, Func<double, double, double> term, int length)
    {
        var (a, b) = (new GuardedArray(Samples(length, 7)), new GuardedArray(Samples(length, 8)));
        var (expected, magnitude) = (0.0, 0.0);
        for (var i = 0; i < length; i++)
        {
            expected += term(a.Values[i], b.Values[i]);
            magnitude += Math.Abs(term(a.Values[i], b.Values[i]));
        }

        foreach (var wide in new[] { true, false })
        {
            var actual = total(ref a.First, ref b.First, length, wide);
            Assert.True(Math.Abs(actual - expected) <= 1e-6 * magnitude, $"{length}: {actual}, expected {expected} of {magnitude}");
        }
    }

    private static void CheckJoin(Join join, Func<double, double, double> exact)
    {
        for (var length = 0; length <= LongestLength; length++)
        {
            var (first, second) = (Samples(length, length), Samples(length, 100 + length));
            for (var place = 0; place < 3; place++)
            {
                var (a, b) = (new GuardedArray(first), new GuardedArray(second));
                var target = place switch { 0 => a, 1 => b, _ => new GuardedArray(new float[length]) };
                join(ref a.First, ref b.First, ref target.First, length);
                for (var i = 0; i < length; i++)
                    Assert.Equal(exact(first[i], second[i]), target.Values[i], 1e-6);
                foreach (var array in new[] { a, b, target })
                    array.AssertGuards();
            }
        }
    }
}
