using System;
using System.Collections.Generic;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Layers;

/// <summary>A layer that slides a window over a volume.</summary>
internal interface IWindowed
{
    WindowSpec Spec { get; }

    /// <summary>Gets what messages call the window: <c>kernel</c> or <c>window</c>.</summary>
    string Noun { get; }

    Window Window(Shape input);
}

/// <summary>What convolution and pooling check alike: that the window fits, what it leaves unread, where the padding goes.</summary>
internal static class WindowChecks
{
    /// <returns>Whether the window fits, so that the output has a shape.</returns>
    public static bool Check(IWindowed layer, Shape input, LayerCheck check)
    {
        if (!CheckFits(layer, input, check))
            return false;
        Hint(layer, input, check);
        return true;
    }

    /// <summary>The errors alone.</summary>
    public static bool CheckFits(IWindowed layer, Shape input, LayerCheck check) =>
        CheckFit(layer, input, check) && CheckPaddedSize(layer, input, check);

    /// <summary>What is worth knowing about a window that fits.</summary>
    public static void Hint(IWindowed layer, Shape input, LayerCheck check)
    {
        var window = layer.Window(input);
        CheckUnread(layer, input, window, check);
        CheckEven(layer, window, check);
    }

    /// <summary>The argument that gives the size of the window: one for both sides, or one a side.</summary>
    private static string SizeArgument(LayerCheck check, bool height) =>
        check.Has("size") ? "size"
        : check.Has("kernel") ? "kernel"
        : check.Has("kernelHeight") ? (height ? "kernelHeight" : "kernelWidth") : (height ? "height" : "width");

    private static bool CheckFit(IWindowed layer, Shape input, LayerCheck check)
    {
        var spec = layer.Spec;
        if (spec.Padding.IsSame)
            return true;
        var height = spec.PaddedHeight(input.Height);
        var width = spec.PaddedWidth(input.Width);
        // Rounding up, a window that starts inside may reach beyond the padding.
        var reachHeight = height + (spec.CeilMode ? spec.StrideHeight - 1 : 0);
        var reachWidth = width + (spec.CeilMode ? spec.StrideWidth - 1 : 0);
        if (spec.ExtentHeight <= reachHeight && spec.ExtentWidth <= reachWidth)
            return true;

        var largestHeight = Math.Floor((reachHeight - 1) / spec.DilationHeight) + 1;
        var largestWidth = Math.Floor((reachWidth - 1) / spec.DilationWidth) + 1;
        var fits = spec.Height == spec.Width
            ? Text.Whole(Math.Min(largestHeight, largestWidth))
            : Text.Whole(Math.Min(largestHeight, spec.Height)) + "x" + Text.Whole(Math.Min(largestWidth, spec.Width));
        var dilated = spec.IsDilated
            ? " with dilation " + WindowText.Pair(spec.DilationHeight, spec.DilationWidth) + ", which spans "
                + Text.Number(spec.ExtentHeight) + "x" + Text.Number(spec.ExtentWidth) + ","
            : "";
        check.Report(
            Rules.KernelDoesNotFit,
            SizeArgument(check, spec.ExtentHeight > reachHeight),
            WindowRemedies.ToFit(layer, Math.Min(largestHeight, largestWidth), NeededPadding(layer, input), check),
            WindowText.Size(spec) + " " + layer.Noun + dilated,
            check.Producer.Output(input) + Padded(spec, input, height, width),
            "the largest that fits is " + fits + OrPadding(NeededPadding(layer, input))
                + OrOrder(spec.ExtentHeight > reachHeight, check) + ArgumentOrder.OrOrder(input, check));
        return false;
    }

    private static string OrPadding(long? needed) => needed is { } padding ? ", or Padding = " + Text.Number(padding) : "";

    private static string OrOrder(bool isTooLow, LayerCheck check) =>
        isTooLow && check.NetworkInput is { } input && InputOrder.IsSuspect(input)
            ? "; the order is height, width, channels: " + InputOrder.Meant(input)
            : "";

    /// <summary>The padding that makes a window fit; null where as much on all sides would not do or is not allowed.</summary>
    private static long? NeededPadding(IWindowed layer, Shape input)
    {
        var spec = layer.Spec;
        if (!spec.Padding.IsUniform)
            return null;
        var needed = Math.Max((spec.ExtentHeight - input.Height + 1L) / 2, (spec.ExtentWidth - input.Width + 1L) / 2);
        var isTooMuch = layer is PoolLayer && (2 * needed > spec.Height || 2 * needed > spec.Width);
        return isTooMuch ? null : needed;
    }

    private static string Padded(WindowSpec spec, Shape input, decimal height, decimal width)
    {
        if (height == input.Height && width == input.Width)
            return "";
        var (top, left, bottom, right) = (spec.Padding.Top, spec.Padding.Left, spec.Padding.Bottom, spec.Padding.Right);
        var rows = Text.Number(input.Height) + Sum(top, bottom);
        var columns = Text.Number(input.Width) + Sum(left, right);
        return ", padded to " + Text.Whole(height) + "x" + Text.Whole(width) + " (" + rows + (rows == columns ? ")" : " by " + columns + ")");
    }

