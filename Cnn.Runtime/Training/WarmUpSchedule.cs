using System;

namespace Cnn;

/// <summary><see cref="Schedule.WarmUp"/>.</summary>
internal sealed class WarmUpSchedule(int steps, Schedule then, float startFactor) : Schedule
{
    public override float Factor(long step, int stepsPerEpoch, long totalSteps) => Factor(step, stepsPerEpoch, totalSteps, []);

    public override float Factor(long step, int stepsPerEpoch, long totalSteps, ReadOnlySpan<double> losses)
    {
        var rise = step >= steps ? 1 : startFactor + ((1.0 - startFactor) * step / steps);
        var left = Math.Max(1, totalSteps - steps);
        return (float)(rise * then.Factor(Math.Max(0, step - steps), stepsPerEpoch, left, losses));
    }
}
