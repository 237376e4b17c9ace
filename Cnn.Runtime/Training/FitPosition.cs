using System.Collections.Generic;

namespace Cnn;

/// <summary>The position of <c>Trainer.Fit</c>, and the state from which it resumes.</summary>
internal sealed class FitPosition
{
    /// <summary>Gets the epochs that have ended, validation included.</summary>
    public int Epoch { get; set; }

    /// <summary>Gets the steps taken of the next.</summary>
    public int Step { get; set; }

    /// <summary>Gets or sets what these steps add up to.</summary>
    public LossSum Sum { get; set; }

    /// <summary>Gets the loss of every epoch that has ended, as schedules see it.</summary>
    public List<double> Losses { get; init; } = [];

    /// <summary>Gets the epochs that the trainer had begun before this run: the order of the samples and augmentation go on from there.
    /// </summary>
    public required int First { get; init; }

    /// <summary>Gets the epochs of which a step has been taken.</summary>
    public int Begun => Epoch + (Step > 0 ? 1 : 0);

    /// <summary>Gets the seed of the order of the samples.</summary>
    public required int Seed { get; init; }

    /// <summary>Gets the samples of a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Gets the samples of an epoch.</summary>
    public required int Samples { get; init; }

    /// <summary>Moves on by a step.</summary>
    public void Add(in LossSum batch)
    {
        Sum += batch;
        Step++;
    }

    /// <summary>Moves on to the next epoch.</summary>
    public void EndEpoch(double loss)
    {
        Losses.Add(loss);
        Epoch++;
        Step = 0;
        Sum = default;
    }
}
