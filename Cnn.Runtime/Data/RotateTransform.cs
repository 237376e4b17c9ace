using System;

namespace Cnn;

/// <summary><see cref="ImageTransform.Rotate"/>.</summary>
internal sealed class RotateTransform : ImageTransform
{
    private readonly double _degrees;
    private readonly bool _edge;

    public RotateTransform(double degrees, ImageFill fill)
    {
        Ranges.RequireNotNegative(degrees);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(degrees, 180);
        (_degrees, _edge) = (degrees, fill == ImageFill.Edge);
    }

    internal override void Apply(in ImageWork work, ref SplitMix64 random) =>
        Turn(work, ((2 * NextFraction(ref random)) - 1) * _degrees);

    /// <summary>Turns by an angle: what lies to the right of the centre goes down.</summary>
    internal void Turn(in ImageWork work, double degrees)
    {
        work.Copy();
        var shape = work.Shape;
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        var (middleX, middleY) = ((shape.Width - 1) / 2.0, (shape.Height - 1) / 2.0);
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                // The inverse turn says where the pixel comes from.
                var fromX = middleX + ((x - middleX) * cosine) + ((y - middleY) * sine);
                var fromY = middleY - ((x - middleX) * sine) + ((y - middleY) * cosine);
                Interpolate(work, (y * shape.Width) + x, (float)fromX, (float)fromY);
                if (!work.Labels.IsEmpty)
                    work.Labels[(y * shape.Width) + x] = Nearest(work, (float)fromX, (float)fromY);
            }
        }
    }

    private void Interpolate(in ImageWork work, int pixel, float x, float y)
    {
        var shape = work.Shape;
        int left = (int)MathF.Floor(x), top = (int)MathF.Floor(y);
        float partX = x - left, partY = y - top;
        int a = Place(shape, left, top), b = Place(shape, left + 1, top);
        int c = Place(shape, left, top + 1), d = Place(shape, left + 1, top + 1);
        var source = work.ImageCopy;
        var step = shape.IsPlanar ? shape.Pixels : 1;
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            var offset = channel * step;
            var upper = (At(source, a, offset) * (1 - partX)) + (At(source, b, offset) * partX);
            var lower = (At(source, c, offset) * (1 - partX)) + (At(source, d, offset) * partX);
            work.Image[(pixel * shape.Depth) + offset] = (upper * (1 - partY)) + (lower * partY);
        }
    }

    private int Nearest(in ImageWork work, float x, float y)
    {
        var place = Place(work.Shape with { Channels = 1 }, (int)MathF.Floor(x + 0.5f), (int)MathF.Floor(y + 0.5f));
        return place < 0 ? work.FillLabel : work.LabelCopy[place];
    }

    /// <summary>The index of a pixel's first number; -1 if there is none.</summary>
    private int Place(ImageShape shape, int x, int y)
    {
        if (_edge)
            (x, y) = (Math.Clamp(x, 0, shape.Width - 1), Math.Clamp(y, 0, shape.Height - 1));
        else if ((uint)x >= (uint)shape.Width || (uint)y >= (uint)shape.Height)
            return -1;
        return ((y * shape.Width) + x) * shape.Depth;
    }

    private static float At(ReadOnlySpan<float> source, int place, int offset) => place < 0 ? 0 : source[place + offset];
}
