using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>Inference over a data set, in chunks whose losses are added up in their order, so that threads do not change the sum.</summary>
internal sealed unsafe class Evaluator<TNetwork> : IForkJoinWork
    where TNetwork : class, INetwork<TNetwork>
{
    private const int ChunkSamples = 128;

    private readonly Gate _gate = new();
    private readonly Loss _loss;
    private readonly Dataset _data;
    private readonly OutputForm _form = OutputForm.Of<TNetwork>();
    private readonly bool _hasTargets;
    private readonly ConfusionCounts? _counts;
    private readonly LossSum[] _sums;
    private readonly int _parts;
    private float* _weights;

    private Evaluator(Loss loss, Dataset data, int threads)
    {
        _loss = loss;
        _data = data;
        _hasTargets = data.Classes == 0;
        _counts = _hasTargets ? null : new ConfusionCounts(data.Classes);
        _sums = new LossSum[((data.Count - 1) / ChunkSamples) + 1];
        _parts = Math.Min(threads, _sums.Length);
    }

    /// <summary>Evaluates a network on data that fit it.</summary>
    public static Evaluation Evaluate(TNetwork network, Loss loss, Dataset data, int threads)
    {
        var evaluator = new Evaluator<TNetwork>(loss, data, threads);

        // All samples meet the same weights, even if the network gets others meanwhile.
        fixed (float* weights = network.InferenceWeights)
        {
            evaluator._weights = weights;
            ForkJoin.Run(evaluator, evaluator._parts);
        }

        var sum = default(LossSum);
        foreach (var chunk in evaluator._sums)
            sum += chunk;
        var confusion = evaluator._counts is null ? null : ConfusionMatrix.Of(data.Classes, evaluator._counts.Listed());
        return new Evaluation(sum.Accuracy, sum.Mean, confusion, data.Count);
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        var work = new Memory(_form, _data);
        var end = Shards.Start(part + 1, _parts, _sums.Length);
        for (var chunk = Shards.Start(part, _parts, _sums.Length); chunk < end; chunk++)
        {
            var sum = default(LossSum);
            var last = (int)Math.Min(_data.Count, (chunk + 1L) * ChunkSamples);
            for (var sample = chunk * ChunkSamples; sample < last; sample++)
                sum += EvaluateOne(sample, work);
            _sums[chunk] = sum;
        }

        if (_counts is null)
            return;
        using var held = _gate.Enter();
        _counts.Add(work.Counts!);
    }

    private LossSum EvaluateOne(int sample, Memory work)
    {
        _data.CopyInput(sample, work.Input);
        NetworkRunner.Run<TNetwork>(
            ref Unsafe.AsRef<float>(_weights),
            ref MemoryMarshal.GetArrayDataReference(work.Input),
            ref MemoryMarshal.GetArrayDataReference(work.Output),
            1);
        if (_hasTargets)
        {
            _data.CopyTarget(sample, work.Target);
            return _loss.MeasureAll(work.Output, work.Target, _form);
        }

        _data.CopyLabels(sample, work.Labels);
        for (var pixel = 0; pixel < _form.Pixels; pixel++)
        {
            var label = work.Labels[pixel];
            if (label != _loss.Ignored)
                work.Counts!.Add(label, _form.Class(work.Output, pixel));
        }

        return _loss.Measure(work.Output.AsSpan(0, _form.Length), work.Labels, _form);
    }

    /// <summary>The buffers of a thread.</summary>
    private sealed class Memory(in OutputForm form, Dataset data)
    {
        public float[] Input { get; } = new float[TNetwork.InputLength];

        public float[] Output { get; } = new float[TNetwork.OutputLength];

        public float[] Target { get; } = new float[data.TargetLength];

        public int[] Labels { get; } = new int[form.Pixels];

        public ConfusionCounts? Counts { get; } = data.Classes == 0 ? null : new ConfusionCounts(data.Classes);
    }
}
