namespace Cnn;

/// <summary>What a sweep over some samples adds up.</summary>
/// <param name="Loss">The sum of the samples' losses.</param>
/// <param name="Correct">The samples whose largest output is the one that it should be.</param>
internal readonly record struct LossSum(double Loss, int Correct)
{
    public static LossSum operator +(LossSum a, LossSum b) => new(a.Loss + b.Loss, a.Correct + b.Correct);
}
