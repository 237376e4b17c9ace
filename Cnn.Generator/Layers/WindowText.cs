using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Layers;

/// <summary>Windows in words.</summary>
internal static class WindowText
{
    /// <summary><c>5x3</c>.</summary>
    public static string Size(WindowSpec spec) => Text.Number(spec.Height) + "x" + Text.Number(spec.Width);

    /// <summary><c>2</c> for both sides, or <c>2x1</c>.</summary>
    public static string Pair(int height, int width) =>
        height == width ? Text.Number(height) : Text.Number(height) + "x" + Text.Number(width);

    /// <summary><c> with stride 1 and padding 2</c>.</summary>
    public static string Describe(Window window)
    {
        var stride = " with stride " + Pair(window.StrideHeight, window.StrideWidth)
            + (window.IsDilated ? ", dilation " + Pair(window.DilationHeight, window.DilationWidth) : "");
        var (top, left, bottom, right) = (window.Top, window.Left, window.Bottom, window.Right);
        var padding = !window.IsPadded ? " and no padding"
            : top == left && top == bottom && top == right ? " and padding " + Text.Number(top)
            : " and padding " + Sides(top, left, bottom, right) + " (top/left/bottom/right)";
        return stride + padding + (window.CeilMode ? ", rounded up" : "");
    }

    /// <summary><c> /2 pad 1</c>: what differs from the usual, for the table of layers.</summary>
    public static string Hyper(WindowSpec spec, int usualStrideHeight, int usualStrideWidth)
    {
        var padding = spec.Padding;
        return (spec.StrideHeight == usualStrideHeight && spec.StrideWidth == usualStrideWidth
                ? ""
                : " /" + Pair(spec.StrideHeight, spec.StrideWidth))
            + (spec.IsDilated ? " dilation " + Pair(spec.DilationHeight, spec.DilationWidth) : "")
            + (padding.IsSame ? " same"
                : !padding.IsUniform ? " pad " + Sides(padding.Top, padding.Left, padding.Bottom, padding.Right)
                : padding.Amount == 0 ? "" : " pad " + Text.Number(padding.Amount))
            + (spec.CeilMode ? " ceil" : "");
    }

    private static string Sides(int top, int left, int bottom, int right) =>
        Text.Number(top) + "/" + Text.Number(left) + "/" + Text.Number(bottom) + "/" + Text.Number(right);
}