    private static string Sum(int before, int after) => before == after
        ? " + 2 * " + Text.Number(before)
        : " + " + Text.Number(before) + " + " + Text.Number(after);

    /// <summary>Keeps the arithmetic of everything behind within int.</summary>
    private static bool CheckPaddedSize(IWindowed layer, Shape input, LayerCheck check)
    {
        var spec = layer.Spec;
        var argument = check.Has("Padding") ? "Padding"
            : spec.Padding.Top > 0 && check.Has("PaddingTop") ? "PaddingTop"
            : spec.Padding.Bottom > 0 && check.Has("PaddingBottom") ? "PaddingBottom"
            : spec.Padding.Left > 0 && check.Has("PaddingLeft") ? "PaddingLeft" : "PaddingRight";
        return check.FitsArray(
            argument,
            "a padded input",
            spec.PaddedHeight(input.Height),
            spec.PaddedWidth(input.Width),
            input.Channels,
            spec.Padding.IsSame ? "use a smaller " + layer.Noun : "use less padding");
    }

    private static void CheckUnread(IWindowed layer, Shape input, Window window, LayerCheck check)
    {
        var rows = window.UnreadRows(input.Height);
        var columns = window.UnreadColumns(input.Width);
        if (rows == 0 && columns == 0)
            return;
        var spec = layer.Spec;
        var unread = Text.And(
        [
            rows == 0 ? "" : Part(rows, input.Height, "row"),
            columns == 0 ? "" : Part(columns, input.Width, "column"),
        ]);
        var side = rows > 0 ? "StrideHeight" : "StrideWidth";
        var argument = check.Has(side) ? side : check.Has("Stride") ? "Stride" : SizeArgument(check, rows > 0);
        var stride = WindowRemedies.NearestStride(spec, input, check);
        var remedies = WindowRemedies.ToReadAll(layer, input, stride, check);

        // A 1x1 window with a stride takes a part of the pixels and means to.
        var stepsOver = (rows > 0 && spec.StrideHeight > spec.ExtentHeight) || (columns > 0 && spec.StrideWidth > spec.ExtentWidth);
        if (stepsOver && spec is not { Height: 1, Width: 1 })
        {
            check.Report(
                Rules.StrideAboveWindow,
                argument,
                remedies,
                unread,
                check.Producer.Output(input),
                WindowText.Pair(spec.StrideHeight, spec.StrideWidth),
                layer.Noun,
                Text.Number(spec.ExtentHeight) + "x" + Text.Number(spec.ExtentWidth),
                stride is { } nearest ? "Stride = " + Text.Number(nearest) + " reads everything" : "use a smaller stride");
            return;
        }

        check.Report(
            Rules.UnreadInput,
            argument,
            remedies,
            unread,
            check.Producer.Output(input),
            rows > 0
                ? Steps(
                    layer, input.Height, window.Top + window.Bottom, window.ExtentHeight, window.StrideHeight, window.DilationHeight)
                : Steps(layer, input.Width, window.Left + window.Right, window.ExtentWidth, window.StrideWidth, window.DilationWidth));
    }

    private static string Part(int unread, int all, string noun) => Text.Number(unread) + " of " + Text.Count(all, noun);

    /// <summary>Why a side stays unread: a step beyond the window, taps that never meet it, or the rest of a division.</summary>
    private static string Steps(IWindowed layer, int size, int padding, int extent, int stride, int dilation)
    {
        var spec = layer.Spec;
        if (stride > extent)
        {
            return "a stride of " + WindowText.Pair(spec.StrideHeight, spec.StrideWidth) + " steps over a part of them, for the "
                + layer.Noun + " is " + WindowText.Size(spec);
        }

        // Rounded up, no rest stays unread.
        var rest = spec.CeilMode ? 0 : (size + padding - extent) % stride;
        if (rest == 0)
            return "a stride of " + Text.Number(stride) + " and a dilation of " + Text.Number(dilation) + " step over a part of them";
        var sum = Text.Number(size) + (padding == 0 ? "" : " + " + Text.Number(padding)) + " - " + Text.Number(extent);
        return "(" + sum + ") / " + Text.Number(stride) + " leaves a rest of " + Text.Number(rest);
    }

    private static void CheckEven(IWindowed layer, Window window, LayerCheck check)
    {
        if (!layer.Spec.Padding.IsSame || (window.Top == window.Bottom && window.Left == window.Right))
            return;
        var sides = new List<string>();
        if (window.Top != window.Bottom)
            sides.Add(Text.Count(window.Top, "row") + " at the top and " + Text.Number(window.Bottom) + " at the bottom");
        if (window.Left != window.Right)
            sides.Add(Text.Count(window.Left, "column") + " at the left and " + Text.Number(window.Right) + " at the right");
        check.Report(Rules.UnevenSamePadding, "Padding", string.Join(" and ", sides));
    }

}
