using System;

namespace Cnn.Tests.Training;

/// <summary>The statistics that networks written by hand exchange.</summary>
internal static class Moments
{
    /// <summary>The mean of one element of each input, its deviation, and what the mean is above its rounding, for the first exchange.</summary>
    public static void Of(Span<float> workspace, TrainingPlan plan, int inputLength, int count, int element = 0)
    {
        double mean = 0, squares = 0;
        for (var sample = 0; sample < count; sample++)
            mean += workspace[plan.Input + (sample * inputLength) + element] / (double)count;
        for (var sample = 0; sample < count; sample++)
            squares += Math.Pow(workspace[plan.Input + (sample * inputLength) + element] - mean, 2);
        var exchange = plan.ForwardExchanges[0];
        workspace[exchange.Offset] = (float)mean;
        workspace[exchange.Offset + exchange.Pitch] = (float)Math.Sqrt(squares / count);
        workspace[exchange.Offset + (2 * exchange.Pitch)] = (float)(mean - (float)mean);
    }
}
