using System;

namespace Cnn;

/// <summary>One of the outputs of a network that has several, and its place among the floats that <c>Forward</c> writes.</summary>
/// <param name="Name">The layer whose output it is, as the network or its <c>[Output]</c> names it.</param>
/// <param name="Offset">Its first float.</param>
/// <param name="Height">Rows; the length for a vector.</param>
/// <param name="Width">Columns; 1 for a vector.</param>
/// <param name="Channels">Channels; 0 for a vector.</param>
public readonly record struct NetworkOutput(string Name, int Offset, int Height, int Width, int Channels)
{
    /// <summary>Gets its floats.</summary>
    public int Length => Height * Width * Math.Max(Channels, 1);

    /// <summary>Gets its place, to cut it out: <c>output[Net.Outputs.Main.Range]</c>.</summary>
    public Range Range => Offset..(Offset + Length);
}
