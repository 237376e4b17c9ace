using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Cnn;

/// <summary>Inference over a data set, in chunks whose losses are added up in their order, so that threads do not change the sum.</summary>
internal sealed class Evaluator<TNetwork> : IForkJoinWork
    where TNetwork : class, INetwork<TNetwork>
{
    private const int ChunkSamples = 128;

    private readonly TNetwork _network;
    private readonly Loss _loss;
    private readonly Dataset _data;
    private readonly bool _hasTargets;
    private readonly int[] _counts;
    private readonly LossSum[] _sums;
    private readonly int _parts;

    private Evaluator(TNetwork network, Loss loss, Dataset data, int threads)
    {
        _network = network;
        _loss = loss;
        _data = data;
        _hasTargets = data.Classes == 0;
        _counts = _hasTargets ? [] : new int[data.Classes * data.Classes];
        _sums = new LossSum[((data.Count - 1) / ChunkSamples) + 1];
        _parts = Math.Min(threads, _sums.Length);
    }

    /// <summary>Evaluates a network on data that fit it.</summary>
    public static Evaluation Evaluate(TNetwork network, Loss loss, Dataset data, int threads)
    {
        var evaluator = new Evaluator<TNetwork>(network, loss, data, threads);
        ForkJoin.Run(evaluator, evaluator._parts);
        var sum = default(LossSum);
        foreach (var chunk in evaluator._sums)
            sum += chunk;
        var confusion = evaluator._hasTargets ? null : new ConfusionMatrix(data.Classes, evaluator._counts);
        return new Evaluation((double)sum.Correct / data.Count, sum.Loss / data.Count, confusion, data.Count);
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        var input = new float[TNetwork.InputLength];
        var output = new float[TNetwork.OutputLength];
        var target = new float[_data.TargetLength];
        var end = Shards.Start(part + 1, _parts, _sums.Length);
        for (var chunk = Shards.Start(part, _parts, _sums.Length); chunk < end; chunk++)
        {
            var sum = default(LossSum);
            var last = (int)Math.Min(_data.Count, (chunk + 1L) * ChunkSamples);
            for (var sample = chunk * ChunkSamples; sample < last; sample++)
                sum += EvaluateOne(sample, input, output, target);
            _sums[chunk] = sum;
        }
    }

    private LossSum EvaluateOne(int sample, float[] input, float[] output, float[] target)
    {
        _data.CopyInput(sample, input);
        NetworkRunner.Run<TNetwork>(
            ref MemoryMarshal.GetReference(_network.Weights),
            ref MemoryMarshal.GetArrayDataReference(input),
            ref MemoryMarshal.GetArrayDataReference(output),
            1);
        var softmax = TNetwork.Training.EndsInSoftmax;
        var predicted = Outputs.Largest(output);
        if (_hasTargets)
        {
            _data.CopyTarget(sample, target);
            return new LossSum(_loss.Measure(output, target, softmax), predicted == Outputs.Largest(target) ? 1 : 0);
        }

        var label = _data.Label(sample);
        Interlocked.Increment(ref _counts[(label * _data.Classes) + predicted]);
        return new LossSum(_loss.Measure(output, label, softmax), predicted == label ? 1 : 0);
    }
}
