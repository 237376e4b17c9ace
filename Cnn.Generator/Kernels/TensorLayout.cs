using System;
using Cnn.Generator.Graph;

namespace Cnn.Generator.Kernels;

/// <summary>
/// How a volume lies in a buffer: its order, a border on each side (the zeros that a padded window reads) and the channels that
/// are stored. A vector is a 1x1xn volume, or still the volume that was flattened.
/// </summary>
internal sealed record TensorLayout(
    Shape Volume,
    VolumeLayout Order,
    int Top = 0,
    int Left = 0,
    int Bottom = 0,
    int Right = 0,
    int StoredChannels = 0,
    bool BorderIsMinusInfinity = false)
{
    private int Rows => Top + Volume.Height + Bottom;

    private int Columns => Left + Volume.Width + Right;

    private int Channels => Math.Max(Volume.Channels, StoredChannels);

    /// <summary>Gets the floats from one pixel to the next.</summary>
    public int Pixel => Order == VolumeLayout.Hwc ? Channels : 1;

    /// <summary>Gets the floats from one row to the next.</summary>
    public int Row => Columns * Pixel;

    public int GridRow => Row;

    public int GridColumn => Pixel;

    /// <summary>Gets the floats from one channel to the next.</summary>
    public int Channel => Order == VolumeLayout.Hwc ? 1 : Rows * Columns;

    /// <summary>Gets the offset of element (0, 0, 0).</summary>
    public int Origin => Corner(0, 0);

    /// <summary>Gets the floats of the whole buffer.</summary>
    public int Length => Rows * Columns * Channels;

    /// <summary>Gets how its elements follow each other.</summary>
    public TensorView View => new(Order, Row, Pixel, Channel);

    public bool HasBorder => (Top | Left | Bottom | Right) != 0;

    /// <summary>Gets a value indicating whether the elements follow each other without gaps.</summary>
    public bool IsDense => !HasBorder && Channels == Volume.Channels;

    /// <summary>
    /// Offset of the corner of a window that begins <paramref name="top"/> rows and <paramref name="left"/> columns before the volume.
    /// </summary>
    public int Corner(int top, int left) => ((Top - top) * Row) + ((Left - left) * Pixel);

    /// <summary>Whether a float of the buffer is an element of the volume, not of the border or of the channels that are stored beside.</summary>
    public bool Contains(int offset)
    {
        if (offset < 0 || offset >= Length)
            return false;
        var (row, column, channel) = Order == VolumeLayout.Hwc
            ? (offset / Row, offset % Row / Pixel, offset % Pixel)
            : (offset % Channel / Row, offset % Row, offset / Channel);
        return row >= Top && row < Top + Volume.Height && column >= Left && column < Left + Volume.Width && channel < Volume.Channels;
    }

    /// <summary>Dense in the order given.</summary>
    public static TensorLayout Dense(Shape volume, VolumeLayout order) => new(volume, Normalise(volume, order));

    /// <summary>One channel, or one pixel, reads the same in both orders; it is called planar.</summary>
    public static VolumeLayout Normalise(Shape volume, VolumeLayout order) =>
        volume.Channels == 1 ? VolumeLayout.Chw : volume.Height * volume.Width == 1 ? VolumeLayout.Hwc : order;
}
