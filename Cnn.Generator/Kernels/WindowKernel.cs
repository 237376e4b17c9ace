using System;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Shapes;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>What the kernels of pooling share: the walk over the outputs, over the taps of a window, and the divisor of a mean.</summary>
internal abstract record WindowKernel(PoolGeometry Geometry) : Kernel
{
    protected Window Window => Geometry.Window;

    /// <summary>Gets what a sum is multiplied by to make it a mean, nothing where it stays a sum or is a maximum.</summary>
    protected string Factor => IsUneven ? "scale" : Geometry.IsSum || Geometry.IsMax ? "" : Text.Literal(1f / Geometry.Size);

    /// <summary>Gets a value indicating whether windows at the edges are divided by less.</summary>
    protected bool IsUneven => !Geometry.IsMax && !Geometry.IsSum && !Geometry.IsEvenlyDivided;

    /// <summary>The mean of a sum that is one float.</summary>
    protected string Mean(string sum) => Factor.Length == 0 ? sum : $"{sum} * {Factor}";

    /// <summary>The means of sums that are a vector.</summary>
    protected string Mean(VectorWidth width, string sums) => Factor.Length == 0 ? sums : width.Times(sums, Factor);

    /// <summary>Gets a value indicating whether the taps of a window are printed one by one.</summary>
    protected bool IsUnrolled => Geometry.Size <= CopyThresholds.LongestUnrolledWindow;

    /// <summary>Four channels fill a vector of 128 bits; fewer than eight are computed in such ones everywhere.</summary>
    protected static bool FillVectors(int channels) => channels >= VectorWidth.V128.Lanes;

    protected static VectorWidth Fitting(VectorWidth width, int channels) => channels < width.Lanes ? VectorWidth.V128 : width;

    /// <summary>The elements of a volume and of the border around it that windows reach.</summary>
    protected Region Windows(TensorLayout layout) => Region.Grid(
        layout.View,
        ((Geometry.OutHeight - 1) * Window.StrideHeight) + ((Window.KernelHeight - 1) * Window.DilationHeight) + 1,
        ((Geometry.OutWidth - 1) * Window.StrideWidth) + ((Window.KernelWidth - 1) * Window.DilationWidth) + 1,
        Geometry.Input.Channels).From(Corner(layout));

    /// <summary>The elements that are cleared first, since windows add to them or some are in no window: all of a buffer, or none.</summary>
    protected Region Unreached(TensorLayout layout) => Geometry.Covers ? Region.Nothing : Region.Run(layout.Length);

    /// <summary>Offset of the first tap of the first window.</summary>
    protected int Corner(TensorLayout layout) => layout.Origin - (Window.Top * layout.Row) - (Window.Left * layout.Pixel);

    /// <summary>Declares a reference at the window of output (y, x).</summary>
    protected ReferenceDeclaration DeclareWindow(string name, string reference, TensorLayout layout, string y, string x) => Declare(
        name, reference, Corner(layout), (y, Window.StrideHeight * layout.Row), (x, Window.StrideWidth * layout.Pixel));

    /// <summary>Builds the statements of each output, given its row and column.</summary>
    protected void EmitOutputs(KernelBody body, Action<string, string> build)
    {
        var (rowScope, y) = Loop(body, "y", Geometry.OutHeight, IsShared);
        using (rowScope)
        {
            var (columnScope, x) = Loop(body, "x", Geometry.OutWidth);
            using (columnScope)
                build(y, x);
        }
    }

    /// <summary>Builds the statements of each tap of a window: short ones unrolled, long ones in loops.</summary>
    protected void EmitTaps(KernelBody body, bool unroll, Action<Tap> build)
    {
        if (unroll && IsUnrolled)
        {
            for (var row = 0; row < Window.KernelHeight; row++)
            {
                for (var column = 0; column < Window.KernelWidth; column++)
                    build(new Tap(row, column, "", ""));
            }

            return;
        }

        using (body.For("ky", Window.KernelHeight))
        using (body.For("kx", Window.KernelWidth))
            build(new Tap(0, 0, "ky", "kx"));
    }

    /// <summary>The offset of a tap from the corner of its window, and of a channel.</summary>
    protected Offset Place(Tap tap, TensorLayout layout, string channel = "", int channelStride = 1)
    {
        var (row, column) = (Window.DilationHeight * layout.Row, Window.DilationWidth * layout.Pixel);
        return Distance((tap.Row * row) + (tap.Column * column), (tap.RowIndex, row), (tap.ColumnIndex, column), (channel, channelStride));
    }

    /// <summary>Declares the number by which the window of output (y, x) is divided.</summary>
    protected Declaration DeclareScale(string y, string x)
    {
        var rows = Inside(y, Window.StrideHeight, Window.Top, Window.Bottom, Window.KernelHeight, Geometry.Input.Height);
        var columns = Inside(x, Window.StrideWidth, Window.Left, Window.Right, Window.KernelWidth, Geometry.Input.Width);
        return new Declaration(LocalType.Float, [new LocalVariable("scale", $"1f / (({rows}) * ({columns}))")]);
    }

    private string Inside(string index, int stride, int before, int after, int kernel, int size)
    {
        var (first, end) = Geometry.CountIncludePad ? (-before, size + after) : (0, size);
        return $"global::System.Math.Min({Distance(kernel - before, (index, stride))}, {end}) - global::System.Math.Max({Distance(-before, (index, stride))}, {first})";
    }

    /// <summary>One element of a window: its place, or the indices of the loops that walk it.</summary>
    protected readonly record struct Tap(int Row, int Column, string RowIndex, string ColumnIndex);
}
