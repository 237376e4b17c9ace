using System;
using System.Linq;
using Xunit;

namespace Cnn.Tests.Kernels;

/// <summary>
/// A batch of volumes in either memory order with gaps between pixels, rows, planes and samples. What stands in the gaps spoils any result
/// that it enters, and nothing may change it.
/// </summary>
internal sealed class StridedBatch
{
    private const int GapBits = 0x7FC0BEEF;

    private readonly (int Samples, int Rows, int Pixels, int Channels) _shape;
    private readonly GuardedArray _memory;
    private readonly int[] _places;

    public StridedBatch((int Samples, int Rows, int Pixels, int Channels) shape, bool planar, int gap, Func<int, double> valueOf)
    {
        _shape = shape;
        Pixel = planar ? 1 : shape.Channels + gap;
        Row = (shape.Pixels * Pixel) + gap;
        Channel = planar ? (shape.Rows * Row) + gap : 1;
        Sample = planar ? (shape.Channels * Channel) + gap : (shape.Rows * Row) + gap;
        _places =
        [
            .. from c in Enumerable.Range(0, shape.Channels)
               from n in Enumerable.Range(0, shape.Samples)
               from y in Enumerable.Range(0, shape.Rows)
               from x in Enumerable.Range(0, shape.Pixels)
               select (n * Sample) + (y * Row) + (x * Pixel) + (c * Channel),
        ];
        var values = new float[_places.Max() + 1];
        Array.Fill(values, BitConverter.Int32BitsToSingle(GapBits));
        for (var i = 0; i < _places.Length; i++)
            values[_places[i]] = (float)valueOf(i);
        _memory = new GuardedArray(values);
    }

    public int Sample { get; }

    public int Row { get; }

    public int Pixel { get; }

    public int Channel { get; }

    public ref float First => ref _memory.First;

    /// <summary>Gets the elements of a channel over the batch.</summary>
    public double[] OfChannel(int channel)
    {
        var elements = _shape.Samples * _shape.Rows * _shape.Pixels;
        return [.. _places.Skip(channel * elements).Take(elements).Select(place => (double)_memory.Values[place])];
    }

    public void AssertGaps()
    {
        _memory.AssertGuards();
        var isElement = new bool[_memory.Length];
        foreach (var place in _places)
            isElement[place] = true;
        for (var i = 0; i < isElement.Length; i++)
            Assert.True(isElement[i] || BitConverter.SingleToInt32Bits(_memory.Values[i]) == GapBits, $"the gap at {i} was written");
    }
}
