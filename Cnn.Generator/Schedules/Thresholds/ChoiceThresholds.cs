namespace Cnn.Generator.Schedules;

/// <summary>The numbers that decide among the ways to compute a convolution.</summary>
internal static class ChoiceThresholds
{
    /// <summary>How many times as long the channels must take: across the width, the result may have to be reordered for its readers.</summary>
    public const double WorthPlanes = 1.1;

    /// <summary>The same if each plane of the source is read at one place only, and the next one lies far from there.</summary>
    public const double WorthDistantPlanes = 2.5;

    /// <summary>The share of a direct convolution's time below which Winograd's is worth its larger weights.</summary>
    public const double WorthATransform = 0.92;

    /// <summary>Cycles that are worth the memory of its tiles: some microseconds.</summary>
    public const double WorthMemory = 14_000;

    /// <summary>The share of a convolution's time, with that of writing its result, below which pairs of rows are worth their longer text.</summary>
    public const double WorthPairs = 0.86;

    /// <summary>The share of a convolution's time below which its source's side is worth a buffer.</summary>
    public const double WorthAScatter = 0.9;

    /// <summary>Cycles that are worth a longer text: a tenth of a microsecond.</summary>
    public const double WorthText = 500;

    /// <summary>The fewest groups of one channel for vectors across them; fewer leave them half empty.</summary>
    public const int FewestDepthwise = 8;

    /// <summary>The share of the peak that the innermost loops reach.</summary>
    public const double Efficiency = 0.92;

    /// <summary>How much longer products of transformed rows take: pixels in adjacent rows share no weights.</summary>
    public const double PairedLoads = 1.1;

    /// <summary>Cycles in which an element moves to its place in another order.</summary>
    public const double Reordering = 0.6;
}
