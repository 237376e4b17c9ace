using System;
using System.Globalization;
using System.Text;

namespace Cnn.Reference;

/// <summary>
/// A window that slides over a padded plane. Output (y, x) sees the rows y * strideHeight - top + i * dilationHeight for i in
/// [0, kernelHeight) and the columns x * strideWidth - left + j * dilationWidth for j in [0, kernelWidth).
/// </summary>
public readonly record struct Window
{
    /// <summary>A window with the same stride in both directions, without dilation.</summary>
    /// <param name="kernelHeight">Rows of the window, at least 1.</param>
    /// <param name="kernelWidth">Columns of the window, at least 1.</param>
    /// <param name="stride">Step in both directions, at least 1.</param>
    /// <param name="top">Padding above the first row, at least 0.</param>
    /// <param name="left">Padding before the first column, at least 0.</param>
    /// <param name="bottom">Padding below the last row, at least 0.</param>
    /// <param name="right">Padding after the last column, at least 0.</param>
    public Window(int kernelHeight, int kernelWidth, int stride = 1, int top = 0, int left = 0, int bottom = 0, int right = 0)
    {
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
        StrideHeight = stride;
        StrideWidth = stride;
        Top = top;
        Left = left;
        Bottom = bottom;
        Right = right;
        DilationHeight = 1;
        DilationWidth = 1;
    }

    /// <summary>Gets the rows of the window, at least 1.</summary>
    public int KernelHeight { get; init; }

    /// <summary>Gets the columns of the window, at least 1.</summary>
    public int KernelWidth { get; init; }

    /// <summary>Gets the stride in rows, at least 1.</summary>
    public int StrideHeight { get; init; }

    /// <summary>Gets the stride in columns, at least 1.</summary>
    public int StrideWidth { get; init; }

    /// <summary>Gets the padding above the first row, at least 0.</summary>
    public int Top { get; init; }

    /// <summary>Gets the padding before the first column, at least 0.</summary>
    public int Left { get; init; }

    /// <summary>Gets the padding below the last row, at least 0.</summary>
    public int Bottom { get; init; }

    /// <summary>Gets the padding after the last column, at least 0.</summary>
    public int Right { get; init; }

    /// <summary>Gets the rows from one row of the window to its next, at least 1.</summary>
    public int DilationHeight { get; init; }

    /// <summary>Gets the columns from one column of the window to its next, at least 1.</summary>
    public int DilationWidth { get; init; }

    /// <summary>
    /// Gets a value indicating whether the last window may reach beyond the padded input, provided that it starts inside the input or
    /// its left (upper) padding: PyTorch's ceil_mode.
    /// </summary>
    public bool CeilMode { get; init; }

    /// <summary>The output shape of one channel: <see cref="OutputHeight"/> x <see cref="OutputWidth"/>.</summary>
    /// <exception cref="ArgumentException">The window does not fit the padded input, or is not a window.</exception>
    public VolumeShape Outputs(int channels, VolumeShape input) => new(channels, OutputHeight(input.Height), OutputWidth(input.Width));

    /// <summary>
    /// Output rows: floor((n + top + bottom - d * (f - 1) - 1) / s) + 1; the ceiling in ceil mode, less one if the last window would
    /// start below the input (PyTorch's rule).
    /// </summary>
    /// <exception cref="ArgumentException">The window does not fit the padded input, or is not a window.</exception>
    public int OutputHeight(int height) => Outputs(height, Top, Bottom, KernelHeight, StrideHeight, DilationHeight, "rows");

    /// <summary>Output columns: as <see cref="OutputHeight"/>, with left and right.</summary>
    /// <exception cref="ArgumentException">The window does not fit the padded input, or is not a window.</exception>
    public int OutputWidth(int width) => Outputs(width, Left, Right, KernelWidth, StrideWidth, DilationWidth, "columns");

    /// <summary>
    /// The input row under row <paramref name="i"/> of the window of output row <paramref name="y"/>; padding if outside.
    /// </summary>
    public int Row(int y, int i) => (y * StrideHeight) - Top + (i * DilationHeight);

    /// <summary>The input column under column <paramref name="j"/> of the window of output column <paramref name="x"/>.</summary>
    public int Column(int x, int j) => (x * StrideWidth) - Left + (j * DilationWidth);

    /// <summary>
    /// The outputs whose row <paramref name="i"/> lies on the input and not on padding: from first up to, not including, end.
    /// </summary>
    internal (int First, int End) RowsOnInput(int i, int height, int outputs) =>
        OnInput(Top - (i * DilationHeight), StrideHeight, height, outputs);

    /// <summary>The outputs whose column <paramref name="j"/> lies on the input: from first up to, not including, end.</summary>
    internal (int First, int End) ColumnsOnInput(int j, int width, int outputs) =>
        OnInput(Left - (j * DilationWidth), StrideWidth, width, outputs);

    internal void RequireValid()
    {
        if (KernelHeight < 1 || KernelWidth < 1 || StrideHeight < 1 || StrideWidth < 1 || DilationHeight < 1 || DilationWidth < 1
            || Top < 0 || Left < 0 || Bottom < 0 || Right < 0)
        {
            throw new ArgumentException($"A window needs a positive kernel, stride and dilation and no negative padding: {this}.");
        }
    }

    /// <summary>The k with 0 &lt;= k * stride - shift &lt; length.</summary>
    private static (int First, int End) OnInput(int shift, int stride, int length, int outputs)
    {
        var first = PositiveCeiling(shift, stride);
        return (first, Math.Max(first, Math.Min(outputs, PositiveCeiling(length + shift, stride))));
    }

    private static int PositiveCeiling(int dividend, int divisor) => dividend <= 0 ? 0 : ((dividend - 1) / divisor) + 1;

    /// <summary>The text that <c>ToString</c> writes, the same in every culture.</summary>
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"KernelHeight = {KernelHeight}, KernelWidth = {KernelWidth}, ")
            .Append(CultureInfo.InvariantCulture, $"StrideHeight = {StrideHeight}, StrideWidth = {StrideWidth}, ")
            .Append(CultureInfo.InvariantCulture, $"Top = {Top}, Left = {Left}, Bottom = {Bottom}, Right = {Right}, ")
            .Append(CultureInfo.InvariantCulture, $"DilationHeight = {DilationHeight}, DilationWidth = {DilationWidth}, ")
            .Append("CeilMode = ").Append(CeilMode);
        return true;
    }

    private int Outputs(int length, int before, int after, int kernel, int stride, int dilation, string direction)
    {
        RequireValid();
        var padded = checked(length + before + after);
        var extent = checked((dilation * (kernel - 1)) + 1);
        var room = padded - extent;
        if (CeilMode && room > -stride)
        {
            var steps = PositiveCeiling(room, stride);
            return steps * stride >= length + before ? steps : steps + 1;
        }

        return room >= 0
            ? (room / stride) + 1
            : throw new ArgumentException(
                $"A window of {extent} {direction} does not fit the {padded} {direction} of the padded input.");
    }
}
