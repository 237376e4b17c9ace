using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace Cnn;

/// <content>Training over whole data sets.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <summary>Trains for some epochs, each of which takes every sample once, in a new random order.</summary>
    /// <param name="train">The samples to learn from.</param>
    /// <param name="epochs">How often to take all of them, at least 1.</param>
    /// <param name="batchSize">The samples of a step, at least 1. What is left at the end of an epoch makes a smaller batch.</param>
    /// <param name="validation">Samples to evaluate the network on after each epoch, or null.</param>
    /// <param name="schedule">The factor on the optimizer's learning rate; <see cref="Schedule.Constant"/> if none is given.</param>
    /// <param name="seed">Seeds the order of the samples and, with the steps that the trainer has taken, dropout.</param>
    /// <param name="progress">Told after every step, on the calling thread.</param>
    /// <param name="cancellationToken">Looked at before every step.</param>
    /// <returns>One result an epoch.</returns>
    /// <exception cref="ArgumentException">The data do not fit the network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Epochs or batch size are less than 1.</exception>
    /// <exception cref="InvalidOperationException">The loss is not finite; the step is not taken.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the weights are those after the last whole step.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    public IReadOnlyList<EpochResult> Fit(
        Dataset train,
        int epochs,
        int batchSize,
        Dataset? validation = null,
        Schedule? schedule = null,
        int seed = 0,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Pass();
        DatasetChecks.Require<TNetwork>(train, nameof(train));
        if (validation is not null)
            DatasetChecks.Require<TNetwork>(validation, nameof(validation));
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);

        var order = new int[train.Count];
        for (var sample = 0; sample < order.Length; sample++)
            order[sample] = sample;
        var run = new FitRun(train, order, epochs, Math.Min(batchSize, train.Count), schedule ?? Schedule.Constant, seed, progress);

        var results = new EpochResult[epochs];
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            Rng.Stream((ulong)seed, (ulong)epoch).Shuffle(order);
            var (sum, seconds) = RunEpoch(run, epoch, cancellationToken);
            var evaluation = validation is null ? null : Evaluator<TNetwork>.Evaluate(_network, _loss, validation, _threads);
            results[epoch] = new EpochResult(
                epoch + 1,
                sum.Loss / train.Count,
                (double)sum.Correct / train.Count,
                evaluation,
                seconds);
        }

        return results;
    }

    private (LossSum Sum, double Seconds) RunEpoch(FitRun run, int epoch, CancellationToken cancellationToken)
    {
        var pass = Pass();
        var update = _update!;
        var sum = default(LossSum);
        var began = Stopwatch.GetTimestamp();
        var seconds = 0.0;
        for (var step = 0; step < run.StepsPerEpoch; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = step * run.BatchSize;
            var count = Math.Min(run.BatchSize, run.Data.Count - start);
            var rate = run.LearningRate(_optimizer.LearningRate, epoch, step);

            pass.Prepare(count, run.HasTargets);
            sum += pass.Run(run.Data, run.Order, start, SeedOfStep(run.Seed));
            if (!double.IsFinite(sum.Loss))
                throw NotFinite(sum.Loss, $"epoch {epoch + 1} of {run.Epochs}, step {step + 1} of {run.StepsPerEpoch}", rate);
            update.Run(rate);
            _steps++;

            seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var seen = start + count;
            run.Progress?.Report(new TrainingProgress(
                epoch + 1,
                run.Epochs,
                step + 1,
                run.StepsPerEpoch,
                sum.Loss / seen,
                (double)sum.Correct / seen,
                seen / seconds,
                rate));
        }

        return (sum, seconds);
    }

    /// <summary>What stays the same while <see cref="Fit"/> runs.</summary>
    private sealed record FitRun(
        Dataset Data,
        int[] Order,
        int Epochs,
        int BatchSize,
        Schedule Schedule,
        int Seed,
        IProgress<TrainingProgress>? Progress)
    {
        public int StepsPerEpoch { get; } = ((Data.Count - 1) / BatchSize) + 1;

        public bool HasTargets { get; } = Data.Classes == 0;

        /// <exception cref="InvalidOperationException">The schedule gives no usable factor.</exception>
        public float LearningRate(float optimizersOwn, int epoch, int step)
        {
            var factor = Schedule.Factor(((long)epoch * StepsPerEpoch) + step, StepsPerEpoch, (long)Epochs * StepsPerEpoch);
            var rate = optimizersOwn * factor;
            if (!float.IsFinite(rate) || factor < 0)
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"{Schedule.GetType().Name} gave the factor {factor} for step {step + 1} of epoch {epoch + 1}."));
            }

            return rate;
        }
    }
}
