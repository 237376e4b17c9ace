using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Schedules;

/// <summary>Taps of one side of a kernel: First, First + Step, and so on.</summary>
internal readonly record struct TapRow(int First, int Step, int Count)
{
    public static TapRow All(int count) => new(0, 1, count);
}

/// <summary>
/// A convolution that computes every <paramref name="StepY"/>-th row and <paramref name="StepX"/>-th column of a result, from
/// (<paramref name="Y"/>, <paramref name="X"/>) on, with some of the taps of a kernel.
/// </summary>
internal sealed record ConvPhase(ConvGeometry Geometry, TapRow Rows, TapRow Columns, int Y, int X, int StepY, int StepX)
{
    /// <summary>Gets a value indicating whether it reads nothing: the kernel is smaller than the stride that pulls its outputs apart.</summary>
    public bool IsEmpty => Rows.Count * Columns.Count == 0;

    /// <summary>
    /// A transposed convolution as ordinary ones of stride 1: the outputs whose position has the same remainder modulo the stride meet
    /// the same taps of the kernel, and no others. Nothing is multiplied with the zeros that the usual definition spreads the source by.
    /// </summary>
    /// <param name="strided">The convolution that it transposes, from the result to the source.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    public static IEnumerable<ConvPhase> Transpose(ConvGeometry strided, int height, int width)
    {
        var window = strided.Window;
        var rows = Sides(window.StrideHeight, window.DilationHeight, window.KernelHeight, window.Top, height, strided.OutHeight);
        var columns = Sides(window.StrideWidth, window.DilationWidth, window.KernelWidth, window.Left, width, strided.OutWidth);
        foreach (var row in rows)
        {
            foreach (var column in columns)
            {
                var read = new Window(row.Taps.Count, column.Taps.Count, 1, 1, row.Before, column.Before, row.After, column.After)
                {
                    DilationHeight = row.Dilation,
                    DilationWidth = column.Dilation,
                };
                var geometry = new ConvGeometry(strided.OutChannels, strided.InChannels, read, row.Outputs, column.Outputs);
                yield return new ConvPhase(
                    geometry, row.Taps, column.Taps, row.Phase, column.Phase, window.StrideHeight, window.StrideWidth);
            }
        }
    }

    /// <summary>
    /// Output p gets tap u of source i where p = i * stride + u * dilation - before. In turned order, the last tap first, i rises.
    /// </summary>
    private static List<Side> Sides(int stride, int dilation, int kernel, int before, int size, int sourceSize)
    {
        var sides = new List<Side>();
        for (var phase = 0; phase < stride && phase < size; phase++)
        {
            var outputs = (size - phase + stride - 1) / stride;
            var taps = Enumerable.Range(0, kernel).Where(u => (phase + before - (u * dilation)) % stride == 0).ToList();
            if (taps.Count == 0)
            {
                sides.Add(new Side(phase, new TapRow(0, 1, 0), 0, 0, 1, outputs));
                continue;
            }

            var period = taps.Count == 1 ? 1 : taps[1] - taps[0];
            var last = taps[taps.Count - 1];
            var first = (phase + before - (last * dilation)) / stride;
            var distance = taps.Count == 1 ? 1 : period * dilation / stride;
            var after = first + ((taps.Count - 1) * distance) + outputs - sourceSize;
            sides.Add(new Side(phase, new TapRow(last, -period, taps.Count), -first, after, distance, outputs));
        }

        return sides;
    }

    /// <summary>A phase along one side.</summary>
    private sealed record Side(int Phase, TapRow Taps, int Before, int After, int Dilation, int Outputs);
}
