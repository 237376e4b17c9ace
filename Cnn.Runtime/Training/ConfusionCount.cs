namespace Cnn;

/// <summary>The number of samples of one class that were taken for another, or for itself.</summary>
/// <param name="Actual">The class of the samples.</param>
/// <param name="Predicted">The class that the network gave them.</param>
/// <param name="Count">The number.</param>
public readonly record struct ConfusionCount(int Actual, int Predicted, long Count);
