using System;

namespace Cnn;

/// <summary>
/// Brings the statistics of a batch together that threads have computed of their samples, in the order of the threads, and gives
/// each of them the result.
/// </summary>
internal static class BatchStatistics
{
    /// <summary>
    /// From the mean and the deviation of each shard to those of the batch, by the formula of Chan, Golub and LeVeque 1979; and moves the
    /// running averages, whose variance is the unbiased one. A mean is a float and, in the third place, what it is above that. An average
    /// that is not finite, as a file may hold it, begins anew with the batch's.
    /// </summary>
    /// <param name="exchange">The statistics to combine.</param>
    /// <param name="workspaces">The workspace of each shard.</param>
    /// <param name="samples">The samples of each.</param>
    /// <param name="means">The running mean of each channel.</param>
    /// <param name="variances">The running variance of each channel.</param>
    /// <returns>Whether all that was computed is finite.</returns>
    public static bool MergeMoments(
        BatchExchange exchange, AlignedFloats[] workspaces, ReadOnlySpan<int> samples, Span<float> means, Span<float> variances)
    {
        var isFinite = true;
        for (var channel = 0; channel < exchange.Channels; channel++)
        {
            double count = 0, mean = 0, squares = 0;
            for (var shard = 0; shard < samples.Length; shard++)
            {
                var elements = (double)samples[shard] * exchange.Elements;
                var own = workspaces[shard].Span[(exchange.Offset + channel)..];
                double deviation = own[exchange.Pitch];
                var difference = own[0] + (double)own[2 * exchange.Pitch] - mean;
                var total = count + elements;
                squares += (deviation * deviation * elements) + (difference * difference * count * elements / total);
                mean += difference * elements / total;
                count = total;
            }

            var width = (float)Math.Sqrt(squares / count);
            for (var shard = 0; shard < samples.Length; shard++)
            {
                var own = workspaces[shard].Span[(exchange.Offset + channel)..];
                own[0] = (float)mean;
                own[exchange.Pitch] = width;
                own[2 * exchange.Pitch] = (float)(mean - own[0]);
            }

            // One element alone has no unbiased variance; the average then stays as it is.
            isFinite &= float.IsFinite((float)mean) & float.IsFinite(width) & Move(ref means[channel], mean, exchange.Momentum);
            if (count > 1)
                isFinite &= Move(ref variances[channel], squares / (count - 1), exchange.Momentum);
        }

        return isFinite;
    }

    /// <summary>From two sums of each shard to their means over the batch.</summary>
    /// <param name="exchange">The statistics to combine.</param>
    /// <param name="workspaces">The workspace of each shard.</param>
    /// <param name="samples">The samples of each.</param>
    public static void AverageSums(BatchExchange exchange, AlignedFloats[] workspaces, ReadOnlySpan<int> samples)
    {
        double count = 0;
        foreach (var share in samples)
            count += (double)share * exchange.Elements;
        for (var i = 0; i < 2; i++)
        {
            for (var channel = 0; channel < exchange.Channels; channel++)
            {
                var place = exchange.Offset + (i * exchange.Pitch) + channel;
                var sum = 0.0;
                for (var shard = 0; shard < samples.Length; shard++)
                    sum += workspaces[shard].Span[place];
                for (var shard = 0; shard < samples.Length; shard++)
                    workspaces[shard].Span[place] = (float)(sum / count);
            }
        }
    }

    private static bool Move(ref float average, double value, double momentum)
    {
        average = (float)(float.IsFinite(average) ? ((1 - momentum) * average) + (momentum * value) : value);
        return float.IsFinite(average);
    }
}
