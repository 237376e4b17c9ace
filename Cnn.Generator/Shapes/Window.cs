using System;

namespace Cnn.Generator.Shapes;

/// <summary>A sliding window with its padding resolved to four sides.</summary>
internal readonly record struct Window(
    int KernelHeight,
    int KernelWidth,
    int StrideHeight,
    int StrideWidth,
    int Top,
    int Left,
    int Bottom,
    int Right)
{
    /// <summary>More reads than this are not worth counting for a hint.</summary>
    private const int CountedReads = 1 << 20;

    /// <summary>Gets the distance between the rows that a window reads.</summary>
    public int DilationHeight { get; init; } = 1;

    /// <summary>Gets the distance between the columns that a window reads.</summary>
    public int DilationWidth { get; init; } = 1;

    /// <summary>
    /// Gets a value indicating whether the output size is rounded up, so that a last window may reach beyond the padded input; it
    /// starts inside the input or its padding at the top or left.
    /// </summary>
    public bool CeilMode { get; init; }

    /// <summary>Gets the rows that a window spans: d * (f - 1) + 1.</summary>
    public int ExtentHeight => (DilationHeight * (KernelHeight - 1)) + 1;

    /// <summary>Gets the columns that a window spans: d * (f - 1) + 1.</summary>
    public int ExtentWidth => (DilationWidth * (KernelWidth - 1)) + 1;

    public bool IsDilated => DilationHeight > 1 || DilationWidth > 1;

    public bool IsPadded => (Top | Left | Bottom | Right) != 0;

    /// <summary>Output rows: floor((n + top + bottom - d * (f - 1) - 1) / s) + 1, or that of ceil mode.</summary>
    public int OutputHeight(int height) => Outputs(height, Top, Bottom, ExtentHeight, StrideHeight, CeilMode);

    /// <summary>Output columns: floor((n + left + right - d * (f - 1) - 1) / s) + 1, or that of ceil mode.</summary>
    public int OutputWidth(int width) => Outputs(width, Left, Right, ExtentWidth, StrideWidth, CeilMode);

    /// <summary>Rows below the input that some window reads; in ceil mode there may be more than <see cref="Bottom"/>.</summary>
    public int BeyondBottom(int height) => Beyond(height, Top, ExtentHeight, StrideHeight, OutputHeight(height));

    /// <summary>Columns right of the input that some window reads; in ceil mode there may be more than <see cref="Right"/>.</summary>
    public int BeyondRight(int width) => Beyond(width, Left, ExtentWidth, StrideWidth, OutputWidth(width));

    /// <summary>Rows of the input that no window reads.</summary>
    public int UnreadRows(int height) => Unread(height, Top, KernelHeight, DilationHeight, StrideHeight, OutputHeight(height));

    /// <summary>Columns of the input that no window reads.</summary>
    public int UnreadColumns(int width) => Unread(width, Left, KernelWidth, DilationWidth, StrideWidth, OutputWidth(width));

    /// <summary>
    /// A window that reads the same of an input, with no number beyond it: a stride that leaves the padded input, and a dilation of a single tap,
    /// are as good as any other, and of a window that is rounded up the taps behind it read nothing. So offsets stay within int.
    /// </summary>
    public Window WithinReach(Graph.Shape input)
    {
        var (height, width) = (input.Height + Top + Bottom, input.Width + Left + Right);
        return this with
        {
            StrideHeight = Math.Max(1, Math.Min(StrideHeight, height)),
            StrideWidth = Math.Max(1, Math.Min(StrideWidth, width)),
            DilationHeight = KernelHeight == 1 ? 1 : DilationHeight,
            DilationWidth = KernelWidth == 1 ? 1 : DilationWidth,
            KernelHeight = CeilMode && DilationHeight == 1 ? Math.Min(KernelHeight, height) : KernelHeight,
            KernelWidth = CeilMode && DilationWidth == 1 ? Math.Min(KernelWidth, width) : KernelWidth,
        };
    }

    private static int Outputs(long size, long before, long after, long extent, long stride, bool ceil)
    {
        var room = size + before + after - extent + (ceil ? stride - 1 : 0);
        if (room < 0)
            return 0;
        var outputs = (room / stride) + 1;
        return (int)(ceil && (outputs - 1) * stride >= size + before ? outputs - 1 : outputs);
    }

    private static int Beyond(int size, int before, int extent, int stride, int outputs) =>
        (int)Math.Max(0, ((outputs - 1L) * stride) + extent - before - size);

    private static int Unread(int size, int before, int kernel, int dilation, int stride, int outputs)
    {
        if (dilation == 1 || kernel == 1)
            return size - Covered(size, before, kernel, stride, outputs);
        // At stride 1 each tap reads a run of rows, and the runs stand a dilation apart: a window of those sizes the other way round.
        if (stride == 1)
            return size - Covered(size, before, outputs, dilation, kernel);
        return (long)outputs * kernel > CountedReads || size > CountedReads
            ? 0
            : CountUnread(size, before, kernel, dilation, stride, outputs);
    }

    private static int CountUnread(int size, int before, int kernel, int dilation, int stride, int outputs)
    {
        var read = new bool[size];
        var unread = size;
        for (var output = 0; output < outputs; output++)
        {
            for (var tap = 0; tap < kernel; tap++)
            {
                var row = ((long)output * stride) + ((long)tap * dilation) - before;
                if (row < 0 || row >= size || read[row])
                    continue;
                read[row] = true;
                unread--;
            }
        }

        return unread;
    }

    private static int Covered(int size, int before, int kernel, int stride, int outputs) =>
        (int)(CoveredBelow((long)size + before, kernel, stride, outputs) - CoveredBelow(before, kernel, stride, outputs));

    /// <summary>How many of the first <paramref name="end"/> positions of the padded input some window reads.</summary>
    private static long CoveredBelow(long end, int kernel, int stride, int outputs)
    {
        if (stride <= kernel)
            return Math.Min(end, ((outputs - 1L) * stride) + kernel);
        var windows = Math.Min(end / stride, outputs);
        return (windows * kernel) + (windows < outputs ? Math.Min(end % stride, kernel) : 0);
    }
}
