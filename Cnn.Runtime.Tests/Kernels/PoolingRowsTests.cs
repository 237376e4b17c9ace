using System;
using Cnn.Kernels;
using Xunit;
using static Cnn.Tests.Kernels.ElementChecks;

namespace Cnn.Tests.Kernels;

public sealed class PoolingRowsTests
{
    private static readonly (int Rows, int Columns, int Step, int Stride, int Outputs)[] Cases =
    [
        (1, 1, 1, 1, 1), (3, 3, 1, 1, 13), (3, 3, 1, 2, 7), (2, 3, 2, 1, 9), (2, 2, 3, 4, 5), (1, 5, 1, 3, 100),
        (4, 1, 1, 1, 300), (2, 2, 1, 2, 200), (2, 256, 1, 1, 5), (3, 300, 1, 2, 3), (2, 90, 3, 1, 4),
    ];

    [Fact]
    public void Maxima_of_windows_are_those_of_a_loop_over_their_elements() => Check(
        (ref s, pitch, c, ref t) => PoolingRows.Max(ref s, pitch, c.Rows, c.Columns, c.Step, c.Stride, ref t, c.Outputs),
        Math.Max,
        double.NegativeInfinity,
        1,
        0);

    [Fact]
    public void Scaled_sums_of_windows_are_those_of_a_loop_over_their_elements() => Check(
        (ref s, pitch, c, ref t) => PoolingRows.Sum(ref s, pitch, c.Rows, c.Columns, c.Step, c.Stride, ref t, c.Outputs, 0.3f),
        (a, b) => a + b,
        0,
        0.3f,
        1e-4);

    [Fact]
    public void A_maximum_over_a_number_that_is_none_is_none()
    {
        float[] source = [1, 2, float.NaN, 3, 4];
        var target = new float[2];
        PoolingRows.Max(ref source[0], 0, 1, 2, 1, 3, ref target[0], 2);
        Assert.Equal([2f, 4f], target);
        PoolingRows.Max(ref source[0], 0, 1, 2, 1, 1, ref target[0], 2);
        Assert.Equal([2f, float.NaN], target);
    }

    private delegate void Pooling(
        ref float source, int pitch, (int Rows, int Columns, int Step, int Stride, int Outputs) window, ref float target);

    private static void Check(Pooling pooling, Func<double, double, double> combine, double start, float scale, double tolerance)
    {
        foreach (var window in Cases)
        {
            var pitch = ((window.Outputs - 1) * window.Stride) + ((window.Columns - 1) * window.Step) + 1;
            var source = new GuardedArray(Samples(pitch * window.Rows, 1));
            var target = new GuardedArray(new float[window.Outputs]);
            pooling(ref source.First, pitch, window, ref target.First);
            for (var i = 0; i < window.Outputs; i++)
            {
                var expected = start;
                for (var row = 0; row < window.Rows; row++)
                {
                    for (var column = 0; column < window.Columns; column++)
                        expected = combine(expected, source.Values[(row * pitch) + (i * window.Stride) + (column * window.Step)]);
                }

                Assert.Equal(expected * scale, target.Values[i], tolerance);
            }

            target.AssertGuards();
        }
    }
}
