using System;
using Cnn.Generator.Graph;

namespace Cnn.Generator.Kernels;

/// <summary>Parts of a volume, described as a layout of their own over the same memory; what is around a part must not be taken for its border.</summary>
internal static class SubVolume
{
    /// <summary>A rectangle of rows and columns.</summary>
    public static TensorLayout Inside(TensorLayout outer, Shape part, int top, int left)
    {
        var bottom = outer.Volume.Height - top - part.Height;
        var right = outer.Volume.Width - left - part.Width;
        return outer with
        {
            Volume = part,
            Top = outer.Top + top,
            Left = outer.Left + left,
            Bottom = outer.Bottom + bottom,
            Right = outer.Right + right,
        };
    }

    /// <summary>Some of the channels; they begin <c>first * outer.Channel</c> floats behind the whole.</summary>
    public static TensorLayout Channels(TensorLayout outer, int channels) => outer with
    {
        Volume = outer.Volume with { Channels = channels },
        StoredChannels = Math.Max(outer.StoredChannels, outer.Volume.Channels),
    };
}
