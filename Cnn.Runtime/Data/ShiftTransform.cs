using System;

namespace Cnn;

/// <summary><see cref="ImageTransform.Shift(int, int, ImageFill)"/>.</summary>
internal sealed class ShiftTransform : ImageTransform
{
    private readonly int _vertical;
    private readonly int _horizontal;
    private readonly bool _edge;

    public ShiftTransform(int vertical, int horizontal, ImageFill fill)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(vertical);
        ArgumentOutOfRangeException.ThrowIfNegative(horizontal);
        (_vertical, _horizontal, _edge) = (vertical, horizontal, fill == ImageFill.Edge);
    }

    internal override void Apply(in ImageWork work, ref SplitMix64 random)
    {
        var (down, right) = (NextAround(ref random, _vertical), NextAround(ref random, _horizontal));
        if (down == 0 && right == 0)
            return;
        work.Copy();
        var shape = work.Shape;
        for (var plane = 0; plane < shape.Planes; plane++)
        {
            var start = plane * shape.Pixels;
            var length = shape.Pixels * shape.Depth;
            Move(work.ImageCopy.Slice(start, length), work.Image.Slice(start, length), shape, shape.Depth, down, right, 0f);
        }

        if (!work.Labels.IsEmpty)
            Move(work.LabelCopy, work.Labels, shape, 1, down, right, work.FillLabel);
    }

    private void Move<T>(ReadOnlySpan<T> source, Span<T> target, ImageShape shape, int depth, int down, int right, T fill)
    {
        var pitch = shape.Width * depth;
        for (var y = 0; y < shape.Height; y++)
        {
            var row = target.Slice(y * pitch, pitch);
            var from = y - (long)down;
            if (!_edge && (from < 0 || from >= shape.Height))
                row.Fill(fill);
            else
                MoveRow(source.Slice((int)Math.Clamp(from, 0, shape.Height - 1) * pitch, pitch), row, shape.Width, depth, right, fill);
        }
    }

    private void MoveRow<T>(ReadOnlySpan<T> source, Span<T> target, int width, int depth, int right, T fill)
    {
        var lost = Math.Min(Math.Abs((long)right), width);
        var kept = (width - (int)lost) * depth;
        var gap = right > 0 ? target[..(target.Length - kept)] : target[kept..];
        if (right > 0)
            source[..kept].CopyTo(target[gap.Length..]);
        else
            source[gap.Length..].CopyTo(target);

        if (!_edge)
        {
            gap.Fill(fill);
            return;
        }

        var edge = right > 0 ? source[..depth] : source[^depth..];
        for (var i = 0; i < gap.Length; i += depth)
            edge.CopyTo(gap[i..]);
    }
}
