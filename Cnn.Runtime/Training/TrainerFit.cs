using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;

namespace Cnn;

/// <content>Training over whole data sets.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <summary>Trains for some epochs, each of which takes every sample once, in a new random order.</summary>
    /// <param name="train">The samples to learn from.</param>
    /// <param name="epochs">The number of passes over all of them, at least 1.</param>
    /// <param name="batchSize">The samples of a step, at least 1. The remainder at the end of an epoch makes a smaller batch.</param>
    /// <param name="validation">Samples to evaluate the network on after each epoch, or null.</param>
    /// <param name="schedule">The factor on the optimizer's learning rate; <see cref="Schedule.Constant"/> if none is given.</param>
    /// <param name="seed">Seeds the order of the samples and augmentation, together with the epochs that the trainer has begun in earlier
    /// calls, and dropout, together with the steps that it has taken. So several calls draw what one call of as many epochs would.</param>
    /// <param name="progress">Told after every step, on the calling thread. <see cref="Evaluate"/>, <see cref="SaveCheckpoint"/>,
    /// <see cref="Freeze"/>, <see cref="Unfreeze"/> and <see cref="MaxGradientNorm"/> may be used there, as in the schedule.</param>
    /// <param name="augment">Changes the training images, each sample anew in each epoch, or null. Its shape is that of the network's
    /// input.</param>
    /// <param name="checkpoints">The file and the interval of checkpoints while training, or null.</param>
    /// <param name="resumeFrom">A checkpoint of the same run to go on from, to the same bits as if it had not been broken off; or
    /// null. All arguments must be those of the first call; <paramref name="epochs"/> may be more.</param>
    /// <param name="cancellationToken">Looked at before every step.</param>
    /// <returns>One result for each epoch that ended in this call.</returns>
    /// <exception cref="ArgumentException">The data do not fit the network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Epochs or batch size are less than 1.</exception>
    /// <exception cref="InvalidOperationException">
    /// The loss, the statistics of a batch or a gradient is not finite or is more than a float holds, and its step was not taken; or the
    /// call comes within another.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; the weights are those after the last whole step.</exception>
    /// <exception cref="WeightsFormatException">
    /// The checkpoint is damaged, or of another network, optimizer or run; nothing has changed.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    public IReadOnlyList<EpochResult> Fit(
        Dataset train,
        int epochs,
        int batchSize,
        Dataset? validation = null,
        Schedule? schedule = null,
        int seed = 0,
        IProgress<TrainingProgress>? progress = null,
        Augmentation? augment = null,
        Checkpointing? checkpoints = null,
        string? resumeFrom = null,
        CancellationToken cancellationToken = default)
    {
        using var call = _calls.Enter(nameof(Fit));
        Pass();
        DatasetChecks.Require<TNetwork>(train, _loss, nameof(train));
        if (validation is not null)
            DatasetChecks.Require<TNetwork>(validation, _loss, nameof(validation));
        DatasetChecks.RequireAugmentation<TNetwork>(augment, train, _loss, nameof(augment));
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (checkpoints is not null)
        {
            ArgumentException.ThrowIfNullOrEmpty(checkpoints.Path, nameof(checkpoints));
            ArgumentOutOfRangeException.ThrowIfNegative(checkpoints.EverySteps, nameof(checkpoints));
        }

        var run = new FitRun(train, epochs, Math.Min(batchSize, train.Count), seed)
        {
            Schedule = schedule ?? Schedule.Constant,
            Progress = progress,
            Augmentation = augment,
            Checkpoints = checkpoints,
        };
        var position = resumeFrom is null
            ? new FitPosition { First = _epochs, Seed = seed, BatchSize = run.BatchSize, Samples = train.Count }
            : Restore(resumeFrom, run)!;
        if (_order?.IsOf(seed, train.Count) != true)
            _order = new SampleOrder(seed, train.Count);
        return Run(run, position, validation, cancellationToken);
    }

    private List<EpochResult> Run(FitRun run, FitPosition position, Dataset? validation, CancellationToken cancellationToken)
    {
        var results = new List<EpochResult>();
        while (position.Epoch < run.Epochs)
        {
            _order!.MoveTo(position.First + position.Epoch);
            var seconds = RunEpoch(run, position, cancellationToken);
            var sum = position.Sum;
            var evaluation = validation is null ? null : Evaluator<TNetwork>.Evaluate(_network, _loss, validation, _threads);
            results.Add(new EpochResult(position.Epoch + 1, sum.Mean, sum.Accuracy, evaluation, seconds));
            position.EndEpoch(evaluation?.Loss ?? sum.Mean);
            if (run.Checkpoints is { } checkpoints)
                WriteCheckpoint(checkpoints.Path);
        }

        return results;
    }

    private double RunEpoch(FitRun run, FitPosition position, CancellationToken cancellationToken)
    {
        var pass = Pass();
        var began = Stopwatch.GetTimestamp();
        var seconds = 0.0;
        var seen = 0L;
        while (position.Step < run.StepsPerEpoch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = position.Step * run.BatchSize;
            var count = Math.Min(run.BatchSize, run.Data.Count - start);
            var rate = LearningRate(run, position);

            pass.Prepare(count, run.Data.TargetLength);
            var augmentationSeed = run.AugmentationSeed(position.First + position.Epoch);
            Take(
                pass.Run(run.Data, _order!.Samples, start, SeedOfStep(run.Seed), run.Augmentation, augmentationSeed),
                rate,
                run,
                position);

            seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            seen += count;
            Report(run, position, seen / seconds, rate);
        }

        return seconds;
    }

    private void Report(FitRun run, FitPosition position, double samplesPerSecond, float rate)
    {
        using (_calls.Pause())
        {
            run.Progress?.Report(new TrainingProgress(
                position.Epoch + 1,
                run.Epochs,
                position.Step,
                run.StepsPerEpoch,
                position.Sum.Mean,
                position.Sum.Accuracy,
                samplesPerSecond,
                rate));
        }

        if (run.Checkpoints is { EverySteps: > 0 } checkpoints && position.Step % checkpoints.EverySteps == 0)
            WriteCheckpoint(checkpoints.Path);
    }

    private float LearningRate(FitRun run, FitPosition position)
    {
        using var pause = _calls.Pause();
        return run.LearningRate(_optimizer.LearningRate, position);
    }

    private static int StepsOf(int samples, int batchSize) => ((samples - 1) / batchSize) + 1;

    /// <summary>The values that stay the same while <see cref="Fit"/> runs.</summary>
    private sealed class FitRun(Dataset data, int epochs, int batchSize, int seed)
    {
        private const ulong AugmentationStream = 0xA06;

        public Dataset Data { get; } = data;

        public int Epochs { get; } = epochs;

        public int BatchSize { get; } = batchSize;

        public int Seed { get; } = seed;

        public int StepsPerEpoch { get; } = StepsOf(data.Count, batchSize);

        public required Schedule Schedule { get; init; }

        public IProgress<TrainingProgress>? Progress { get; init; }

        public Augmentation? Augmentation { get; init; }

        public Checkpointing? Checkpoints { get; init; }

        /// <summary>Seeds what happens to the samples of an epoch, whatever batches and threads they fall into.</summary>
        public ulong AugmentationSeed(int epoch) =>
            SplitMix64.Mix(SplitMix64.Mix((ulong)Seed ^ (AugmentationStream << 32)) + (ulong)epoch);

        public string Describe(FitPosition position) =>
            $"epoch {position.Epoch + 1} of {Epochs}, step {position.Step + 1} of {StepsPerEpoch}";

        /// <exception cref="InvalidOperationException">The schedule gives no usable factor.</exception>
        public float LearningRate(float optimizersOwn, FitPosition position)
        {
            var factor = Schedule.Factor(
                ((long)position.Epoch * StepsPerEpoch) + position.Step,
                StepsPerEpoch,
                (long)Epochs * StepsPerEpoch,
                CollectionsMarshal.AsSpan(position.Losses));
            var rate = optimizersOwn * factor;
            if (!float.IsFinite(rate) || factor < 0)
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"{Schedule.GetType().Name} gave the factor {factor} for step {position.Step + 1} of epoch {position.Epoch + 1}."));
            }

            return rate;
        }
    }
}
