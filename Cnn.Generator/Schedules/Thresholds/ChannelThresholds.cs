namespace Cnn.Generator.Schedules;

/// <summary>The numbers that decide the schedule of a direct convolution across channels.</summary>
internal static class ChannelThresholds
{
    /// <summary>How many times less two passes must cost than one, since the second adds as much text.</summary>
    public const double WorthAPass = 1.08;

    /// <summary>Multiply-adds that the body of a loop has at least: they hide the loop's own instructions.</summary>
    public const int ShortBody = 12;

    /// <summary>
    /// The same for inference in wide vectors: while another thread shares the core, the instructions of the loop itself cost up to a tenth.
    /// </summary>
    public const int LongBody = 24;

    /// <summary>
    /// The floats of weights from which threads share the channels, so that each reads its part of the weights once; else they share the pixels,
    /// unless those are so few that each band would read all weights for a single tile.
    /// </summary>
    public const int SharedWeights = 128 * 1024;

    /// <summary>The floats of source and target beyond which the nearest caches cannot hold them for the next block of channels.</summary>
    public const int CachedFloats = 256 * 1024;

    /// <summary>The floats of weights that the nearest caches hold beside a band.</summary>
    public const int CachedWeights = 64 * 1024;

    /// <summary>
    /// The same for 1x1 convolutions in vectors of 512 bits: processors that have them have a megabyte of second-level cache, and without a
    /// window each element of the source is read once per block of channels.
    /// </summary>
    public const int CachedWideWeights = 128 * 1024;

    /// <summary>The most tiles among which the fetching of weights is worth its instructions.</summary>
    public const int FetchingTiles = 40;

    /// <summary>The least tiles of a band.</summary>
    public const int BandTiles = 8;

    /// <summary>Blocks of channels, or rows, that go round among threads.</summary>
    public const int SharedTurns = 4;

    /// <summary>Bands that go round among threads, if there are as many tiles.</summary>
    public const int SharedBands = 8;

    /// <summary>Registers for elements of the source beside sums and weights.</summary>
    public const int SpareRegisters = 2;

    /// <summary>References to pixels that find room in registers.</summary>
    public const int MostReferences = 6;

    /// <summary>Cycles in which the pixels of a run are found: a division per pixel.</summary>
    public const double FindingRun = 20;

    /// <summary>The part of a rectangle's time below which a run must stay to be worth its harder text.</summary>
    public const double WorthARun = 0.98;

    /// <summary>Floats of a result from which it is not in the nearest caches, so that the lines that a tile writes are worth fetching.</summary>
    public const int FarFloats = 48 * 1024;
}
