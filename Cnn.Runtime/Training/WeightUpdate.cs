using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>
/// Adds up the gradients of the shards, in their order, and lets the optimizer step; block by block, so that the sum is still in the
/// cache when it is used, and large networks on several threads.
/// </summary>
internal sealed class WeightUpdate<TNetwork>(
    TNetwork network, Optimizer optimizer, GradientPass<TNetwork> pass, TrainedWeights<TNetwork> trained, int threads) : IForkJoinWork
    where TNetwork : class, INetwork<TNetwork>
{
    /// <summary>Floats of a block, with all its arrays about a first-level cache; a multiple of every vector's length.</summary>
    private const int BlockFloats = 2048;

    /// <summary>Below this a thread, which is still awake behind the pass, would have less to do than handing it over costs.</summary>
    private const int LeastBlocksAThread = 8;

    private readonly double[] _squares = new double[Blocks];
    private Stage _stage;
    private int _parts;
    private float _factor;

    private enum Stage
    {
        /// <summary>Sums and steps block by block.</summary>
        SumAndStep,

        /// <summary>Sums, and measures the sums.</summary>
        SumAndMeasure,

        /// <summary>Steps with the sums that are there.</summary>
        Step,
    }

    /// <summary>Takes the step with the gradients of the last batch.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="factor">A factor on the gradients.</param>
    /// <param name="maxNorm">The largest norm of the gradients of all trained weights together, or null for no limit.</param>
    /// <returns>The norm before clipping; NaN where there is no limit. If it is not finite the step has not been taken.</returns>
    public double Run(float learningRate, float factor, float? maxNorm)
    {
        _parts = Math.Clamp(Blocks / LeastBlocksAThread, 1, threads);
        _factor = factor;
        var norm = double.NaN;
        if (maxNorm is { } limit)
        {
            norm = Measure() * factor;
            if (!double.IsFinite(norm))
                return norm;

            // As torch.nn.utils.clip_grad_norm_.
            _factor = (float)(factor * Math.Min(1, limit / (norm + 1e-6)));
        }

        optimizer.BeginStep(TNetwork.TrainableLength, learningRate);
        _stage = maxNorm is null ? Stage.SumAndStep : Stage.Step;
        ForkJoin.Run(this, _parts);
        network.WeightsChanged();
        return norm;
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        var end = Shards.Start(part + 1, _parts, Blocks);
        for (var block = Shards.Start(part, _parts, Blocks); block < end; block++)
        {
            var start = block * BlockFloats;
            var sum = pass.Gradients(0).Slice(start, Math.Min(BlockFloats, TNetwork.TrainableLength - start));
            for (var shard = 1; shard < pass.ShardCount && _stage != Stage.Step; shard++)
                Add(pass.Gradients(shard).Slice(start, sum.Length), sum);
            DoRuns(block, start, sum);
        }
    }

    private static int Blocks => ((TNetwork.TrainableLength - 1) / BlockFloats) + 1;

    private double Measure()
    {
        _stage = Stage.SumAndMeasure;
        ForkJoin.Run(this, _parts);
        var sum = 0.0;
        foreach (var square in _squares)
            sum += square;
        return Math.Sqrt(sum);
    }

    /// <summary>Measures or steps what is trained of a block.</summary>
    private void DoRuns(int block, int start, Span<float> gradients)
    {
        var squares = 0.0;
        var runs = trained.Runs;
        for (var i = FirstEndingBehind(start); i < runs.Count && runs[i].Start < start + gradients.Length; i++)
        {
            var from = Math.Max(start, runs[i].Start);
            var length = Math.Min(start + gradients.Length, runs[i].Start + runs[i].Length) - from;
            var run = gradients.Slice(from - start, length);
            if (_stage == Stage.SumAndMeasure)
            {
                squares += GradientNorm.SumOfSquares(run);
                continue;
            }

            if (_factor != 1)
                GradientNorm.Scale(run, _factor);
            optimizer.Update(pass.Weights.Slice(from, length), run, from);
        }

        if (_stage == Stage.SumAndMeasure)
            _squares[block] = squares;
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
