namespace Cnn.Generator.Schedules;

/// <summary>The numbers that decide whether the inference of several samples is one program.</summary>
internal static class BatchThresholds
{
    /// <summary>The floats of weights from which one sample waits for them.</summary>
    public const int LargeWeights = 16 * 1024;

    /// <summary>Samples of a pass: whole tiles of a matrix product.</summary>
    public const int MostSamples = 24;

    /// <summary>Floats that the samples' own tensors may take.</summary>
    public const int MostFloats = 256 * 1024;

    /// <summary>Floats of a sample from which a pass would take hundreds of megabytes.</summary>
    public const int LargestSample = 1 << 23;
}
