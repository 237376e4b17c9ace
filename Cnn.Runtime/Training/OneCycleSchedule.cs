using System;

namespace Cnn;

/// <summary><see cref="Schedule.OneCycle"/>.</summary>
internal sealed class OneCycleSchedule : Schedule
{
    private readonly double _riseFraction;
    private readonly double _first;
    private readonly double _last;

    public OneCycleSchedule(double riseFraction, double divideFactor, double finalDivideFactor)
    {
        if (!(riseFraction > 0 && riseFraction < 1))
            throw new ArgumentOutOfRangeException(nameof(riseFraction), riseFraction, "riseFraction must be above 0 and less than 1.");
        Ranges.RequirePositive(divideFactor);
        Ranges.RequirePositive(finalDivideFactor);
        ArgumentOutOfRangeException.ThrowIfLessThan(divideFactor, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(finalDivideFactor, 1);
        (_riseFraction, _first, _last) = (riseFraction, 1 / divideFactor, 1 / (divideFactor * finalDivideFactor));
    }

    public override float Factor(long step, int stepsPerEpoch, long totalSteps)
    {
        // The largest factor belongs to a step of its own, the last factor to the last step.
        var top = Math.Max(0, (_riseFraction * totalSteps) - 1);
        if (step < top)
            return (float)Anneal(_first, 1, step / top);
        var fall = totalSteps - 1 - top;
        return (float)Anneal(1, _last, fall > 0 ? (step - top) / fall : 0);
    }

    /// <summary>From one factor to another on half a cosine.</summary>
    private static double Anneal(double from, double to, double part) => to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * part)));
}
