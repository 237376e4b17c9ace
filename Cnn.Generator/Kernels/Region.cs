using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>So many steps of so many floats each, which may lead backwards.</summary>
internal readonly record struct Axis(int Count, int Stride);

/// <summary>The floats <c>Offset + i * Stride + j * Stride + ...</c> for all indices of its axes.</summary>
internal sealed record Box(int Offset, EquatableArray<Axis> Axes)
{
    /// <summary>Gets a value indicating whether there is none.</summary>
    public bool IsEmpty => Axes.Any(axis => axis.Count == 0);

    /// <summary>Gets the first float.</summary>
    public int First => Offset + Axes.Sum(axis => (axis.Count - 1) * Math.Min(0, axis.Stride));

    /// <summary>Gets the last float.</summary>
    public int Last => Offset + Axes.Sum(axis => (axis.Count - 1) * Math.Max(0, axis.Stride));

    /// <summary>The same floats as runs of floats that follow each other.</summary>
    public IEnumerable<(int Start, int Length)> Runs()
    {
        if (IsEmpty)
            yield break;
        var (outer, length) = Merged();
        var indices = new int[outer.Count];
        var start = First;
        while (true)
        {
            yield return (start, length);
            var axis = outer.Count - 1;
            for (; axis >= 0; axis--)
            {
                start += outer[axis].Stride;
                if (++indices[axis] < outer[axis].Count)
                    break;
                start -= outer[axis].Count * outer[axis].Stride;
                indices[axis] = 0;
            }

            if (axis < 0)
                yield break;
        }
    }

    /// <summary>The axes around a run, the longest stride first, and its length.</summary>
    private (List<Axis> Outer, int Length) Merged()
    {
        var outer = Axes.Where(axis => axis.Count > 1).Select(axis => axis with { Stride = Math.Abs(axis.Stride) })
            .OrderByDescending(axis => axis.Stride).ToList();
        var length = 1;
        while (outer.Count > 0 && outer[outer.Count - 1].Stride == length)
        {
            length *= outer[outer.Count - 1].Count;
            outer.RemoveAt(outer.Count - 1);
        }

        return (outer, length);
    }
}

/// <summary>
/// The floats of a buffer that a call reads or writes, counted from the reference that it is handed. Those whose values change nothing are left out: a
/// vector may touch lanes beside the ones that count.
/// </summary>
internal sealed record Region(EquatableArray<Box> Boxes)
{
    /// <summary>No float: what the kernel is handed serves other kernels of its kind.</summary>
    public static readonly Region Nothing = new([]);

    /// <summary>The floats from the first to the last; an empty region has neither.</summary>
    public override string ToString() => IsEmpty ? "nothing" : Text.Number(First) + " to " + Text.Number(End - 1);

    public bool IsEmpty => Boxes.All(box => box.IsEmpty);

    /// <summary>Gets the first float.</summary>
    public int First => Boxes.Where(box => !box.IsEmpty).Min(box => box.First);

    /// <summary>Gets the float after the last one.</summary>
    public int End => Boxes.Where(box => !box.IsEmpty).Max(box => box.Last) + 1;

    /// <summary>Floats that follow each other.</summary>
    public static Region Run(int length, int offset = 0) => new([new Box(offset, [new Axis(length, 1)])]);

    /// <summary>The elements of a volume in its buffer.</summary>
    public static Region Volume(TensorLayout layout) =>
        Grid(layout.View, layout.Volume.Height, layout.Volume.Width, layout.Volume.Channels).From(layout.Origin);

    /// <summary>Rows, columns and channels from one element on.</summary>
    public static Region Grid(TensorView view, int rows, int columns, int channels) =>
        new([new Box(0, [new Axis(rows, view.Row), new Axis(columns, view.Pixel), new Axis(channels, view.Channel)])]);

    /// <summary>The floats of a buffer around its volume. The channels that are stored beside those of the volume belong to it.</summary>
    public static Region Border(TensorLayout layout)
    {
        var isPlanar = layout.Order == Graph.VolumeLayout.Chw;
        var (planes, height) = (new Axis(isPlanar ? layout.Volume.Channels : 1, layout.Channel), layout.Volume.Height);
        var row = layout.Volume.Width * layout.Pixel;
        var end = layout.Origin + ((height - 1) * layout.Row) + row;
        return new(
        [
            new Box(0, [planes, new Axis(layout.Origin, 1)]),
            new Box(layout.Origin + row, [planes, new Axis(height - 1, layout.Row), new Axis(layout.Row - row, 1)]),
            new Box(end, [planes, new Axis((isPlanar ? layout.Channel : layout.Length) - end, 1)]),
        ]);
    }

    /// <summary>The same from another float on.</summary>
    public Region From(int offset) => new(Boxes.Select(box => box with { Offset = box.Offset + offset }).ToEquatableArray());

    /// <summary>The same again and again.</summary>
    public Region Repeated(int count, int stride) =>
        new(Boxes.Select(box => box with { Axes = box.Axes.Prepend(new Axis(count, stride)).ToEquatableArray() }).ToEquatableArray());

    /// <summary>Both together.</summary>
    public Region And(Region other) => new(Boxes.Concat(other.Boxes).ToEquatableArray());

    /// <summary>The same floats as runs of floats that follow each other.</summary>
    public IEnumerable<(int Start, int Length)> Runs() => Boxes.SelectMany(box => box.Runs());
}
