namespace Cnn;

/// <summary>How a network does on a data set.</summary>
/// <param name="Accuracy">The part of the samples whose largest output is the right one, 0 to 1. With target vectors the right one is the
/// largest of the target.</param>
/// <param name="Loss">The mean loss.</param>
/// <param name="Confusion">Which classes were taken for which; null where the data set has target vectors.</param>
/// <param name="Samples">The number of samples.</param>
public sealed record Evaluation(double Accuracy, double Loss, ConfusionMatrix? Confusion, int Samples);
