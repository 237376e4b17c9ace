namespace Cnn.Generator.Schedules;

/// <summary>The numbers that decide the text of pooling, copies and sums of volumes, which memory bounds.</summary>
internal static class CopyThresholds
{
    /// <summary>Taps of a window that are printed one by one.</summary>
    public const int LongestUnrolledWindow = 9;

    /// <summary>Channels that are copied one by one.</summary>
    public const int LongestUnrolledTail = 8;

    /// <summary>Pieces of a run that threads share.</summary>
    public const int MostPieces = 16;
}
