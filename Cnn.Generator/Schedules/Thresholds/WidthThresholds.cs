namespace Cnn.Generator.Schedules;

/// <summary>The numbers that decide the schedule of a direct convolution across the width.</summary>
internal static class WidthThresholds
{
    /// <summary>Filters of a tile, which share what is read of the source.</summary>
    public const int MostFilters = 6;

    /// <summary>Columns of the result that make a vector.</summary>
    public const int FewestColumns = 8;

    /// <summary>Rows of a kernel that a tile unrolls; with more, the body is longer than a loop of the JIT should be.</summary>
    public const int TallestUnrolled = 7;

    /// <summary>Rows of a tile, if the registers are many or the filters few.</summary>
    public const int MostRows = 4;

    /// <summary>Filters that leave room in 16 registers for as many rows.</summary>
    public const int FewFilters = 2;

    /// <summary>Rows of a tile otherwise: as many as leave room in the registers for the source.</summary>
    public const int FewRows = 2;

    /// <summary>Rows whose last columns share vectors.</summary>
    public const int JoinedRows = 4;

    /// <summary>Fewer lanes than this are not shared: halves of them would be no vectors.</summary>
    public const int FewestSharedLanes = 8;

    /// <summary>Lanes of the narrowest part of a vector.</summary>
    public const int Quarter = 4;
}
