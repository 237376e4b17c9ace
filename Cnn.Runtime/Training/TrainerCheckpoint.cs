using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Cnn;

/// <content>Checkpoints.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <summary>
    /// Saves the state from which training resumes: the weights and running averages, the optimizer's moving averages and learning rate,
    /// the frozen layers, the limit of the gradients, the number of steps, and the position of the last <see cref="Fit"/>. May be called
    /// between steps, and from <see cref="Fit"/>'s progress. The file is written beside its place and moved there when it is complete.
    /// </summary>
    /// <param name="path">The file; it is replaced if it exists. It is a safetensors file.</param>
    /// <exception cref="DirectoryNotFoundException">Its folder does not exist.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is read-only.</exception>
    /// <exception cref="InvalidOperationException">It is called in the middle of another call.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    public void SaveCheckpoint(string path)
    {
        using var call = _calls.Enter(nameof(SaveCheckpoint), mayInterpose: true);
        Pass();
        ArgumentException.ThrowIfNullOrEmpty(path);
        WriteCheckpoint(path);
    }

    private void WriteCheckpoint(string path)
    {
        var buffers = _optimizer.Buffers(TNetwork.TrainableLength);
        var tensors = CheckpointTensors(buffers);
        var values = tensors.Select(tensor => new float[tensor.Length]).ToArray();
        var next = 0;
        var weights = _network.Weights;
        foreach (var tensor in TNetwork.Parameters)
            tensor.Unpack(weights, values[next++]);
        foreach (var buffer in buffers)
        {
            foreach (var tensor in TrainedTensors)
                tensor.Unpack(InFullLength(buffer.Values), values[next++]);
        }

        CheckpointFile.Write(path, tensors, values, Texts());
    }

    /// <summary>
    /// Puts network, optimizer and trainer where a checkpoint was made: all of it, or nothing if the file is refused. For going on with
    /// <see cref="Fit"/> give the file to its <c>resumeFrom</c> instead.
    /// </summary>
    /// <param name="path">A file of <see cref="SaveCheckpoint"/>, of the same network and an optimizer of the same settings.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, no checkpoint, or of another network or optimizer.</exception>
    /// <exception cref="InvalidOperationException">It is called within another call.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    public void LoadCheckpoint(string path)
    {
        using var call = _calls.Enter(nameof(LoadCheckpoint));
        Pass();
        ArgumentException.ThrowIfNullOrEmpty(path);
        Restore(path, null);
    }

    private static IEnumerable<ParameterTensor> TrainedTensors => TNetwork.Parameters.Where(tensor => !tensor.IsBuffer);

    /// <summary>The network's tensors, then those of each moving average.</summary>
    private static List<ParameterTensor> CheckpointTensors(IReadOnlyList<OptimizerBuffer> buffers)
    {
        var tensors = TNetwork.Parameters.ToList();
        foreach (var buffer in buffers)
        {
            tensors.AddRange(TrainedTensors.Select(
                tensor => new ParameterTensor($"optimizer.{buffer.Name}.{tensor.Name}", [.. tensor.Shape], Initializer.Zeros, 1, 1)));
        }

        return tensors;
    }

    /// <summary>Moving averages end where running averages of the network begin; tensors reckon with both.</summary>
    private static float[] InFullLength(float[] values)
    {
        var full = values;
        if (full.Length < TNetwork.WeightsLength)
            Array.Resize(ref full, TNetwork.WeightsLength);
        return full;
    }

    private List<KeyValuePair<string, string>> Texts()
    {
        var texts = new List<KeyValuePair<string, string>>
        {
            OrderOfNetwork.Of<TNetwork>().Mark,
            new("optimizer", _optimizer.Form),
            new("optimizer_steps", CheckpointTexts.Write(_optimizer.StepCount)),
            new("learning_rate", CheckpointTexts.Write(_optimizer.LearningRate)),
            new("max_gradient_norm", CheckpointTexts.Write(_maxGradientNorm ?? 0)),
            new("frozen", string.Join(' ', _trained.FrozenNames)),
            new("steps", CheckpointTexts.Write(_steps)),
            new("epochs", CheckpointTexts.Write(_epochs)),
        };
        if (_position is { } position)
        {
            texts.AddRange(
            [
                new("fit_first", CheckpointTexts.Write(position.First)),
                new("fit_epoch", CheckpointTexts.Write(position.Epoch)),
                new("fit_step", CheckpointTexts.Write(position.Step)),
                new("fit_seed", CheckpointTexts.Write(position.Seed)),
                new("fit_batch_size", CheckpointTexts.Write(position.BatchSize)),
                new("fit_samples", CheckpointTexts.Write(position.Samples)),
                new("fit_loss", CheckpointTexts.Write(position.Sum.Loss)),
                new("fit_terms", CheckpointTexts.Write(position.Sum.Terms)),
                new("fit_correct", CheckpointTexts.Write(position.Sum.Correct)),
                new("fit_judged", CheckpointTexts.Write(position.Sum.Judged)),
                new("fit_ignored", CheckpointTexts.Write(position.Sum.Ignored)),
                new("fit_losses", string.Join(' ', position.Losses.Select(loss => CheckpointTexts.Write(loss)))),
            ]);
        }

        return texts;
    }

    /// <summary>Reads a checkpoint and takes it over.</summary>
    /// <param name="path">The file.</param>
    /// <param name="run">The run that goes on, or null if only the trainer does.</param>
    /// <returns>The position of the file's run; null if the file belongs to none.</returns>
    private FitPosition? Restore(string path, FitRun? run)
    {
        var buffers = _optimizer.Buffers(TNetwork.TrainableLength);
        var (values, texts) = CheckpointFile.Read(path, texts =>
        {
            var optimizer = texts.Text("optimizer");
            if (optimizer != _optimizer.Form)
                throw texts.Refuse($"it was made with {TensorMatch.Display(optimizer)}, but the trainer has {_optimizer.Form}");
            if (texts.Has(OrderMark.Key) && texts.Text(OrderMark.Key) != OrderOfNetwork.Of<TNetwork>().Mark.Value)
            {
                throw texts.Refuse(
                    $"it was made by a network of another layout, not Layout.{TNetwork.Layout}; a run goes on only in the layout in which it began");
            }

            return CheckpointTensors(buffers);
        });

        // Everything is read before anything changes.
        var optimizerSteps = texts.Number("optimizer_steps", 0L, long.MaxValue);
        var learningRate = texts.Number("learning_rate", 0f, float.MaxValue);
        var norm = texts.Number("max_gradient_norm", 0f, float.MaxValue);
        var steps = texts.Number("steps", 0UL, ulong.MaxValue);
        var frozen = texts.Parts("frozen");
        var position = ReadPosition(texts);
        var epochs = texts.Has("epochs") ? texts.Number("epochs", 0, int.MaxValue) : position?.Begun ?? 0;
        if (run is not null)
            RequireRun(texts, position, run);

        var next = 0;
        var weights = new AlignedFloats(TNetwork.WeightsLength);
        foreach (var tensor in TNetwork.Parameters)
            tensor.Pack(values[next++], weights);
        var full = new float[buffers.Count][];
        for (var buffer = 0; buffer < full.Length; buffer++)
        {
            full[buffer] = new float[TNetwork.WeightsLength];
            foreach (var tensor in TrainedTensors)
                tensor.Pack(values[next++], full[buffer]);
        }

        // The last that may fail.
        _trained.Replace(frozen);
        _network.ReplaceWeights(weights);
        for (var buffer = 0; buffer < full.Length; buffer++)
            full[buffer].AsSpan(0, buffers[buffer].Values.Length).CopyTo(buffers[buffer].Values);
        _optimizer.StepCount = optimizerSteps;
        _optimizer.LearningRate = learningRate;
        _maxGradientNorm = norm == 0 ? null : norm;
        Pass().Lowest = _trained.Lowest;
        (_steps, _epochs, _position) = (steps, epochs, position);
        return position;
    }

    /// <summary>The position of a checkpoint's run; null if the checkpoint belongs to none.</summary>
    private static FitPosition? ReadPosition(CheckpointTexts texts)
    {
        if (!texts.Has("fit_epoch"))
            return null;
        var epoch = texts.Number("fit_epoch", 0, int.MaxValue);
        var losses = texts.Numbers("fit_losses");
        if (losses.Count != epoch)
            throw texts.Refuse($"it has the losses of {losses.Count} epochs where {epoch} have ended");
        var batchSize = texts.Number("fit_batch_size", 1, int.MaxValue);
        var samples = texts.Number("fit_samples", 1, int.MaxValue);
        return new FitPosition
        {
            First = texts.Has("fit_first") ? texts.Number("fit_first", 0, int.MaxValue) : 0,
            Epoch = epoch,
            Step = texts.Number("fit_step", 0, StepsOf(samples, batchSize)),
            Seed = texts.Number("fit_seed", int.MinValue, int.MaxValue),
            BatchSize = batchSize,
            Samples = samples,
            Losses = losses,
            Sum = new LossSum(
                texts.Number("fit_loss", double.NegativeInfinity, double.PositiveInfinity),
                texts.Number("fit_terms", 0L, long.MaxValue),
                texts.Number("fit_correct", 0L, long.MaxValue),
                texts.Number("fit_judged", 0L, long.MaxValue),
                texts.Number("fit_ignored", 0L, long.MaxValue)),
        };
    }

    /// <exception cref="WeightsFormatException">The checkpoint is not of this run.</exception>
    private static void RequireRun(CheckpointTexts texts, FitPosition? position, FitRun run)
    {
        if (position is null)
            throw texts.Refuse("it was not made during Fit, so there is no run to resume; use LoadCheckpoint");
        RequireSame(texts, position.Seed, run.Seed, "seed");
        RequireSame(texts, position.BatchSize, run.BatchSize, "batch size");
        RequireSame(texts, position.Samples, run.Data.Count, "number of samples");
        if (position.Begun > run.Epochs)
        {
            throw texts.Refuse(
                $"its run is in epoch {position.Begun} already, but this one has {run.Epochs}; " +
                $"epochs counts those before the checkpoint too, so give {position.Begun} or more");
        }
    }

    private static void RequireSame(CheckpointTexts texts, int saved, int own, string what)
    {
        if (saved != own)
            throw texts.Refuse($"its run had the {what} {saved}, but this one has {own}; only the same run gives the same bits");
    }
}
