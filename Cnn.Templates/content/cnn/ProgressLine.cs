using Cnn;

namespace Recognition;

/// <summary>Shows the training as it runs: one line per epoch, which grows on a terminal.</summary>
internal sealed class ProgressLine : IProgress<TrainingProgress>
{
    private const int Width = 20;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        var ends = value.Step == value.StepsPerEpoch;
        if (!ends && Console.IsOutputRedirected)
            return;
        var bar = new string('#', Width * value.Step / value.StepsPerEpoch).PadRight(Width, '.');
        var line = $"epoch {value.Epoch}/{value.Epochs} [{bar}] loss {value.Loss:F3}, accuracy {value.Accuracy:P1}";
        Console.Write((Console.IsOutputRedirected ? "" : "\r") + line + (ends ? "\n" : ""));
    }
}
