using System;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Shapes;

/// <summary>The numbers of one pooling, and which way to compute it suits its layout.</summary>
internal sealed record PoolGeometry(bool IsMax, Window Window, Shape Input, int OutHeight, int OutWidth)
{
    /// <summary>Gets a value indicating whether an average counts the declared padding as zeros.</summary>
    public bool CountIncludePad { get; init; } = true;

    /// <summary>Gets a value indicating whether a window is added up and not divided.</summary>
    public bool IsSum { get; init; }

    /// <summary>Gets a value indicating whether every element stands in one window.</summary>
    public bool Covers => IsDisjoint && !Window.IsPadded
        && OutHeight * Window.KernelHeight == Input.Height && OutWidth * Window.KernelWidth == Input.Width
        && Window.StrideHeight == Window.KernelHeight && Window.StrideWidth == Window.KernelWidth;

    public int Size => Window.KernelHeight * Window.KernelWidth;

    /// <summary>Gets a value indicating whether it is 2x2 with stride 2 over whole rows: the case that pairs of lanes compute.</summary>
    public bool IsPairs => Window is { KernelHeight: 2, KernelWidth: 2, StrideHeight: 2, StrideWidth: 2, Top: 0, Left: 0, IsDilated: false }
        && OutHeight * 2 <= Input.Height && OutWidth * 2 <= Input.Width;

    /// <summary>Gets a value indicating whether no element stands in two windows.</summary>
    public bool IsDisjoint => !Window.IsDilated
        && Window.StrideHeight >= Window.KernelHeight && Window.StrideWidth >= Window.KernelWidth;

    /// <summary>Gets a value indicating whether an average divides every window by its whole size.</summary>
    public bool IsEvenlyDivided =>
        RowDivisors.All(rows => rows == Window.KernelHeight) && ColumnDivisors.All(columns => columns == Window.KernelWidth);

    /// <summary>
    /// Gets the rows by which an average divides, for each row of the output: those of the window inside the input, and inside its padding
    /// where that counts. A window is divided by its rows times its <see cref="ColumnDivisors"/>.
    /// </summary>
    public EquatableArray<int> RowDivisors =>
        Divisors(Input.Height, Window.Top, Window.Bottom, Window.KernelHeight, Window.StrideHeight, OutHeight);

    /// <summary>Gets the columns by which an average divides, for each column of the output.</summary>
    public EquatableArray<int> ColumnDivisors =>
        Divisors(Input.Width, Window.Left, Window.Right, Window.KernelWidth, Window.StrideWidth, OutWidth);

    public Shape Output => Shape.Volume(OutHeight, OutWidth, Input.Channels);

    /// <summary>The maximum of each whole channel.</summary>
    public static PoolGeometry Whole(Shape input) =>
        new(true, new Window(input.Height, input.Width, input.Height, input.Width, 0, 0, 0, 0), input, 1, 1);

    /// <summary>The sums of blocks of a volume that was made of <paramref name="small"/> by whole factors.</summary>
    public static PoolGeometry Blocks(Shape small, int scaleHeight, int scaleWidth) => new(
        false,
        new Window(scaleHeight, scaleWidth, scaleHeight, scaleWidth, 0, 0, 0, 0),
        Shape.Volume(small.Height * scaleHeight, small.Width * scaleWidth, small.Channels),
        small.Height,
        small.Width)
    {
        IsSum = true,
    };

    private EquatableArray<int> Divisors(int size, int before, int after, int kernel, int stride, int outputs)
    {
        var first = CountIncludePad ? -before : 0;
        var end = CountIncludePad ? size + after : size;
        return Enumerable.Range(0, outputs)
            .Select(output => (output * stride) - before)
            .Select(start => Math.Min(start + kernel, end) - Math.Max(start, first))
            .ToEquatableArray();
    }
}
