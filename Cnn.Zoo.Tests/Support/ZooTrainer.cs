using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading;

namespace Cnn.Zoo.Tests.Support;

/// <summary>A trainer of a network whose class is known only at run time, and all that it and the network would save.</summary>
internal abstract class ZooTrainer : IDisposable
{
    public abstract float? MaxGradientNorm { set; }

    public abstract float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels);

    /// <summary>One epoch of two samples per step.</summary>
    public abstract void Fit(
        Dataset data,
        Schedule? schedule = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>The digests of the bytes that the network saves and of those of a checkpoint.</summary>
    public abstract (string Weights, string Checkpoint) State();

    /// <summary>The output of the network, and that of another into which its weights are loaded.</summary>
    public abstract (float[] Own, float[] Loaded) Outputs(float[] input);

    public abstract void Dispose();
}

/// <inheritdoc/>
internal sealed class ZooTrainer<TNetwork>(TNetwork network, Optimizer optimizer, int threads) : ZooTrainer
    where TNetwork : class, INetwork<TNetwork>
{
    private readonly Trainer<TNetwork> _trainer = new(network, optimizer, threads: threads);
    private readonly string _file = Path.GetTempFileName();

    public override float? MaxGradientNorm
    {
        set => _trainer.MaxGradientNorm = value;
    }

    public override float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels) => _trainer.Step(inputs, labels);

    public override void Fit(
        Dataset data, Schedule? schedule, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken) =>
        _trainer.Fit(data, 1, 2, schedule: schedule, progress: progress, cancellationToken: cancellationToken);

    public override (string Weights, string Checkpoint) State()
    {
        NetworkWeights.Save(network, _file);
        var weights = Digest();
        _trainer.SaveCheckpoint(_file);
        return (weights, Digest());
    }

    public override (float[] Own, float[] Loaded) Outputs(float[] input)
    {
        NetworkWeights.Save(network, _file);
        return (Output(network), Output(NetworkWeights.Load<TNetwork>(_file)));

        float[] Output(TNetwork which)
        {
            var output = new float[TNetwork.OutputLength];
            NetworkRunner.Forward<TNetwork>(which.InferenceWeights, input, output);
            return output;
        }
    }

    public override void Dispose()
    {
        _trainer.Dispose();
        File.Delete(_file);
    }

    private string Digest()
    {
        using var stream = File.OpenRead(_file);
        return Convert.ToHexString(SHA256.HashData(stream));
    }
}
