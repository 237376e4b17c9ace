namespace Cnn;

/// <summary>Where and how often <c>Trainer.Fit</c> saves a checkpoint: after every epoch and its validation, and between if asked.</summary>
/// <param name="Path">The file, replaced each time.</param>
/// <param name="EverySteps">Saves after every so many steps of an epoch too; 0 for after epochs alone.</param>
public sealed record Checkpointing(string Path, int EverySteps = 0);
