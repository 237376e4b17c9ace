using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>
/// Adds up the gradients of the shards, in their order, and lets the optimizer step; block by block, and large networks on several threads.
/// Measuring comes first and changes nothing that is kept, so that a step whose gradients are of no use is not begun.
/// </summary>
internal sealed class WeightUpdate<TNetwork>(
    TNetwork network, Optimizer optimizer, GradientPass<TNetwork> pass, TrainedWeights<TNetwork> trained, int threads) : IForkJoinWork
    where TNetwork : class, INetwork<TNetwork>
{
    /// <summary>Floats of a block, with all its arrays about a first-level cache; a multiple of every vector's length.</summary>
    private const int BlockFloats = 2048;

    /// <summary>With fewer blocks a thread, which is still awake after the pass, would have less work than the hand-over costs.</summary>
    private const int LeastBlocksAThread = 8;

    private readonly int _parts = Math.Clamp(Blocks / LeastBlocksAThread, 1, threads);

    // The sum of squares of each block, or the number of its runs that cannot be used.
    private readonly double[] _measured = new double[Blocks];
    private readonly bool[] _stepped = new bool[threads];
    private Stage _stage;
    private float _factor;
    private float _largest;

    private enum Stage
    {
        /// <summary>Sums, and looks whether the optimizer can use every sum.</summary>
        SumAndCheck,

        /// <summary>Sums, and measures the sums.</summary>
        SumAndMeasure,

        /// <summary>Steps with the sums that are there.</summary>
        Step,
    }

    /// <summary>Adds up the gradients of the last batch and measures them. Nothing but the gradients changes.</summary>
    /// <param name="factor">A factor on the gradients, above 0.</param>
    /// <param name="maxNorm">The largest norm of the gradients of all trained weights together, or null for no limit.</param>
    /// <param name="norm">The norm before clipping; NaN where there is no limit.</param>
    /// <returns>Whether a step can be taken with them.</returns>
    public bool Measure(float factor, float? maxNorm, out double norm)
    {
        _factor = factor;
        _largest = optimizer.LargestGradient / factor;
        _stage = maxNorm is null ? Stage.SumAndCheck : Stage.SumAndMeasure;
        ForkJoin.Run(this, _parts);
        var sum = 0.0;
        foreach (var measure in _measured)
            sum += measure;
        norm = double.NaN;
        if (maxNorm is not { } limit)
            return sum == 0;

        // As torch.nn.utils.clip_grad_norm_.
        norm = Math.Sqrt(sum) * factor;
        _factor = (float)(factor * Math.Min(1, limit / (norm + 1e-6)));
        return double.IsFinite(norm);
    }

    /// <summary>Begins a step with the gradients that have been measured. Without memory for the optimizer nothing changes.</summary>
    /// <param name="learningRate">The learning rate.</param>
    public void Begin(float learningRate)
    {
        Array.Clear(_stepped);
        _stage = Stage.Step;
        optimizer.BeginStep(TNetwork.TrainableLength, learningRate);
    }

    /// <summary>
    /// Takes the step that has begun and moves the running averages: whole, even if the thread is interrupted while it waits for others.
    /// </summary>
    public void Take()
    {
        try
        {
            ForkJoin.Run(this, _parts);
        }
        finally
        {
            for (var part = 0; part < _parts; part++)
            {
                if (!_stepped[part])
                    Execute(part);
            }

            pass.Averages.CopyTo(pass.Weights[TNetwork.TrainableLength..]);
            network.WeightsChanged();
        }
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        var first = Shards.Start(part, _parts, Blocks);
        var last = Shards.Start(part + 1, _parts, Blocks) - 1;
        for (var i = first; i <= last; i++)
        {
            // A step begins where measuring ended, with what is in the cache still.
            var block = _stage == Stage.Step ? first + last - i : i;
            var start = block * BlockFloats;
            var sum = pass.Gradients(0).Slice(start, Math.Min(BlockFloats, TNetwork.TrainableLength - start));
            for (var shard = 1; shard < pass.ShardCount && _stage != Stage.Step; shard++)
                Add(pass.Gradients(shard).Slice(start, sum.Length), sum);
            DoRuns(block, start, sum);
        }

        _stepped[part] = true;
    }

    private static int Blocks => ((TNetwork.TrainableLength - 1) / BlockFloats) + 1;

    /// <summary>Measures or steps what is trained of a block.</summary>
    private void DoRuns(int block, int start, Span<float> gradients)
    {
        var measured = 0.0;
        var runs = trained.Runs;
        for (var i = FirstEndingBehind(start); i < runs.Count && runs[i].Start < start + gradients.Length; i++)
        {
            var from = Math.Max(start, runs[i].Start);
            var length = Math.Min(start + gradients.Length, runs[i].Start + runs[i].Length) - from;
            var run = gradients.Slice(from - start, length);
            switch (_stage)
            {
                case Stage.SumAndCheck:
                    measured += GradientNorm.AreWithin(run, _largest) ? 0 : 1;
                    break;
                case Stage.SumAndMeasure:
                    measured += GradientNorm.SumOfSquares(run);
                    break;
                default:
                    if (_factor != 1)
                        GradientNorm.Scale(run, _factor);
                    optimizer.Update(pass.Weights.Slice(from, length), run, from);
                    break;
            }
        }

        if (_stage != Stage.Step)
            _measured[block] = measured;
    }

    /// <summary>The first run that reaches beyond a place, by bisection.</summary>
    private int FirstEndingBehind(int place)
    {
        var runs = trained.Runs;
        var (low, high) = (0, runs.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (runs[middle].Start + runs[middle].Length <= place)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static void Add(ReadOnlySpan<float> values, Span<float> sum)
    {
        ref var from = ref MemoryMarshal.GetReference(values);
        ref var to = ref MemoryMarshal.GetReference(sum);
        var i = 0;
        for (; i <= sum.Length - Vector<float>.Count; i += Vector<float>.Count)
            (Vector.LoadUnsafe(ref to, (nuint)i) + Vector.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        for (; i < sum.Length; i++)
            sum[i] += values[i];
    }
}
