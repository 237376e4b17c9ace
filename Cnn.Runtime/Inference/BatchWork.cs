using System;
using System.Runtime.CompilerServices;

namespace Cnn;

/// <summary>A batch of inferences in contiguous ranges. Each calling thread keeps one of these, so that a call allocates nothing.</summary>
internal sealed unsafe class BatchWork<TNetwork> : IForkJoinWork
    where TNetwork : class, INetwork<TNetwork>
{
    [ThreadStatic]
    private static BatchWork<TNetwork>? _ofThisThread;

    private float* _weights;
    private float* _inputs;
    private float* _outputs;
    private int _count;
    private int _parts;

    /// <summary>Runs all inferences; the spans are pinned until the last has ended.</summary>
    public static void Run(ReadOnlySpan<float> weights, ReadOnlySpan<float> inputs, Span<float> outputs, int count, int parts)
    {
        var work = _ofThisThread ??= new BatchWork<TNetwork>();
        fixed (float* first = weights, from = inputs, to = outputs)
        {
            work._weights = first;
            work._inputs = from;
            work._outputs = to;
            work._count = count;
            work._parts = parts;
            ForkJoin.Run(work, parts);
        }
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        var start = Shards.Start(part, _parts, _count);
        var end = Shards.Start(part + 1, _parts, _count);
        NetworkRunner.Run<TNetwork>(
            ref Unsafe.AsRef<float>(_weights),
            ref Unsafe.AsRef<float>(_inputs + ((nint)start * TNetwork.InputLength)),
            ref Unsafe.AsRef<float>(_outputs + ((nint)start * TNetwork.OutputLength)),
            end - start);
    }
}
