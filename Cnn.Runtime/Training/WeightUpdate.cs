using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>
/// Adds up the gradients of the shards, in their order, and lets the optimizer step; block by block, so that the sum is still in the
/// cache when it is used, and large networks on several threads.
/// </summary>
internal sealed class WeightUpdate<TNetwork>(TNetwork network, Optimizer optimizer, GradientPass<TNetwork> pass, int threads)
    : IForkJoinWork
    where TNetwork : class, INetwork<TNetwork>
{
    /// <summary>Floats of a block, with all its arrays about a first-level cache; a multiple of every vector's length.</summary>
    private const int BlockFloats = 2048;

    /// <summary>Below this a thread would have less to do than waking it costs.</summary>
    private const int LeastBlocksAThread = 32;

    private int _parts;

    /// <summary>Takes the step with the gradients of the last batch.</summary>
    public void Run(float learningRate)
    {
        optimizer.BeginStep(TNetwork.TrainableLength, learningRate);
        _parts = Math.Clamp(Blocks / LeastBlocksAThread, 1, threads);
        ForkJoin.Run(this, _parts);
        network.WeightsChanged();
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        var end = Shards.Start(part + 1, _parts, Blocks);
        for (var block = Shards.Start(part, _parts, Blocks); block < end; block++)
        {
            var start = block * BlockFloats;
            var length = Math.Min(BlockFloats, TNetwork.TrainableLength - start);
            var sum = pass.Gradients(0).Slice(start, length);
            for (var shard = 1; shard < pass.ShardCount; shard++)
                Add(pass.Gradients(shard).Slice(start, length), sum);
            optimizer.Update(network.Weights.Slice(start, length), sum, start);
        }
    }

    private static int Blocks => ((TNetwork.TrainableLength - 1) / BlockFloats) + 1;

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
