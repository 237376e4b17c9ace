using System;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>The exchange of a single thread with itself between the phases of training.</summary>
internal static class BatchExchanges
{
    /// <summary>Moves the running averages. The statistics stay as they are: a mean, a deviation, and what the mean is above its rounding.</summary>
    public static void Moments(BatchExchange exchange, Span<float> workspace, int samples, Span<float> weights)
    {
        var elements = (double)samples * exchange.Elements;
        for (var c = 0; c < exchange.Channels; c++)
        {
            var mean = workspace[exchange.Offset + c] + (double)workspace[exchange.Offset + (2 * exchange.Pitch) + c];
            double deviation = workspace[exchange.Offset + exchange.Pitch + c];
            var squares = deviation * deviation * elements;
            ref var runningMean = ref weights[exchange.RunningMean + c];
            ref var runningVariance = ref weights[exchange.RunningVariance + c];
            runningMean = (float)(((1 - exchange.Momentum) * runningMean) + (exchange.Momentum * mean));
            if (elements > 1)
                runningVariance = (float)(((1 - exchange.Momentum) * runningVariance) + (exchange.Momentum * squares / (elements - 1)));
        }
    }

    /// <summary>From sums to means.</summary>
    public static void Sums(BatchExchange exchange, Span<float> workspace, int samples)
    {
        for (var c = 0; c < exchange.Channels; c++)
        {
            workspace[exchange.Offset + c] /= samples * exchange.Elements;
            workspace[exchange.Offset + exchange.Pitch + c] /= samples * exchange.Elements;
        }
    }
}
