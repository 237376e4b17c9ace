using System;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>
/// Forward, loss and backward of one batch, cut into contiguous shards that share nothing: each has a workspace and gradients of its own.
/// The network is only read: its running averages move in a copy.
/// </summary>
internal sealed unsafe class GradientPass<TNetwork>(TNetwork network, Loss loss, int threads) : IForkJoinWork
    where TNetwork : class, INetwork<TNetwork>
{
    private readonly AlignedFloats[] _workspaces = new AlignedFloats[threads];
    private readonly AlignedFloats[] _gradients = new AlignedFloats[threads];
    private readonly LossSum[] _sums = new LossSum[threads];
    private readonly int[] _shares = new int[threads];
    private readonly float[] _averages = new float[TNetwork.WeightsLength - TNetwork.TrainableLength];
    private AlignedFloats _weights;
    private int _capacity;
    private int[] _labels = [];
    private float[] _targets = [];
    private int _targetLength;
    private int _count;
    private ulong _seed;
    private int _phase;

    // The inputs: floats one after the other, or the samples of a data set in an order.
    private float* _inputs;
    private Dataset? _dataset;
    private int[] _order = [];
    private int _start;
    private Augmentation? _augmentation;
    private ulong _augmentationSeed;

    /// <summary>Gets or sets the lowest layer that is trained; below it no gradient is computed.</summary>
    public int Lowest { get; set; }

    /// <summary>
    /// Gets the weights with which the last batch began: the whole step reads and writes these, also if the network has got others meanwhile.
    /// </summary>
    public Span<float> Weights => _weights.Length > 0 ? _weights : network.Weights;

    /// <summary>Gets the shards of the last batch.</summary>
    public int ShardCount { get; private set; }

    /// <summary>Gets the running averages as the last batch moves them, in the order of the weights from the trained ones on.</summary>
    public ReadOnlySpan<float> Averages => _averages;

    /// <summary>Gets the first exchange of the last batch whose statistics are not finite; null if all are.</summary>
    public BatchExchange? Fault { get; private set; }

    /// <summary>Makes what a batch needs that no earlier one needed.</summary>
    /// <param name="count">The samples of the batch.</param>
    /// <param name="targetLength">The floats of a target vector; 0 if samples have labels.</param>
    /// <exception cref="ArgumentException">The batch is too large for an array.</exception>
    public void Prepare(int count, int targetLength)
    {
        _count = count;
        _targetLength = targetLength;
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
            if (_workspaces[shard].Length == 0)
                _workspaces[shard] = new AlignedFloats(plan.WorkspaceFloats(_capacity));
            if (_gradients[shard].Length == 0)
                _gradients[shard] = new AlignedFloats(TNetwork.WeightsLength);
        }

        var targets = checked(count * targetLength);
        if (_targets.Length < targets)
            _targets = new float[targets];
        var labels = targetLength > 0 ? 0 : checked(count * Math.Max(1, plan.Pixels));
        if (_labels.Length < labels)
            _labels = new int[labels];
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
    /// <param name="dataset">The samples.</param>
    /// <param name="order">Their order.</param>
    /// <param name="start">The first place in the order.</param>
    /// <param name="seed">Seeds dropout.</param>
    /// <param name="augmentation">Changes the inputs as they are read, or null.</param>
    /// <param name="augmentationSeed">Seeds it, together with the number of the sample.</param>
    public LossSum Run(Dataset dataset, int[] order, int start, ulong seed, Augmentation? augmentation, ulong augmentationSeed)
    {
        _dataset = dataset;
        _augmentation = augmentation;
        _augmentationSeed = augmentationSeed;
        _order = order;
        _start = start;
        try
        {
            return Run(seed);
        }
        finally
        {
            _dataset = null;
            _augmentation = null;
            _order = [];
        }
    }

    /// <summary>The gradients of a shard of the last batch.</summary>
    public Span<float> Gradients(int shard) => _gradients[shard];

    /// <inheritdoc/>
    public void Execute(int part)
    {
        var plan = TNetwork.Training;
        var start = Shards.Start(part, ShardCount, _count);
        var count = Shards.Start(part + 1, ShardCount, _count) - start;
        ref var weights = ref MemoryMarshal.GetReference(Weights);
        ref var floats = ref MemoryMarshal.GetReference<float>(_workspaces[part]);

        // Masks are drawn from the seed and the sample's place in the shard, so each shard needs a seed of its own.
        var seed = SplitMix64.Mix(_seed + (ulong)start);
        var turn = plan.ForwardExchanges.Count;
        if (_phase == 0)
            Fill(_workspaces[part].Span.Slice(plan.Input, count * TNetwork.InputLength), start, count);
        if (_phase <= turn)
            TNetwork.TrainForward(_phase, ref weights, ref floats, _capacity, count, seed);
        if (_phase == turn)
            Differentiate(part, start, count);
        if (_phase >= turn)
        {
            ref var gradients = ref MemoryMarshal.GetReference<float>(_gradients[part]);
            TNetwork.TrainBackward(_phase - turn, ref weights, ref gradients, ref floats, _capacity, count, seed, Lowest);
        }
    }

    /// <summary>The loss of a shard and its gradient, between the passes.</summary>
    private void Differentiate(int part, int start, int count)
    {
        var plan = TNetwork.Training;
        var form = OutputForm.Of<TNetwork>();
        var outputs = TNetwork.OutputLength;
        Span<float> workspace = _workspaces[part];
        ReadOnlySpan<float> logits = workspace.Slice(plan.Logits(_capacity), count * outputs);
        var gradient = workspace.Slice(plan.LogitsGradient(_capacity), count * outputs);
        var scale = 1f / _count;
        _sums[part] = _targetLength > 0
            ? loss.Sweep(logits, _targets.AsSpan(start * _targetLength, count * _targetLength), form, scale, gradient)
            : loss.Sweep(logits, _labels.AsSpan(start * form.Pixels, count * form.Pixels), form, scale, gradient);
        _gradients[part].Span.Clear();
    }

    /// <summary>Combines the statistics of the shards after a phase.</summary>
    private void Exchange(TrainingPlan plan, int phase)
    {
        var turn = plan.ForwardExchanges.Count;
        var exchange = phase < turn ? plan.ForwardExchanges[phase] : plan.BackwardExchanges[phase - turn];
        for (var shard = 0; shard < ShardCount; shard++)
        {
            _shares[shard] = Shards.Start(shard + 1, ShardCount, _count) - Shards.Start(shard, ShardCount, _count);
        }

        var shares = _shares.AsSpan(0, ShardCount);
        if (exchange.RunningMean < 0)
        {
            BatchStatistics.AverageSums(exchange, _workspaces, shares);
            return;
        }

        var means = AveragesAt(exchange.RunningMean);
        var variances = AveragesAt(exchange.RunningVariance);
        if (!BatchStatistics.MergeMoments(exchange, _workspaces, shares, means, variances))
            Fault ??= exchange;
    }

    private Span<float> AveragesAt(int weight) => _averages.AsSpan(weight - TNetwork.TrainableLength);

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
        Fault = null;
        _weights = network.KeptWeights;
        Weights[TNetwork.TrainableLength..TNetwork.WeightsLength].CopyTo(_averages);
        var plan = TNetwork.Training;
        var exchanges = plan.ForwardExchanges.Count + plan.BackwardExchanges.Count;
        for (_phase = 0; _phase <= exchanges; _phase++)
        {
            ForkJoin.Run(this, ShardCount);
            if (_phase < exchanges)
                Exchange(plan, _phase);
        }

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

        var pixels = OutputForm.Of<TNetwork>().Pixels;
        for (var i = 0; i < count; i++)
        {
            var sample = _order[_start + start + i];
            var input = inputs.Slice(i * length, length);
            var labels = _targetLength > 0 ? [] : _labels.AsSpan((start + i) * pixels, pixels);
            _dataset.CopyInput(sample, input);
            if (_targetLength > 0)
                _dataset.CopyTarget(sample, _targets.AsSpan((start + i) * _targetLength, _targetLength));
            else
                _dataset.CopyLabels(sample, labels);

            var moved = pixels > 1 && _augmentation is { MovesPixels: true } ? labels : [];
            _augmentation?.Apply(input, moved, SplitMix64.Mix(_augmentationSeed + (ulong)sample));
        }
    }
}
