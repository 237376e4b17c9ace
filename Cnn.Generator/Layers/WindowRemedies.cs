using System.Collections.Generic;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Layers;

/// <summary>Ways out for windows that do not fit or leave something unread.</summary>
internal static class WindowRemedies
{
    /// <summary>A stride further away than this is no correction of the one that is written.</summary>
    private const int FarthestStride = 64;

    /// <summary>More padding, or a smaller window.</summary>
    /// <param name="layer">A layer whose window is larger than its padded input.</param>
    /// <param name="largest">The largest square window that fits.</param>
    /// <param name="padding">The padding on all sides that makes it fit, where there is one.</param>
    /// <param name="check">The layer's.</param>
    public static EquatableArray<Remedy> ToFit(IWindowed layer, decimal largest, long? padding, LayerCheck check)
    {
        var remedies = new List<Remedy>();
        if (!HasSides("Padding", ["Top", "Left", "Bottom", "Right"], check))
        {
            if (padding is { } needed)
                remedies.Add(Remedy.Set("Padding", needed));
            if (!layer.Spec.IsDilated)
                remedies.Add(Remedy.Set("Padding", "Padding.Same"));
        }

        var size = check.Has("kernel") ? "kernel" : check.Has("size") ? "size" : "";
        var padded = layer is PoolLayer ? 2L * System.Math.Max(layer.Spec.Padding.Top, layer.Spec.Padding.Left) : 0;
        if (size.Length > 0 && largest >= System.Math.Max(1, padded))
            remedies.Add(Remedy.Set(size, (long)largest));
        return remedies.ToEquatableArray();
    }

    /// <summary>Another stride, or rounding up where a pooling can.</summary>
    public static EquatableArray<Remedy> ToReadAll(IWindowed layer, Shape input, int? stride, LayerCheck check)
    {
        var remedies = new List<Remedy>();
        if (stride is { } nearest)
            remedies.Add(Remedy.Set("Stride", nearest));
        if (layer is PoolLayer && !check.Has("CeilMode") && ReadsAll(layer.Spec with { CeilMode = true }, input))
            remedies.Add(Remedy.Set("CeilMode", "true"));
        return remedies.ToEquatableArray();
    }

    /// <summary>
    /// The stride nearest to the present one that leaves nothing unread, the smaller of two; null where it is far, or where leaving out is
    /// meant, as by a 1x1 window or a dilated one.
    /// </summary>
    public static int? NearestStride(WindowSpec spec, Shape input, LayerCheck check)
    {
        var isMeant = spec is { Height: 1, Width: 1 } || spec.IsDilated;
        if (isMeant || spec.StrideHeight != spec.StrideWidth || HasSides("Stride", ["Height", "Width"], check))
            return null;
        for (var distance = 1; distance <= FarthestStride; distance++)
        {
            if (IsBetter((long)spec.StrideHeight - distance, spec, input))
                return spec.StrideHeight - distance;
            if (IsBetter((long)spec.StrideHeight + distance, spec, input))
                return spec.StrideHeight + distance;
        }

        return null;
    }

    private static bool IsBetter(long stride, WindowSpec spec, Shape input) =>
        stride >= 1 && stride <= spec.ExtentHeight && stride <= spec.ExtentWidth
        && ReadsAll(spec with { StrideHeight = (int)stride, StrideWidth = (int)stride }, input);

    private static bool ReadsAll(WindowSpec spec, Shape input)
    {
        var window = spec.Resolve(input);
        return window.UnreadRows(input.Height) == 0 && window.UnreadColumns(input.Width) == 0;
    }

    private static bool HasSides(string name, string[] sides, LayerCheck check)
    {
        foreach (var side in sides)
        {
            if (check.Has(name + side))
                return true;
        }

        return false;
    }
}
