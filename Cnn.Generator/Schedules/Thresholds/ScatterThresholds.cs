namespace Cnn.Generator.Schedules;

/// <summary>The numbers that decide the schedule of a convolution from the side of its source.</summary>
internal static class ScatterThresholds
{
    /// <summary>Outputs of a tile, each with sums of its own.</summary>
    public const int MostPositions = 6;

    /// <summary>Cycles in which a vector of sums is added to its outputs.</summary>
    public const double Adding = 1.5;
}
