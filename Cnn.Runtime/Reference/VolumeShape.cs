using System.Collections.Generic;

namespace Cnn.Reference;

/// <summary>The shape of a <see cref="Volume"/>; a vector of n numbers is n x 1 x 1.</summary>
/// <param name="Channels">Channels, at least 1; the length of a vector.</param>
/// <param name="Height">Rows, at least 1; 1 for a vector.</param>
/// <param name="Width">Columns, at least 1; 1 for a vector.</param>
public readonly record struct VolumeShape(int Channels, int Height, int Width)
{
    /// <summary>Gets the number of elements.</summary>
    public int Length => checked(Channels * Height * Width);

    /// <summary>Gets the number of elements of one channel.</summary>
    public int Pixels => checked(Height * Width);

    /// <summary>The shape as channels x height x width.</summary>
    public override string ToString() => $"{Channels}x{Height}x{Width}";

    internal static string List(IReadOnlyList<VolumeShape> shapes) => string.Join(" and ", shapes);
}
