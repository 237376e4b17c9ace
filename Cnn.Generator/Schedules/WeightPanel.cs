using System;

namespace Cnn.Generator.Schedules;

/// <summary>The weights that the tiles of some channels read, each tile all of them, tap by tap.</summary>
/// <param name="Vectors">Vectors of a tap.</param>
/// <param name="Lanes">The floats of a vector; 0 where the weights stay in registers.</param>
/// <param name="Taps">Multiply-adds of each sum.</param>
internal readonly record struct WeightPanel(int Vectors, int Lanes = 0, int Taps = 0)
{
    private double TapBytes => 4.0 * Vectors * Lanes;

    private double Bytes => TapBytes * Taps;

    /// <summary>
    /// The cycles of a tap beyond those in which a tile computes it, summed over tiles: the first tile brings the weights near, and each does
    /// where they do not stay there.
    /// </summary>
    /// <param name="tiles">Tiles that read the weights one after the other.</param>
    /// <param name="cycles">In which a tile computes a tap.</param>
    public double Waiting(double tiles, double cycles)
    {
        var streaming = TapBytes / (Bytes <= Machine.Usual.SecondCache ? Machine.Usual.SecondSpeed : Machine.Usual.TileSpeed);
        return (Bytes <= Machine.Usual.FirstCache ? 1 : tiles) * Math.Max(0, streaming - cycles);
    }
}
