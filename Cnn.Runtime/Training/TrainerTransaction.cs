using System;

namespace Cnn;

/// <content>The transaction of a step: a pass computes in memory of its own, then all that is kept changes together, or nothing.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <summary>Takes the step of a batch by hand, and gives its loss.</summary>
    private float Take(LossSum batch)
    {
        Take(batch, _optimizer.LearningRate, null, null);
        return (float)batch.Mean;
    }

    /// <summary>Takes the step of the batch that the pass has computed.</summary>
    /// <param name="batch">Its loss.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="run">The run of <see cref="Fit"/> that it belongs to, or null.</param>
    /// <param name="position">The position of the run, or null; it advances.</param>
    /// <exception cref="InvalidOperationException">Something is not finite; nothing has changed.</exception>
    private void Take(LossSum batch, float rate, FitRun? run, FitPosition? position)
    {
        var update = _update!;
        if (!batch.IsFinite)
            throw NotTaken(FormattableString.Invariant($"The loss is {batch.Mean}"), rate, run, position);
        if (_pass!.Fault is { } exchange)
            throw NotTaken($"The mean or the variance of the batch at {OwnerOf(exchange.RunningMean)} is not finite", rate, run, position);
        if (!update.Measure(batch.GradientFactor, _maxGradientNorm, out var norm))
        {
            var fault = _maxGradientNorm is null
                ? FormattableString.Invariant($"A gradient is NaN, or larger than {_optimizer.LargestGradient:E1},")
                : FormattableString.Invariant($"The norm of the gradients is {norm}");
            throw NotTaken(fault, rate, run, position);
        }

        // From here on no code of the user's runs, and nothing can fail after the step has begun.
        update.Begin(rate);
        try
        {
            update.Take();
        }
        finally
        {
            _steps++;
            GradientNorm = norm;
            position?.Add(batch);
            _position = position;
            _epochs = position is null ? _epochs : position.First + position.Begun;
        }
    }

    private InvalidOperationException NotTaken(string fault, float rate, FitRun? run, FitPosition? position)
    {
        var where = run is null || position is null ? FormattableString.Invariant($"step {_steps + 1}") : run.Describe(position);
        var advice = BadWeights() is { } tensor
            ? $"{tensor} holds numbers that are not finite: load weights that are."
            : "Lower the learning rate, or look for inputs that are not finite or far too large.";
        var text = FormattableString.Invariant($"{fault} at {where}, with a learning rate of {rate}.");
        return new InvalidOperationException($"{text} The step was not taken. {advice}");
    }

    /// <summary>The first tensor, running averages aside, that is not finite; null if all are.</summary>
    private string? BadWeights()
    {
        foreach (var tensor in TrainedTensors)
        {
            var values = new float[tensor.Length];
            tensor.Unpack(_network.Weights, values);
            if (!global::Cnn.GradientNorm.AreWithin(values, float.MaxValue))
                return tensor.Name;
        }

        return null;
    }

    /// <summary>The layer whose running averages begin at a place of the weights.</summary>
    private static string OwnerOf(int place)
    {
        var marks = new float[TNetwork.WeightsLength];
        foreach (var tensor in TNetwork.Parameters)
        {
            if (!tensor.IsBuffer)
                continue;
            var ones = new float[tensor.Length];
            Array.Fill(ones, 1);
            tensor.Pack(ones, marks);
            if (marks[place] != 0)
                return tensor.Name[..Math.Max(0, tensor.Name.LastIndexOf('.'))];
        }

        return "a batch normalisation";
    }
}
