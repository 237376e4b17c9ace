using System;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>
/// Forward, loss and backward of one batch, cut into contiguous shards that share nothing: each has a workspace and gradients of its own.
/// </summary>
internal sealed unsafe class GradientPass<TNetwork>(TNetwork network, Loss loss, int threads) : IForkJoinWork
    where TNetwork : class, INetwork<TNetwork>
{
    private readonly float[]?[] _workspaces = new float[threads][];
    private readonly float[]?[] _gradients = new float[threads][];
    private readonly LossSum[] _sums = new LossSum[threads];
    private int _capacity;
    private int[] _labels = [];
    private float[] _targets = [];
    private bool _hasTargets;
    private int _count;
    private ulong _seed;

    // The inputs: floats one after the other, or the samples of a data set in an order.
    private float* _inputs;
    private Dataset? _dataset;
    private int[] _order = [];
    private int _start;

    /// <summary>Gets the shards of the last batch.</summary>
    public int ShardCount { get; private set; }

    /// <summary>Makes what a batch needs that no earlier one needed.</summary>
    /// <param name="count">The samples of the batch.</param>
    /// <param name="hasTargets">Whether they have target vectors rather than labels.</param>
    /// <exception cref="ArgumentException">The batch is too large for an array.</exception>
    public void Prepare(int count, bool hasTargets)
    {
        _count = count;
        _hasTargets = hasTargets;
        ShardCount = Math.Min(threads, count);
        var plan = TNetwork.Training;
        var capacity = ((count - 1) / ShardCount) + 1;
        if (capacity > _capacity)
        {
            if (plan.SharedFloats + (((long)plan.SampleFloats + 1) * capacity) > Array.MaxLength - 64)
                throw new ArgumentException($"{count} samples of {typeof(TNetwork).Name} are too many for one batch; take fewer.");
            Array.Clear(_workspaces);
            _capacity = capacity;
        }

        for (var shard = 0; shard < ShardCount; shard++)
        {
            _workspaces[shard] ??= new float[plan.WorkspaceFloats(_capacity)];
            _gradients[shard] ??= new float[TNetwork.WeightsLength];
        }

        var targets = hasTargets ? checked(count * TNetwork.OutputLength) : 0;
        if (_targets.Length < targets)
            _targets = new float[targets];
        if (!hasTargets && _labels.Length < count)
            _labels = new int[count];
    }

    /// <summary>Runs the batch on inputs that lie one after the other.</summary>
    public LossSum Run(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ulong seed)
    {
        labels.CopyTo(_labels);
        return Run(inputs, seed);
    }

    /// <inheritdoc cref="Run(ReadOnlySpan{float}, ReadOnlySpan{int}, ulong)"/>
    public LossSum Run(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ulong seed)
    {
        targets.CopyTo(_targets);
        return Run(inputs, seed);
    }

    /// <summary>Runs the batch on the samples that stand in <paramref name="order"/> from <paramref name="start"/> on.</summary>
    public LossSum Run(Dataset dataset, int[] order, int start, ulong seed)
    {
        _dataset = dataset;
        _order = order;
        _start = start;
        try
        {
            return Run(seed);
        }
        finally
        {
            _dataset = null;
            _order = [];
        }
    }

    /// <summary>The gradients of a shard of the last batch.</summary>
    public Span<float> Gradients(int shard) => _gradients[shard];

    /// <inheritdoc/>
    public void Execute(int part)
    {
        var start = Shards.Start(part, ShardCount, _count);
        var count = Shards.Start(part + 1, ShardCount, _count) - start;
        var plan = TNetwork.Training;
        var outputs = TNetwork.OutputLength;
        Span<float> workspace = _workspaces[part];
        Span<float> gradients = _gradients[part];

        // Masks are drawn from the seed and the sample's place in the shard, so each shard needs a seed of its own.
        var seed = SplitMix64.Mix(_seed + (ulong)start);
        Fill(workspace.Slice(plan.Input, count * TNetwork.InputLength), start, count);

        ref var weights = ref MemoryMarshal.GetReference(network.Weights);
        ref var floats = ref MemoryMarshal.GetReference(workspace);
        TNetwork.TrainForward(ref weights, ref floats, _capacity, count, seed);

        ReadOnlySpan<float> logits = workspace.Slice(plan.Logits(_capacity), count * outputs);
        var gradient = workspace.Slice(plan.LogitsGradient(_capacity), count * outputs);
        var scale = 1f / _count;
        _sums[part] = _hasTargets
            ? loss.Gradient(logits, _targets.AsSpan(start * outputs, count * outputs), outputs, plan.EndsInSoftmax, scale, gradient)
            : loss.Gradient(logits, _labels.AsSpan(start, count), outputs, plan.EndsInSoftmax, scale, gradient);

        gradients.Clear();
        TNetwork.TrainBackward(ref weights, ref MemoryMarshal.GetReference(gradients), ref floats, _capacity, count, seed);
    }

    private LossSum Run(ReadOnlySpan<float> inputs, ulong seed)
    {
        fixed (float* first = inputs)
        {
            _inputs = first;
            return Run(seed);
        }
    }

    private LossSum Run(ulong seed)
    {
        _seed = seed;
        ForkJoin.Run(this, ShardCount);
        var sum = default(LossSum);
        for (var shard = 0; shard < ShardCount; shard++)
            sum += _sums[shard];
        return sum;
    }

    private void Fill(Span<float> inputs, int start, int count)
    {
        var length = TNetwork.InputLength;
        if (_dataset is null)
        {
            new ReadOnlySpan<float>(_inputs + ((nint)start * length), count * length).CopyTo(inputs);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            var sample = _order[_start + start + i];
            _dataset.CopyInput(sample, inputs.Slice(i * length, length));
            if (_hasTargets)
                _dataset.CopyTarget(sample, _targets.AsSpan((start + i) * TNetwork.OutputLength, TNetwork.OutputLength));
            else
                _labels[start + i] = _dataset.Label(sample);
        }
    }
}
