using System;

namespace Cnn;

/// <summary>How the learning rate changes while <c>Trainer.Fit</c> runs: a factor on the optimizer's own, one for each step.</summary>
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

    /// <summary>The factor for one step.</summary>
    /// <param name="step">The steps taken before it, 0 to totalSteps - 1.</param>
    /// <param name="stepsPerEpoch">The steps of an epoch, at least 1.</param>
    /// <param name="totalSteps">The steps of all epochs.</param>
    /// <returns>A finite factor, not negative.</returns>
    public abstract float Factor(long step, int stepsPerEpoch, long totalSteps);

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
