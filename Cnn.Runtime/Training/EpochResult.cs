namespace Cnn;

/// <summary>The results of an epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">The mean loss of its samples, each taken before the step that learned from it.</param>
/// <param name="Accuracy">The part of its samples whose largest output was the right one, 0 to 1.</param>
/// <param name="Validation">The validation after it, or null if there are no data for it.</param>
/// <param name="Seconds">The time of its training, without validation.</param>
public sealed record EpochResult(int Epoch, double Loss, double Accuracy, Evaluation? Validation, double Seconds);
