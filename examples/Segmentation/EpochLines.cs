using System;
using Cnn;

namespace SegmentationExample;

/// <summary>Prints one line per epoch, as it ends.</summary>
internal sealed class EpochLines : IProgress<TrainingProgress>
{
    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (value.Step < value.StepsPerEpoch)
            return;
        var figures = $"loss {value.Loss:F4}  pixels right {value.Accuracy:P2}  {value.SamplesPerSecond:N0} images/s";
        Console.WriteLine($"epoch {value.Epoch}/{value.Epochs}  {figures}");
    }
}
