using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Layers;

/// <summary>A layer that slides a window over a volume.</summary>
internal interface IWindowed
{
    int Height { get; }

    int Width { get; }

    int Stride { get; }

    PaddingSpec Padding { get; }

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
        if (!CheckFit(layer, input, check) || !CheckPaddedSize(layer, input, check))
            return false;
        var window = layer.Window(input);
        CheckUnread(layer, input, window, check);
        CheckEven(layer, window, check);
        return true;
    }

    /// <summary><c> with stride 1 and padding 2</c>.</summary>
    public static string Describe(Window window)
    {
        var stride = " with stride " + Text.Number(window.StrideHeight);
        int[] sides = [window.Top, window.Left, window.Bottom, window.Right];
        if (sides.All(side => side == 0))
            return stride + " and no padding";
        return sides.All(side => side == window.Top)
            ? stride + " and padding " + Text.Number(window.Top)
            : stride + " and padding " + string.Join("/", sides.Select(side => Text.Number(side))) + " (top/left/bottom/right)";
    }

    /// <summary>The argument that gives the size of the window: one for both sides, or one a side.</summary>
    private static string SizeArgument(LayerCheck check, string side) =>
        check.Has("size") ? "size" : check.Has("kernel") ? "kernel" : side;

    private static bool CheckFit(IWindowed layer, Shape input, LayerCheck check)
    {
        if (layer.Padding.IsSame)
            return true;
        var padding = layer.Padding.Amount;
        var height = input.Height + (2L * padding);
        var width = input.Width + (2L * padding);
        if (layer.Height <= height && layer.Width <= width)
            return true;

        var needed = Math.Max((layer.Height - input.Height + 1L) / 2, (layer.Width - input.Width + 1L) / 2);
        var fits = layer.Height == layer.Width
            ? Text.Number(Math.Min(height, width))
            : Text.Number(Math.Min(height, layer.Height)) + "x" + Text.Number(Math.Min(width, layer.Width));
        var isPool = layer is PoolLayer;
        var padded = padding == 0
            ? ""
            : ", padded to " + Text.Number(height) + "x" + Text.Number(width) + " (" + Text.Number(input.Height) + " + 2 * "
                + Text.Number(padding)
                + (height == width ? ")" : " by " + Text.Number(input.Width) + " + 2 * " + Text.Number(padding) + ")");
        check.Report(
            Rules.KernelDoesNotFit,
            SizeArgument(check, layer.Height > height ? "kernelHeight" : "kernelWidth"),
            Text.Number(layer.Height) + "x" + Text.Number(layer.Width) + " " + layer.Noun,
            check.Producer.Output(input) + padded,
            "the largest that fits is " + fits + (isPool && 2 * needed >= layer.Height ? "" : ", or Padding = " + Text.Number(needed)));
        return false;
    }

    /// <summary>Keeps the arithmetic of everything behind within int.</summary>
    private static bool CheckPaddedSize(IWindowed layer, Shape input, LayerCheck check)
    {
        decimal height;
        decimal width;
        if (layer.Padding.IsSame)
        {
            var window = layer.Window(input);
            height = (decimal)input.Height + window.Top + window.Bottom;
            width = (decimal)input.Width + window.Left + window.Right;
        }
        else
        {
            height = input.Height + (2m * layer.Padding.Amount);
            width = input.Width + (2m * layer.Padding.Amount);
        }

        var elements = height * width * input.Channels;
        if (elements <= SizeLimits.LargestArray)
            return true;
        var padded = height.ToString(CultureInfo.InvariantCulture) + "x" + width.ToString(CultureInfo.InvariantCulture) + "x"
            + Text.Number(input.Channels);
        check.Report(
            Rules.ActivationTooLarge,
            "Padding",
            "a padded input of " + padded,
            Text.Grouped(elements),
            Text.Grouped(SizeLimits.LargestArray),
            layer.Padding.IsSame ? "use a smaller " + layer.Noun : "use less padding");
        return false;
    }

    private static void CheckUnread(IWindowed layer, Shape input, Window window, LayerCheck check)
    {
        var rows = window.UnreadRows(input.Height);
        var columns = window.UnreadColumns(input.Width);
        if (rows == 0 && columns == 0)
            return;
        var unread = Text.And(
        [
            rows == 0 ? "" : Part(rows, input.Height, "row"),
            columns == 0 ? "" : Part(columns, input.Width, "column"),
        ]);
        var steps = layer.Stride > Math.Min(layer.Height, layer.Width)
            ? "a stride of " + Text.Number(layer.Stride) + " steps over a part of them, for the " + layer.Noun + " is "
                + Text.Number(layer.Height) + "x" + Text.Number(layer.Width)
            : rows > 0
                ? Division(input.Height, window.Top + window.Bottom, layer.Height, layer.Stride)
                : Division(input.Width, window.Left + window.Right, layer.Width, layer.Stride);
        check.Report(
            Rules.UnreadInput,
            check.Has("Stride") ? "Stride" : SizeArgument(check, rows > 0 ? "kernelHeight" : "kernelWidth"),
            unread,
            check.Producer.Output(input),
            steps);
    }

    private static string Part(int unread, int all, string noun) => Text.Number(unread) + " of " + Text.Count(all, noun);

    /// <summary>The division that leaves a rest, which is what stays unread.</summary>
    private static string Division(int size, int padding, int kernel, int stride)
    {
        var sum = Text.Number(size) + (padding == 0 ? "" : " + " + Text.Number(padding)) + " - " + Text.Number(kernel);
        var rest = (size + padding - kernel) % stride;
        return "(" + sum + ") / " + Text.Number(stride) + " leaves a rest of " + Text.Number(rest);
    }

    private static void CheckEven(IWindowed layer, Window window, LayerCheck check)
    {
        if (!layer.Padding.IsSame || (window.Top == window.Bottom && window.Left == window.Right))
            return;
        var sides = new List<string>();
        if (window.Top != window.Bottom)
            sides.Add(Text.Count(window.Top, "row") + " at the top and " + Text.Number(window.Bottom) + " at the bottom");
        if (window.Left != window.Right)
            sides.Add(Text.Count(window.Left, "column") + " at the left and " + Text.Number(window.Right) + " at the right");
        check.Report(Rules.UnevenSamePadding, "Padding", string.Join(" and ", sides));
    }
}
