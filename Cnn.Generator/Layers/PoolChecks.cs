using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Layers;

/// <summary>What pooling checks besides its window: that every window has something to pool.</summary>
internal static class PoolChecks
{
    /// <summary>Reports every side that has half a window of padding or more.</summary>
    public static bool CheckPadding(WindowSpec spec, LayerCheck check)
    {
        var padding = spec.Padding;
        if (padding.IsSame)
            return true;
        if (padding.IsUniform)
        {
            return spec.Height <= spec.Width
                ? CheckSide("Top", padding.Amount, spec.Height, spec, check)
                : CheckSide("Left", padding.Amount, spec.Width, spec, check);
        }

        return CheckSide("Top", padding.Top, spec.Height, spec, check)
            & CheckSide("Left", padding.Left, spec.Width, spec, check)
            & CheckSide("Bottom", padding.Bottom, spec.Height, spec, check)
            & CheckSide("Right", padding.Right, spec.Width, spec, check);
    }

    /// <summary>Reports a window whose taps, pulled apart, all miss the input.</summary>
    public static bool CheckWindows(WindowSpec spec, Shape input, LayerCheck check)
    {
        var window = spec.Resolve(input);
        return CheckTaps("Height", "row", input.Height, window.Top, spec.Height, spec.DilationHeight, spec.StrideHeight, check)
            && CheckTaps("Width", "column", input.Width, window.Left, spec.Width, spec.DilationWidth, spec.StrideWidth, check);
    }

    private static bool CheckSide(string side, int amount, int size, WindowSpec spec, LayerCheck check)
    {
        if (2L * amount <= size)
            return true;
        var most = size / 2;
        var argument = check.Has("Padding" + side) ? "Padding" + side : "Padding";
        check.Report(
            Rules.PoolPaddingTooLarge,
            argument,
            [most == 0 ? new Remedy(RemedyKind.RemoveArgument, argument) : Remedy.Set(argument, most)],
            Text.Number(amount),
            WindowText.Size(spec),
            Text.Number(size),
            most == 0 ? "leave it out" : "the most is " + argument + " = " + Text.Number(most));
        return false;
    }

    private static bool CheckTaps(
        string side, string noun, int size, int before, int kernel, int dilation, int stride, LayerCheck check)
    {
        // A window that starts inside reads its first tap; where those before it start repeats after a dilation's worth of windows.
        var start = -(long)before;
        for (var window = 0; start < 0 && window <= dilation; window++, start += stride)
        {
            var tap = (-start + dilation - 1) / dilation;
            if (tap < kernel && start + (tap * dilation) < size)
                continue;
            check.Report(
                Rules.EmptyWindow,
                check.Has("Dilation" + side) ? "Dilation" + side : "Dilation",
                Text.Count(-start, noun),
                Text.Count(size, noun),
                Text.Number(dilation),
                Text.Number(size));
            return false;
        }

        return true;
    }
}
