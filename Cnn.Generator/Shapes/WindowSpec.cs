using System;
using Cnn.Generator.Graph;

namespace Cnn.Generator.Shapes;

/// <summary>A sliding window as declared, before the input is known.</summary>
internal readonly record struct WindowSpec(int Height, int Width, int StrideHeight, int StrideWidth, PaddingSpec Padding)
{
    /// <summary>Gets the distance between the rows that a window reads.</summary>
    public int DilationHeight { get; init; } = 1;

    /// <summary>Gets the distance between the columns that a window reads.</summary>
    public int DilationWidth { get; init; } = 1;

    /// <summary>Gets a value indicating whether the output size is rounded up.</summary>
    public bool CeilMode { get; init; }

    /// <summary>Gets the rows that a window spans: d * (f - 1) + 1.</summary>
    public long ExtentHeight => Extent(Height, DilationHeight);

    /// <summary>Gets the columns that a window spans: d * (f - 1) + 1.</summary>
    public long ExtentWidth => Extent(Width, DilationWidth);

    public bool IsDilated => DilationHeight > 1 || DilationWidth > 1;

    public static WindowSpec Square(int size, int stride, PaddingSpec padding) => new(size, size, stride, stride, padding);

    /// <summary>The rows of the padded input; in decimal, for no declaration overflows it.</summary>
    public decimal PaddedHeight(int height) => height + (Padding.IsSame
        ? SameTotal(height, ExtentHeight, StrideHeight)
        : (decimal)Padding.Top + Padding.Bottom);

    /// <summary>The columns of the padded input; in decimal, for no declaration overflows it.</summary>
    public decimal PaddedWidth(int width) => width + (Padding.IsSame
        ? SameTotal(width, ExtentWidth, StrideWidth)
        : (decimal)Padding.Left + Padding.Right);

    /// <summary>
    /// Resolves the padding over <paramref name="input"/>. Under Same the output is ceil(n / stride) and an odd total
    /// puts the extra zero at the bottom and right, as TensorFlow and ONNX's SAME_UPPER do.
    /// </summary>
    public Window Resolve(Shape input)
    {
        var (top, left, bottom, right) = (Padding.Top, Padding.Left, Padding.Bottom, Padding.Right);
        if (Padding.IsSame)
        {
            (top, bottom) = Halves(SameTotal(input.Height, ExtentHeight, StrideHeight));
            (left, right) = Halves(SameTotal(input.Width, ExtentWidth, StrideWidth));
        }

        return new Window(Height, Width, StrideHeight, StrideWidth, top, left, bottom, right)
        {
            DilationHeight = DilationHeight,
            DilationWidth = DilationWidth,
            CeilMode = CeilMode && !Padding.IsSame,
        };
    }

    private static long Extent(int size, int dilation) => (dilation * (size - 1L)) + 1;

    private static (int Before, int After) Halves(long total)
    {
        var counted = (int)Math.Min(total, int.MaxValue);
        return (counted / 2, counted - (counted / 2));
    }

    private static long SameTotal(int size, long extent, int stride)
    {
        // In this order nothing overflows, whatever the declaration says.
        var outputs = ((size - 1) / stride) + 1;
        return Math.Max(0, ((outputs - 1L) * stride) - size + extent);
    }
}
