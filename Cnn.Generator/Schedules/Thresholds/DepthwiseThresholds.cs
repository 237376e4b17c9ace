namespace Cnn.Generator.Schedules;

/// <summary>The numbers that decide the schedule of a depthwise convolution and of its weights' gradient.</summary>
internal static class DepthwiseThresholds
{
    /// <summary>Weights of a row of the kernel that stay in registers beside the sums.</summary>
    public const int WidestUnrolled = 7;

    /// <summary>Outputs of a tile.</summary>
    public const int MostColumns = 7;

    /// <summary>The cost of a turn of the loop over tiles, in columns.</summary>
    public const double Turn = 0.6;

    /// <summary>Taps of a gradient whose sums stay in registers.</summary>
    public const int MostTaps = 12;
}
