using System;
using Cnn.Benchmarks.Networks;

namespace Cnn.Benchmarks;

/// <summary>One training step of LeNet-5 on the next batch of digits.</summary>
internal sealed class TrainingStep : IDisposable
{
    /// <summary>The learning rate, ours and the rivals'.</summary>
    public const float LearningRate = 0.01f;

    private readonly Trainer<MnistLeNet> _trainer;
    private readonly float[] _inputs;
    private readonly int[] _labels;
    private int _batch;

    /// <summary>Prepares the steps.</summary>
    public TrainingStep(MnistLeNet network, float[] inputs, int[] labels, int threads = 1)
    {
        _trainer = new Trainer<MnistLeNet>(network, new Sgd(LearningRate, momentum: 0.9f), threads: threads);
        _inputs = inputs;
        _labels = labels;
    }

    /// <summary>Takes a step and returns the loss before it.</summary>
    public float Run()
    {
        const int InputFloats = Digits.BatchSize * MnistLeNet.InputLength;
        var loss = _trainer.Step(
            _inputs.AsSpan(_batch * InputFloats, InputFloats),
            _labels.AsSpan(_batch * Digits.BatchSize, Digits.BatchSize));
        _batch = (_batch + 1) % Digits.Batches;
        return loss;
    }

    /// <inheritdoc/>
    public void Dispose() => _trainer.Dispose();
}
