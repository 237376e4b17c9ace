namespace Cnn.Generator.Schedules;

/// <summary>The numbers that decide the schedule of the gradient of a convolution's weights.</summary>
internal static class GradientThresholds
{
    /// <summary>Bytes of source and gradient that one sweep over a band may touch: half of a first-level cache.</summary>
    public static readonly int BandBytes = Machine.Usual.FirstCache / 2;

    /// <summary>Multiply-adds of the body of a loop across the width, about.</summary>
    public const int BodySize = 24;
}
