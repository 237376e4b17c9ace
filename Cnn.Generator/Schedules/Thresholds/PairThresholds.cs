namespace Cnn.Generator.Schedules;

/// <summary>The numbers that decide the schedule of a convolution in pairs of rows.</summary>
internal static class PairThresholds
{
    /// <summary>The floats of a pair's transformed rows that stay in the nearest caches until all filters have read them.</summary>
    public const int LargestPair = 32 * 1024;

    /// <summary>The fewest floats of a row that is transformed: a vector.</summary>
    public const int FewestFloats = 4;

    /// <summary>The tallest kernel whose products a loop may hold.</summary>
    public const int MostTaps = 7;

    /// <summary>Products of a plane that a tile across channels unrolls: each of them for every column.</summary>
    public const int MostUnrolled = 35;

    /// <summary>Registers for elements of the source beside sums and weights.</summary>
    public const int SpareRegisters = 2;

    /// <summary>The rows of two pairs, which a tile across the width computes together.</summary>
    public const int FewestRows = 4;

    /// <summary>Filters of such a tile with 16 registers, if each of its pairs has a vector of its own.</summary>
    public const int FewFilters = 3;
}
