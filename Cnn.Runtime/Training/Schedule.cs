using System;

namespace Cnn;

/// <summary>
/// The change of the learning rate while <c>Trainer.Fit</c> runs: a factor on the optimizer's own, one per step. Has no state, so one
/// may serve several runs.
/// </summary>
public abstract class Schedule
{
    /// <summary>Gets the schedule that leaves the learning rate as it is.</summary>
    public static Schedule Constant { get; } = new ConstantSchedule();

    /// <summary>Multiplies the learning rate by a factor every few epochs: factor ^ floor(epoch / everyEpochs), epochs from 0.</summary>
    /// <param name="everyEpochs">The epochs that share one learning rate, at least 1.</param>
    /// <param name="factor">Above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static Schedule Step(int everyEpochs, float factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(everyEpochs, 1);
        Ranges.RequirePositive(factor);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(factor, 1);
        return new StepSchedule(everyEpochs, factor);
    }

    /// <summary>
    /// Falls from 1 to <paramref name="finalFactor"/> on half a cosine: f + (1 - f) (1 + cos(pi step / totalSteps)) / 2
    /// (Loshchilov and Hutter 2017, without restarts), changed at every step.
    /// </summary>
    /// <param name="finalFactor">The factor where training ends, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="finalFactor"/> is outside its range.</exception>
    public static Schedule Cosine(float finalFactor)
    {
        Ranges.RequireNotNegative(finalFactor);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(finalFactor, 1);
        return new CosineSchedule(finalFactor);
    }

    /// <summary>
    /// Rises on a line from <paramref name="startFactor"/> to 1 during the first steps (Goyal et al. 2017): s + (1 - s) step / steps.
    /// Another schedule then runs over the remaining steps. Until then its first value is a factor.
    /// </summary>
    /// <param name="steps">The steps of the rise, at least 1.</param>
    /// <param name="then">The schedule that follows; <see cref="Constant"/> if none is given.</param>
    /// <param name="startFactor">The factor of the first step, above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <remarks>As PyTorch's <c>LinearLR</c>, followed by another with <c>SequentialLR</c>.</remarks>
    public static Schedule WarmUp(int steps, Schedule? then = null, float startFactor = 0.01f)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        Ranges.RequirePositive(startFactor);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(startFactor, 1);
        return new WarmUpSchedule(steps, then ?? Constant, startFactor);
    }

    /// <summary>
    /// Rises from 1 / <paramref name="divideFactor"/> to 1 and falls to 1 / (divideFactor * finalDivideFactor), each on half a cosine,
    /// within one run (Smith and Topin 2018). The optimizer's learning rate is the largest.
    /// </summary>
    /// <param name="riseFraction">The part of the steps that rises, between 0 and 1.</param>
    /// <param name="divideFactor">The largest factor by the first, at least 1.</param>
    /// <param name="finalDivideFactor">The first factor by the last, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <remarks>As PyTorch's <c>OneCycleLR</c> in two phases. Momentum stays as it is.</remarks>
    public static Schedule OneCycle(double riseFraction = 0.3, double divideFactor = 25, double finalDivideFactor = 1e4) =>
        new OneCycleSchedule(riseFraction, divideFactor, finalDivideFactor);

    /// <summary>
    /// Multiplies the learning rate by <paramref name="factor"/> when the loss of more than <paramref name="patience"/> epochs has not been
    /// below the best so far by the part <paramref name="threshold"/>. The loss is that of the validation, or of training where there is
    /// none.
    /// </summary>
    /// <param name="factor">Above 0 and less than 1.</param>
    /// <param name="patience">The epochs without progress that are borne, 0 or more.</param>
    /// <param name="threshold">The share of the best loss that counts as progress, 0 to less than 1.</param>
    /// <param name="cooldown">The epochs after each fall that do not count, 0 or more.</param>
    /// <param name="leastFactor">The factor below which it does not fall, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <remarks>As PyTorch's <c>ReduceLROnPlateau</c> in mode <c>min</c> with a relative threshold.</remarks>
    public static Schedule OnPlateau(
        float factor = 0.1f, int patience = 10, double threshold = 1e-4, int cooldown = 0, float leastFactor = 0) =>
        new PlateauSchedule(factor, patience, threshold, cooldown, leastFactor);

    /// <summary>The factor for one step.</summary>
    /// <param name="step">The steps taken before it, 0 to totalSteps - 1.</param>
    /// <param name="stepsPerEpoch">The steps of an epoch, at least 1.</param>
    /// <param name="totalSteps">The steps of all epochs.</param>
    /// <returns>A finite factor, not negative.</returns>
    public abstract float Factor(long step, int stepsPerEpoch, long totalSteps);

    /// <summary>The factor for one step, for schedules that look at how training goes.</summary>
    /// <param name="step">The steps taken before it, 0 to totalSteps - 1.</param>
    /// <param name="stepsPerEpoch">The steps of an epoch, at least 1.</param>
    /// <param name="totalSteps">The steps of all epochs.</param>
    /// <param name="losses">The loss of every epoch that has ended: of its validation, or of its training where there is none.</param>
    /// <returns>A finite factor, not negative.</returns>
    public virtual float Factor(long step, int stepsPerEpoch, long totalSteps, ReadOnlySpan<double> losses) =>
        Factor(step, stepsPerEpoch, totalSteps);

    private sealed class ConstantSchedule : Schedule
    {
        public override float Factor(long step, int stepsPerEpoch, long totalSteps) => 1;
    }

    private sealed class StepSchedule(int everyEpochs, float factor) : Schedule
    {
        public override float Factor(long step, int stepsPerEpoch, long totalSteps) =>
            (float)Math.Pow(factor, step / stepsPerEpoch / everyEpochs);
    }

    private sealed class CosineSchedule(float finalFactor) : Schedule
    {
        public override float Factor(long step, int stepsPerEpoch, long totalSteps) =>
            (float)(finalFactor + ((1.0 - finalFactor) * (1 + Math.Cos(Math.PI * step / totalSteps)) / 2));
    }
}
