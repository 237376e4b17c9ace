namespace Cnn.Generator.Schedules;

/// <summary>
/// The processor that schedules are made for. One text serves all processors of a vector width, so it has what the smaller ones among them have;
/// figures of speed are per cycle of one core. Only comparisons count: a figure is right within some tenths.
/// </summary>
/// <param name="FirstCache">Bytes of the first-level cache.</param>
/// <param name="SecondCache">Bytes of the second-level cache.</param>
/// <param name="SharedCache">Bytes of the cache that all cores share, as far as one of them may count on it.</param>
/// <param name="SecondSpeed">Bytes per cycle from the second-level cache, while everything else goes on.</param>
/// <param name="SharedSpeed">Bytes per cycle to and from the shared cache, of whole layers: what a convolution leaves there and reads again.</param>
/// <param name="TileSpeed">
/// Bytes per cycle from the shared cache within a tile, whose multiply-adds hide its loads. With 12, the tile of a deep 3x3 convolution with stride 2
/// holds one vector of channels instead of two, which was slower. With 14 for whole layers, two convolutions of the zoo change to ways that are no
/// faster.
/// </param>
/// <param name="MemorySpeed">Bytes per cycle from memory.</param>
/// <param name="Line">Bytes of a cache line.</param>
/// <param name="Latency">Cycles from one multiply-add of a sum to the next: four, and what else there is to wait for.</param>
/// <param name="SharedLoad">Cycles of a load while another thread runs on the same core: every instruction counts then, not the multiply-adds alone.</param>
internal sealed record Machine(
    int FirstCache,
    int SecondCache,
    int SharedCache,
    double SecondSpeed,
    double SharedSpeed,
    double TileSpeed,
    double MemorySpeed,
    int Line,
    double Latency,
    double SharedLoad)
{
    /// <summary>The usual one: servers and desktops from 2013 on, phones and single-board computers from 2018 on.</summary>
    public static readonly Machine Usual = new(
        FirstCache: 32 * 1024,
        SecondCache: 512 * 1024,
        SharedCache: 12 * 1024 * 1024,
        SecondSpeed: 20,
        SharedSpeed: 12,
        TileSpeed: 14,
        MemorySpeed: 7,
        Line: 64,
        Latency: 4.6,
        SharedLoad: 0.25);

    /// <summary>Gets the floats of a cache line.</summary>
    public int LineFloats => Line / sizeof(float);
}
