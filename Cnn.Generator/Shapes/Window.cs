using System;
using Cnn.Generator.Graph;

namespace Cnn.Generator.Shapes;

/// <summary>Padding as declared: a number of zeros on every side, or what keeps ceil(n / stride) outputs.</summary>
internal readonly record struct PaddingSpec(bool IsSame, int Amount)
{
    public static PaddingSpec Same => new(true, 0);

    public static PaddingSpec Of(int amount) => new(false, amount);
}

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
    /// <summary>
    /// Resolves a declared window over <paramref name="input"/>. Under Same the output is ceil(n / stride) and an odd total
    /// puts the extra zero at the bottom and right, as TensorFlow and ONNX's SAME_UPPER do.
    /// </summary>
    public static Window Resolve(Shape input, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth, PaddingSpec padding)
    {
        if (!padding.IsSame)
        {
            return new Window(
                kernelHeight, kernelWidth, strideHeight, strideWidth, padding.Amount, padding.Amount, padding.Amount, padding.Amount);
        }

        var vertical = SameTotal(input.Height, kernelHeight, strideHeight);
        var horizontal = SameTotal(input.Width, kernelWidth, strideWidth);
        return new Window(
            kernelHeight,
            kernelWidth,
            strideHeight,
            strideWidth,
            vertical / 2,
            horizontal / 2,
            vertical - (vertical / 2),
            horizontal - (horizontal / 2));
    }

    /// <summary>Output rows: floor((n + top + bottom - f) / s) + 1.</summary>
    public int OutputHeight(int height) => Outputs(height + Top + Bottom, KernelHeight, StrideHeight);

    /// <summary>Output columns: floor((n + left + right - f) / s) + 1.</summary>
    public int OutputWidth(int width) => Outputs(width + Left + Right, KernelWidth, StrideWidth);

    /// <summary>Rows of the input that no window reads.</summary>
    public int UnreadRows(int height) => height - Covered(height, Top, KernelHeight, StrideHeight, OutputHeight(height));

    /// <summary>Columns of the input that no window reads.</summary>
    public int UnreadColumns(int width) => width - Covered(width, Left, KernelWidth, StrideWidth, OutputWidth(width));

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

    private static int Outputs(int padded, int kernel, int stride) => padded < kernel ? 0 : ((padded - kernel) / stride) + 1;

    private static int SameTotal(int size, int kernel, int stride)
    {
        // In this order nothing overflows, whatever the declaration says.
        var outputs = ((size - 1) / stride) + 1;
        return Math.Max(0, ((outputs - 1) * stride) - size + kernel);
    }
}
