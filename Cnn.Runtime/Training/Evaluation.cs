namespace Cnn;

/// <summary>The performance of a network on a data set.</summary>
/// <param name="Accuracy">The part of the samples, or of the pixels where each has a label, whose largest output is the right one, 0 to 1;
/// ignored labels do not count. The right one is that which <c>Predict</c> gives: the last layer's, of a single output by its threshold. With
/// target vectors the right one is the largest of the target, or, for binary cross-entropy, every element counts that is on the right side; NaN
/// where the target is a single number.</param>
/// <param name="Loss">The mean loss.</param>
/// <param name="Confusion">The confusion of any number of classes; null if the data set has target vectors.</param>
/// <param name="Samples">The number of samples.</param>
public sealed record Evaluation(double Accuracy, double Loss, ConfusionMatrix? Confusion, int Samples)
{
    /// <summary>Gets <see cref="ConfusionMatrix.MeanIntersectionOverUnion"/>; null if the data set has target vectors.</summary>
    public double? MeanIntersectionOverUnion => Confusion?.MeanIntersectionOverUnion;
}
