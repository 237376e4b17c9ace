using System.Globalization;
using System.Text;

namespace Cnn;

/// <summary>The shape of an image in memory.</summary>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Channels">Numbers a pixel, at least 1.</param>
/// <param name="IsPlanar">Whether it lies channel by channel (CHW) instead of pixel by pixel (HWC).</param>
public readonly record struct ImageShape(int Height, int Width, int Channels, bool IsPlanar = false)
{
    /// <summary>Gets the pixels.</summary>
    public int Pixels => Height * Width;

    /// <summary>Gets the floats of an image.</summary>
    public int Length => Pixels * Channels;

    /// <summary>Whether images of another shape lie in memory as those of this one do.</summary>
    internal bool LiesAs(in ImageShape other) =>
        (Height, Width, Channels) == (other.Height, other.Width, other.Channels)
        && (IsPlanar == other.IsPlanar || Channels == 1 || Pixels == 1);

    /// <summary>The shape as messages show it.</summary>
    internal string Describe() => $"{Height} x {Width} x {Channels}, {(IsPlanar ? "channel by channel (CHW)" : "pixel by pixel (HWC)")}";

    /// <summary>Gets the planes that lie one after the other.</summary>
    internal int Planes => IsPlanar ? Channels : 1;

    /// <summary>Gets the numbers of a pixel that lie side by side.</summary>
    internal int Depth => IsPlanar ? 1 : Channels;

    /// <summary>The text that <c>ToString</c> writes, the same in every culture.</summary>
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(
            CultureInfo.InvariantCulture, $"Height = {Height}, Width = {Width}, Channels = {Channels}, IsPlanar = {IsPlanar}");
        return true;
    }
}
