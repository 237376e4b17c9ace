using System;
using System.ComponentModel;
using System.Threading;

namespace Cnn;

/// <summary>
/// The weights of one network: those of training, and those of inference, which are made of them. Inference folds batch normalisation in
/// and transforms the kernels of Winograd convolutions. A network without either has one set for both. Zero at first.
/// </summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <remarks>
/// Weights are replaced whole. A caller keeps the weights that it got: nobody but training writes into them, and they are garbage when the last call
/// with them has ended. Weights of inference that were made of weights which are no longer the newest are not handed to other calls.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LiveWeights<TNetwork>
    where TNetwork : class, INetwork<TNetwork>
{
    /// <summary>The attempts of a call to make its weights while training changes their source, before it takes the last.</summary>
    private const int MostAttempts = 4;

    private readonly Gate _making = new();
    private readonly Gate _publishing = new();

    // Changes of any kind. Counted and compared within _publishing.
    private int _version;

    // Made at the first use, so that a network that is about to be loaded needs no memory for zeros.
    private volatile Block? _trained;

    // Null until it is made of what was trained, and again after a change.
    private volatile Block? _inference;

    /// <summary>Gets the weights of training.</summary>
    public AlignedFloats Trained => (_trained ?? Begin()).Floats;

    /// <summary>Gets the weights of inference. Any number of threads may ask.</summary>
    public ReadOnlySpan<float> Inference => (_inference ?? Make()).Floats;

    /// <summary>Says that the weights of training have changed in their place.</summary>
    public void Change()
    {
        if (!Folds)
            return;
        using var held = _publishing.Enter();
        _version++;
        _inference = null;
    }

    /// <summary>Replaces the weights of training, in one piece.</summary>
    /// <param name="weights">Others, which the caller does not touch any more.</param>
    /// <exception cref="ArgumentException">They are not as many.</exception>
    public void Replace(AlignedFloats weights)
    {
        if (weights.Length != TNetwork.WeightsLength)
            throw new ArgumentException($"{typeof(TNetwork).Name} has {TNetwork.WeightsLength} weights, not {weights.Length}.", nameof(weights));
        var block = new Block(weights);
        using var held = _publishing.Enter();
        _version++;
        _trained = block;
        _inference = Folds ? null : block;
    }

    private static bool Folds => TNetwork.FoldedParameters.Count > 0;

    private Block Begin()
    {
        using var held = _publishing.Enter();
        return _trained ??= new Block(new AlignedFloats(TNetwork.WeightsLength));
    }

    /// <summary>Makes the weights of inference, on one thread; others wait for it.</summary>
    private Block Make()
    {
        using var held = _making.Enter();
        for (var attempt = 1; ; attempt++)
        {
            if (_inference is { } current)
                return current;
            var version = Volatile.Read(ref _version);
            var trained = _trained ?? Begin();
            var made = Folds ? new Block(Cnn.Folds.Make<TNetwork>(trained.Floats)) : trained;

            // If the weights were replaced meanwhile, it is right for the call that began with them. If they changed in place, it may
            // be half of each.
            if (Publish(made, version) || trained != _trained || attempt == MostAttempts)
                return made;
        }
    }

    /// <summary>Hands weights of inference to all calls, unless those that they are made of are no longer the newest.</summary>
    private bool Publish(Block made, int version)
    {
        using var held = _publishing.Enter();
        if (_version != version)
            return false;
        _inference = made;
        return true;
    }

    /// <summary>Floats as one reference, which threads read and write in one piece.</summary>
    private sealed class Block(AlignedFloats floats)
    {
        public AlignedFloats Floats { get; } = floats;
    }
}
