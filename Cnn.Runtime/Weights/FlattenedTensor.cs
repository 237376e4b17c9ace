using System;
using System.Collections.Generic;
using System.ComponentModel;

namespace Cnn;

/// <summary>Neighbours along a dimension of a tensor that are a flattened volume; 1x1xn where no volume was flattened.</summary>
/// <param name="Height">The rows of the volume.</param>
/// <param name="Width">Its columns.</param>
/// <param name="Channels">Its channels.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct FlattenedRun(int Height, int Width, int Channels);

/// <summary>A tensor whose numbers stand in another order where channels are first than where they are last.</summary>
/// <param name="name">The tensor, or a layer that reads volumes in another shape, which no order of numbers makes up for.</param>
/// <param name="rows">The runs of its first dimension; empty where its order is always the same.</param>
/// <param name="columns">The runs of its second dimension; empty where its order is always the same.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FlattenedTensor(string name, FlattenedRun[] rows, FlattenedRun[] columns)
{
    /// <summary>Gets the tensor's name, or the layer's.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the runs of the first dimension.</summary>
    public IReadOnlyList<FlattenedRun> Rows { get; } = rows;

    /// <summary>Gets the runs of the second dimension.</summary>
    public IReadOnlyList<FlattenedRun> Columns { get; } = columns;

    /// <summary>Gets a value indicating whether numbers can be moved from one order to the other.</summary>
    internal bool CanMove => Rows.Count + Columns.Count > 0;

    /// <summary>The numbers of the tensor in the other order.</summary>
    /// <param name="values">The numbers in the canonical shape.</param>
    /// <param name="shape">The canonical shape.</param>
    /// <param name="toChannelsLast">Whether they have channels first and are to have them last; else the other way round.</param>
    internal float[] Move(float[] values, IReadOnlyList<int> shape, bool toChannelsLast)
    {
        var rows = Sources(Rows, shape[0], toChannelsLast);
        var width = values.Length / Math.Max(shape[0], 1);
        var columns = Sources(Columns, width, toChannelsLast);
        var moved = new float[values.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            var from = values.AsSpan(rows[row] * width, width);
            var to = moved.AsSpan(row * width, width);
            for (var column = 0; column < to.Length; column++)
                to[column] = from[columns[column]];
        }

        return moved;
    }

    /// <summary>For each place the one from which its number comes.</summary>
    private static int[] Sources(IReadOnlyList<FlattenedRun> runs, int length, bool toChannelsLast)
    {
        var sources = new int[length];
        for (var i = 0; i < length; i++)
            sources[i] = i;
        var start = 0;
        foreach (var (height, width, channels) in runs)
        {
            var pixels = height * width;
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    var (last, first) = (start + (pixel * channels) + channel, start + (channel * pixels) + pixel);
                    sources[toChannelsLast ? last : first] = toChannelsLast ? first : last;
                }
            }

            start += pixels * channels;
        }

        return sources;
    }
}
