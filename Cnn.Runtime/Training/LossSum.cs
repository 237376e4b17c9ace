namespace Cnn;

/// <summary>The sums of a sweep over some samples.</summary>
/// <param name="Loss">The sum of the terms.</param>
/// <param name="Terms">The number of terms: labels, or samples with target vectors.</param>
/// <param name="Correct">The judgements that came out right.</param>
/// <param name="Judged">All judgements: labels, pixels of targets, or elements.</param>
/// <param name="Ignored">The labels that the loss passes over.</param>
internal readonly record struct LossSum(double Loss, long Terms, long Correct, long Judged, long Ignored = 0)
{
    /// <summary>Gets the mean loss; 0 if every label was ignored.</summary>
    public double Mean => Terms == 0 ? 0 : Loss / Terms;

    /// <summary>Gets a value indicating whether the mean is a number, and a float can hold it.</summary>
    public bool IsFinite => float.IsFinite((float)Mean);

    /// <summary>Gets the part that is right, 0 to 1; NaN where nothing was judged.</summary>
    public double Accuracy => (double)Correct / Judged;

    /// <summary>Gets the factor that turns the gradient of the sum by all labels into that of the sum by the labels that count.</summary>
    public float GradientFactor => Ignored == 0 || Terms == 0 ? 1 : (float)((double)(Terms + Ignored) / Terms);

    public static LossSum operator +(LossSum a, LossSum b) =>
        new(a.Loss + b.Loss, a.Terms + b.Terms, a.Correct + b.Correct, a.Judged + b.Judged, a.Ignored + b.Ignored);
}
