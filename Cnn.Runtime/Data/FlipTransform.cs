using System;

namespace Cnn;

/// <summary><see cref="ImageTransform.FlipHorizontally"/> and <see cref="ImageTransform.FlipVertically"/>.</summary>
internal sealed class FlipTransform : ImageTransform
{
    private readonly double _probability;
    private readonly bool _horizontally;

    public FlipTransform(double probability, bool horizontally)
    {
        Ranges.RequireNotNegative(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1);
        (_probability, _horizontally) = (probability, horizontally);
    }

    internal override void Apply(in ImageWork work, ref SplitMix64 random)
    {
        if (NextFraction(ref random) >= _probability)
            return;
        var shape = work.Shape;
        for (var row = 0; row < shape.Planes * shape.Height && _horizontally; row++)
            Reverse(work.Image.Slice(row * shape.Width * shape.Depth, shape.Width * shape.Depth), shape.Depth);
        for (var plane = 0; plane < shape.Planes && !_horizontally; plane++)
            Reverse(work.Image.Slice(plane * shape.Pixels, shape.Pixels * shape.Depth), shape.Width * shape.Depth);
        if (work.Labels.IsEmpty)
            return;

        for (var row = 0; row < shape.Height && _horizontally; row++)
            Reverse(work.Labels.Slice(row * shape.Width, shape.Width), 1);
        if (!_horizontally)
            Reverse(work.Labels, shape.Width);
    }

    /// <summary>Reverses the order of groups of numbers.</summary>
    private static void Reverse<T>(Span<T> values, int group)
    {
        if (group == 1)
        {
            values.Reverse();
            return;
        }

        for (int low = 0, high = values.Length - group; low < high; low += group, high -= group)
        {
            for (var i = 0; i < group; i++)
                (values[low + i], values[high + i]) = (values[high + i], values[low + i]);
        }
    }
}
