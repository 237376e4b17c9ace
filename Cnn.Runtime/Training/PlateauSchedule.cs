using System;

namespace Cnn;

/// <summary><see cref="Schedule.OnPlateau"/>: computed anew from all losses, so that there is nothing to keep.</summary>
internal sealed class PlateauSchedule : Schedule
{
    private readonly float _factor;
    private readonly int _patience;
    private readonly double _threshold;
    private readonly int _cooldown;
    private readonly float _least;

    public PlateauSchedule(float factor, int patience, double threshold, int cooldown, float leastFactor)
    {
        if (!(factor > 0 && factor < 1))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "factor must be above 0 and less than 1.");
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        Ranges.RequireFraction(threshold);
        ArgumentOutOfRangeException.ThrowIfNegative(cooldown);
        Ranges.RequireNotNegative(leastFactor);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leastFactor, 1);
        (_factor, _patience, _threshold, _cooldown, _least) = (factor, patience, threshold, cooldown, leastFactor);
    }

    public override float Factor(long step, int stepsPerEpoch, long totalSteps) => 1;

    public override float Factor(long step, int stepsPerEpoch, long totalSteps, ReadOnlySpan<double> losses)
    {
        var (result, best) = (1.0, double.PositiveInfinity);
        int bad = 0, cooling = 0;
        foreach (var loss in losses)
        {
            if (loss < best * (1 - _threshold))
                (best, bad) = (loss, 0);
            else
                bad++;

            if (cooling > 0)
            {
                cooling--;
                bad = 0;
            }

            if (bad > _patience)
            {
                result = Math.Max(result * _factor, _least);
                (cooling, bad) = (_cooldown, 0);
            }
        }

        return (float)result;
    }
}
