namespace Cnn;

/// <summary>The file and the interval of checkpoints in <c>Trainer.Fit</c>: after every epoch and its validation, or more often.</summary>
/// <param name="Path">The file, replaced each time.</param>
/// <param name="EverySteps">The steps of an epoch after each of which it also saves; 0 to save only after epochs.</param>
public sealed record Checkpointing(string Path, int EverySteps = 0);
