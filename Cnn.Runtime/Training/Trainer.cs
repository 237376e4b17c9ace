using System;
using System.Runtime.CompilerServices;

namespace Cnn;

/// <summary>
/// Trains a network: <see cref="Fit"/> for whole data sets, <see cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int})"/> for loops of one's
/// own. The network's weights change in place.
/// </summary>
/// <typeparam name="TNetwork">The generated network.</typeparam>
/// <remarks>
/// A batch is cut into as many contiguous shards as there are threads; their gradients are added up in the order of the shards. The same
/// seed, data and number of threads therefore give the same bits of weights on the same machine.
/// <para>A step is taken whole or not at all: weights, running averages, the optimizer's moving averages and all that is counted change
/// together, and only if the loss, the statistics of the batch and the gradients are finite. If a call throws, the trainer and the
/// network stand where the last whole step left them, and training can go on.</para>
/// <para>A trainer does one thing at a time; a call that comes meanwhile is refused with an <see cref="InvalidOperationException"/> that
/// names both. Between two steps of <see cref="Fit"/>, in its progress or its schedule and on its thread, <see cref="Evaluate"/>,
/// <see cref="SaveCheckpoint"/>, <see cref="Freeze"/>, <see cref="Unfreeze"/> and <see cref="MaxGradientNorm"/> may be used.</para>
/// <para>A network must not be used for inference by others while it is trained. Its weights may be replaced meanwhile, by
/// <see cref="NetworkWeights.LoadInto{TNetwork}(TNetwork, string)"/>: each step belongs to the weights with which it began.</para>
/// </remarks>
public sealed partial class Trainer<TNetwork> : IDisposable
    where TNetwork : class, INetwork<TNetwork>
{
    private const int MaxThreads = 1024;

    private readonly TNetwork _network;
    private readonly Optimizer _optimizer;
    private readonly Loss _loss;
    private readonly int _threads;
    private readonly TrainedWeights<TNetwork> _trained = new();
    private readonly ExclusiveCalls _calls = new(
        "Trainer",
        "A trainer does one thing at a time. In the progress or the schedule of Fit, on its thread, Evaluate, SaveCheckpoint, Freeze, " +
        "Unfreeze and MaxGradientNorm may be used.");
    private GradientPass<TNetwork>? _pass;
    private WeightUpdate<TNetwork>? _update;
    private float? _maxGradientNorm;
    private FitPosition? _position;
    private SampleOrder? _order;
    private ulong _steps;
    private int _epochs;

    /// <summary>Creates a trainer.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="optimizer">An optimizer of the network's own.</param>
    /// <param name="loss">The loss to minimise; <see cref="CrossEntropy"/> if none is given.</param>
    /// <param name="threads">The shards of a batch, 1 to 1024; no more than the machine's processors work at once.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is outside its range.</exception>
    /// <exception cref="ArgumentException">The loss takes logits, but the network ends in a softmax; or it compares outputs, but there is
    /// one.</exception>
    /// <exception cref="InvalidOperationException">The optimizer belongs to another network, or the network is the one that the program shares as <c>Pretrained</c>.</exception>
    public Trainer(TNetwork network, Optimizer optimizer, Loss? loss = null, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, MaxThreads);
        ReadOnlyNetwork.Refuse(network);
        _loss = loss ?? new CrossEntropy();
        _loss.RequireForm(OutputForm.Of<TNetwork>(), typeof(TNetwork).Name);
        optimizer.Attach(network);
        _network = network;
        _optimizer = optimizer;
        _threads = threads;
        _pass = new GradientPass<TNetwork>(network, _loss, threads);
        _update = new WeightUpdate<TNetwork>(network, optimizer, _pass, _trained, threads);
    }

    /// <summary>
    /// Gets or sets the largest Euclidean norm of the gradients of all trained parameters together; longer gradients are shortened to it
    /// (Pascanu, Mikolov and Bengio 2013), as by PyTorch's <c>clip_grad_norm_</c>. Null, the default, for no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite or not above 0.</exception>
    /// <exception cref="InvalidOperationException">It is set in the middle of another call.</exception>
    public float? MaxGradientNorm
    {
        get => _maxGradientNorm;
        set
        {
            if (value is { } norm)
                Ranges.RequirePositive(norm, nameof(value));
            using var call = _calls.Enter(nameof(MaxGradientNorm), mayInterpose: true);
            _maxGradientNorm = value;
        }
    }

    /// <summary>Gets the norm of the gradients of the last step taken, before it was limited; NaN where there is no limit.</summary>
    public double GradientNorm { get; private set; } = double.NaN;

    /// <summary>
    /// One step of optimisation on a batch of samples with labels, at the optimizer's learning rate. Allocates nothing once a batch of this
    /// size has been seen.
    /// </summary>
    /// <param name="inputs">The inputs one after the other, each as long as the network's input.</param>
    /// <param name="labels">One label each, an index into the output of the last layer, or 0 or 1 if that is a single number. A volume
    /// takes one label per pixel, row by row, an index into its channels.</param>
    /// <returns>The mean loss of the batch before the step.</returns>
    /// <exception cref="ArgumentException">There are no samples, lengths do not fit, or a label is not an output's index.</exception>
    /// <exception cref="InvalidOperationException">
    /// The loss, the statistics of the batch or a gradient is not finite or is more than a float holds, and the step was not taken; or it is
    /// called within another call.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        using var call = _calls.Enter(nameof(Step));
        var pass = Pass();
        var count = CountSamples(inputs);
        var form = OutputForm.Of<TNetwork>();
        if (labels.Length != (long)count * form.Pixels)
        {
            var what = form.Pixels > 1 ? $" of {form.Pixels} pixels" : "";
            throw new ArgumentException(
                $"{count} inputs{what} have {(long)count * form.Pixels} labels; the span has {labels.Length}.",
                nameof(labels));
        }

        DatasetChecks.RequireLabels<TNetwork>(form, _loss, nameof(labels));
        DatasetChecks.RequireLabels<TNetwork>(labels, 0, form, _loss, nameof(labels));
        pass.Prepare(count, targetLength: 0);
        return Take(pass.Run(inputs, labels, SeedOfStep(0)));
    }

    /// <summary>
    /// One step of optimisation on a batch of samples with target vectors, at the optimizer's learning rate. Allocates nothing
    /// once a batch of this size has been seen.
    /// </summary>
    /// <param name="inputs">The inputs one after the other, each as long as the network's input.</param>
    /// <param name="targets">The targets one after the other, each as long as the last layer's output or, except for cross-entropy, as all
    /// outputs together.</param>
    /// <returns>The mean loss of the batch before the step.</returns>
    /// <exception cref="ArgumentException">There are no samples, lengths do not fit, or a target is none for the loss.</exception>
    /// <exception cref="InvalidOperationException">
    /// The loss, the statistics of the batch or a gradient is not finite or is more than a float holds, and the step was not taken; or it is
    /// called within another call.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
    {
        using var call = _calls.Enter(nameof(Step));
        var pass = Pass();
        var count = CountSamples(inputs);
        var (length, rest) = Math.DivRem(targets.Length, count);
        if (rest != 0 || (length != TNetwork.MainOutputLength && length != TNetwork.OutputLength))
        {
            var all = TNetwork.OutputLength == TNetwork.MainOutputLength ? "" : $", or {(long)count * TNetwork.OutputLength} of all outputs";
            throw new ArgumentException(
                $"The targets of {count} inputs hold {(long)count * TNetwork.MainOutputLength} floats{all}; the span has {targets.Length}.",
                nameof(targets));
        }

        DatasetChecks.RequireTargetLength<TNetwork>(length, _loss, nameof(targets));
        _loss.RequireTargets(targets, nameof(targets));
        pass.Prepare(count, length);
        return Take(pass.Run(inputs, targets, SeedOfStep(0)));
    }

    /// <summary>Runs inference over a data set, on the trainer's threads. Dropout does not act.</summary>
    /// <param name="data">Samples whose inputs, and classes or targets, fit the network.</param>
    /// <remarks>
    /// The loss is the trainer's own, of the network's outputs. If the network ends in a softmax, cross-entropy takes a
    /// probability below 1.2e-38, the smallest normal float, for that number: no sample then counts more than 87.3. The figures do
    /// not depend on the number of threads.
    /// </remarks>
    /// <exception cref="ArgumentException">The data do not fit the network.</exception>
    /// <exception cref="InvalidOperationException">It is called in the middle of another call.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    public Evaluation Evaluate(Dataset data)
    {
        using var call = _calls.Enter(nameof(Evaluate), mayInterpose: true);
        Pass();
        DatasetChecks.Require<TNetwork>(data, _loss, nameof(data));
        return Evaluator<TNetwork>.Evaluate(_network, _loss, data, _threads);
    }

    /// <summary>Lets the working memory go. The network and its weights stay.</summary>
    /// <exception cref="InvalidOperationException">It is called within another call.</exception>
    public void Dispose()
    {
        using var call = _calls.Enter(nameof(Dispose));
        _pass = null;
        _update = null;
        _order = null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private GradientPass<TNetwork> Pass()
    {
        ObjectDisposedException.ThrowIf(_pass is null, this);
        return _pass;
    }

    private ulong SeedOfStep(int seed) => SplitMix64.Mix(SplitMix64.Mix((ulong)seed) + _steps);

    private static int CountSamples(ReadOnlySpan<float> inputs)
    {
        var (count, rest) = Math.DivRem(inputs.Length, TNetwork.InputLength);
        if (count == 0 || rest != 0)
        {
            throw new ArgumentException(
                $"A batch holds one input or more of {TNetwork.InputLength} floats each; the span has {inputs.Length}.",
                nameof(inputs));
        }

        return count;
    }
}
