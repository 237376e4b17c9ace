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
    /// <param name="epochs">How often to take all of them, at least 1.</param>
    /// <param name="batchSize">The samples of a step, at least 1. What is left at the end of an epoch makes a smaller batch.</param>
    /// <param name="validation">Samples to evaluate the network on after each epoch, or null.</param>
    /// <param name="schedule">The factor on the optimizer's learning rate; <see cref="Schedule.Constant"/> if none is given.</param>
    /// <param name="seed">Seeds the order of the samples, augmentation and, with the steps that the trainer has taken, dropout.</param>
    /// <param name="progress">Told after every step, on the calling thread.</param>
    /// <param name="augment">Changes the training images, each sample anew in each epoch, or null.</param>
    /// <param name="checkpoints">Where to save checkpoints while training, or null.</param>
    /// <param name="resumeFrom">A checkpoint of the same run to go on from, to the same bits as if it had not been broken off; or
    /// null. All arguments must be those of the first call; <paramref name="epochs"/> may be more.</param>
    /// <param name="cancellationToken">Looked at before every step.</param>
    /// <returns>One result for each epoch that ended in this call.</returns>
    /// <exception cref="ArgumentException">The data do not fit the network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Epochs or batch size are less than 1.</exception>
    /// <exception cref="InvalidOperationException">The loss is not finite, or is more than a float holds; the step is not taken.</exception>
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
        _position = (resumeFrom is null ? null : Restore(resumeFrom, run)) ?? new FitPosition
        {
            Seed = seed,
            BatchSize = run.BatchSize,
            Samples = train.Count,
        };
        return Run(run, _position, validation, cancellationToken);
    }

    private List<EpochResult> Run(FitRun run, FitPosition position, Dataset? validation, CancellationToken cancellationToken)
    {
        // Each order comes from the one before.
        for (var epoch = 0; epoch < position.Epoch; epoch++)
            run.Shuffle(epoch);

        var results = new List<EpochResult>();
        while (position.Epoch < run.Epochs)
        {
            run.Shuffle(position.Epoch);
            var seconds = RunEpoch(run, position, cancellationToken);
            var sum = position.Sum;
            var evaluation = validation is null ? null : Evaluator<TNetwork>.Evaluate(_network, _loss, validation, _threads);
            results.Add(new EpochResult(position.Epoch + 1, sum.Mean, sum.Accuracy, evaluation, seconds));
            position.Losses.Add(evaluation?.Loss ?? sum.Mean);
            position.Epoch++;
            position.Step = 0;
            position.Sum = default;
            if (run.Checkpoints is { } checkpoints)
                SaveCheckpoint(checkpoints.Path);
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
            var rate = run.LearningRate(_optimizer.LearningRate, position);

            pass.Prepare(count, run.Data.TargetLength);
            var batch = pass.Run(run.Data, run.Order, start, SeedOfStep(run.Seed), run.Augmentation, run.AugmentationSeed(position.Epoch));
            if (!batch.IsFinite)
                throw NotFinite("loss", batch.Mean, run.Describe(position), rate);
            if (!Update(batch, rate))
                throw NotFinite("norm of the gradients", GradientNorm, run.Describe(position), rate);
            position.Sum += batch;
            position.Step++;

            seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            seen += count;
            Report(run, position, seen / seconds, rate);
        }

        return seconds;
    }

    private void Report(FitRun run, FitPosition position, double samplesPerSecond, float rate)
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
        if (run.Checkpoints is { EverySteps: > 0 } checkpoints && position.Step % checkpoints.EverySteps == 0)
            SaveCheckpoint(checkpoints.Path);
    }

    /// <summary>What stays the same while <see cref="Fit"/> runs.</summary>
    private sealed class FitRun(Dataset data, int epochs, int batchSize, int seed)
    {
        private const ulong AugmentationStream = 0xA06;

        public Dataset Data { get; } = data;

        public int Epochs { get; } = epochs;

        public int BatchSize { get; } = batchSize;

        public int Seed { get; } = seed;

        public int StepsPerEpoch { get; } = ((data.Count - 1) / batchSize) + 1;


        public int[] Order { get; } = Count(data.Count);

        public required Schedule Schedule { get; init; }

        public IProgress<TrainingProgress>? Progress { get; init; }

        public Augmentation? Augmentation { get; init; }

        public Checkpointing? Checkpoints { get; init; }

        public void Shuffle(int epoch) => Rng.Stream((ulong)Seed, (ulong)epoch).Shuffle(Order);

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

        private static int[] Count(int length)
        {
            var order = new int[length];
            for (var sample = 0; sample < length; sample++)
                order[sample] = sample;
            return order;
        }
    }
}
