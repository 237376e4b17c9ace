using System;

namespace Cnn.Reference;

/// <summary>
/// A window that slides over a padded plane. Output (y, x) sees the rows y * stride - top + i for i in [0, kernelHeight) and the
/// columns x * stride - left + j for j in [0, kernelWidth).
/// </summary>
/// <param name="KernelHeight">Rows of the window, at least 1.</param>
/// <param name="KernelWidth">Columns of the window, at least 1.</param>
/// <param name="Stride">Step in both directions, at least 1.</param>
/// <param name="Top">Padding above the first row, at least 0.</param>
/// <param name="Left">Padding before the first column, at least 0.</param>
/// <param name="Bottom">Padding below the last row, at least 0.</param>
/// <param name="Right">Padding after the last column, at least 0.</param>
public readonly record struct Window(
    int KernelHeight,
    int KernelWidth,
    int Stride = 1,
    int Top = 0,
    int Left = 0,
    int Bottom = 0,
    int Right = 0)
{
    /// <summary>Output rows: floor((n + top + bottom - f) / s) + 1.</summary>
    /// <exception cref="ArgumentException">The window does not fit the padded input, or is not a window.</exception>
    public int OutputHeight(int height) => Outputs(height + Top + Bottom, KernelHeight, "rows");

    /// <summary>Output columns: floor((n + left + right - f) / s) + 1.</summary>
    /// <exception cref="ArgumentException">The window does not fit the padded input, or is not a window.</exception>
    public int OutputWidth(int width) => Outputs(width + Left + Right, KernelWidth, "columns");

    /// <summary>
    /// The input row under row <paramref name="i"/> of the window of output row <paramref name="y"/>; padding if outside.
    /// </summary>
    public int Row(int y, int i) => (y * Stride) - Top + i;

    /// <summary>The input column under column <paramref name="j"/> of the window of output column <paramref name="x"/>.</summary>
    public int Column(int x, int j) => (x * Stride) - Left + j;

    private int Outputs(int padded, int kernel, string direction)
    {
        if (KernelHeight < 1 || KernelWidth < 1 || Stride < 1 || Top < 0 || Left < 0 || Bottom < 0 || Right < 0)
            throw new ArgumentException($"A window needs a positive kernel and stride and no negative padding: {this}.");
        if (padded < kernel)
            throw new ArgumentException($"A window of {kernel} {direction} does not fit the {padded} {direction} of the padded input.");
        return ((padded - kernel) / Stride) + 1;
    }
}
