namespace Cnn.Generator.Schedules;

/// <summary>The numbers that decide the schedule of a Winograd convolution.</summary>
internal static class WinogradThresholds
{
    /// <summary>Larger bands take more memory: they must be better by more than this.</summary>
    public const double SmallGain = 1.04;

    /// <summary>The floats that a band may keep: with more, even one row of tiles gains nothing.</summary>
    public const long LargestScratch = 1 << 21;

    /// <summary>The floats of the transformed weights of a layer; a larger one is computed directly.</summary>
    public const long LargestWeights = 1 << 26;

    /// <summary>
    /// The same for F(4x4): more come from memory in every inference, which takes longer than the products that they save in the widest vectors.
    /// </summary>
    public const long LargestFastWeights = 1 << 20;

    /// <summary>The floats of a layer's transformed weights that each thread of training keeps, made anew in each step.</summary>
    public const int LargestTrained = 1 << 22;

    /// <summary>Bands that go round among threads; with fewer, threads share each stage of a band.</summary>
    public const int FewestSharedBands = 4;

    /// <summary>Floats of a volume from which it is not in the nearest caches, so that what a tile reads or writes next is worth fetching.</summary>
    public const int FarFloats = 48 * 1024;
}
