using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>Stochastic gradient descent, as <c>torch.optim.SGD</c> (Sutskever et al. 2013 for the form of momentum).</summary>
/// <remarks>
/// g = gradient + weightDecay * w; with momentum: b = g at the first step, momentum * b + g afterwards, and g = b, or g + momentum * b
/// with Nesterov; then w -= learningRate * g.
/// </remarks>
public sealed class Sgd : Optimizer
{
    private float _rate;
    private float[]? _buffer;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">Finite, 0 or more.</param>
    /// <param name="momentum">0 for none, less than 1.</param>
    /// <param name="nesterov">Whether to look one step of momentum ahead; needs momentum.</param>
    /// <param name="weightDecay">Finite, 0 or more: the factor of the weights that is added to their gradients.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="ArgumentException">Nesterov without momentum.</exception>
    public Sgd(float learningRate, float momentum = 0, bool nesterov = false, float weightDecay = 0)
        : base(learningRate, weightDecay)
    {
        Ranges.RequireFraction(momentum);
        if (nesterov && momentum == 0)
            throw new ArgumentException("Nesterov momentum needs a momentum above 0.", nameof(nesterov));
        Momentum = momentum;
        Nesterov = nesterov;
    }

    /// <summary>Gets the momentum.</summary>
    public float Momentum { get; }

    /// <summary>Gets a value indicating whether the momentum is Nesterov's.</summary>
    public bool Nesterov { get; }

    internal override string Form =>
        FormattableString.Invariant($"Sgd(momentum {Momentum}, nesterov {Nesterov}, weightDecay {WeightDecay})");

    // A buffer of zeros is what there is before the first step.
    internal override IReadOnlyList<OptimizerBuffer> Buffers(int length) =>
        Momentum > 0 ? [new("momentum_buffer", _buffer ??= new float[length])] : [];

    internal override void BeginStep(int length, float learningRate)
    {
        _rate = learningRate;

        // Zeros make the first b equal g.
        if (Momentum > 0)
            _buffer ??= new float[length];
    }

    internal override void Update(Span<float> weights, ReadOnlySpan<float> gradients, int start)
    {
        gradients = gradients[..weights.Length];
        if (_buffer is null)
            Descend(weights, gradients);
        else
            Descend(weights, gradients, _buffer.AsSpan(start, weights.Length));
    }

    private void Descend(Span<float> weights, ReadOnlySpan<float> gradients)
    {
        ref var weight = ref MemoryMarshal.GetReference(weights);
        ref var gradient = ref MemoryMarshal.GetReference(gradients);
        var i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var w = Vector.LoadUnsafe(ref weight, (nuint)i);
            var g = Vector.LoadUnsafe(ref gradient, (nuint)i) + (w * WeightDecay);
            (w - (g * _rate)).StoreUnsafe(ref weight, (nuint)i);
        }

        for (; i < weights.Length; i++)
            weights[i] -= (gradients[i] + (weights[i] * WeightDecay)) * _rate;
    }

    private void Descend(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> buffer)
    {
        ref var weight = ref MemoryMarshal.GetReference(weights);
        ref var gradient = ref MemoryMarshal.GetReference(gradients);
        ref var moving = ref MemoryMarshal.GetReference(buffer);
        var i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var w = Vector.LoadUnsafe(ref weight, (nuint)i);
            var g = Vector.LoadUnsafe(ref gradient, (nuint)i) + (w * WeightDecay);
            var b = (Vector.LoadUnsafe(ref moving, (nuint)i) * Momentum) + g;
            b.StoreUnsafe(ref moving, (nuint)i);
            (w - ((Nesterov ? g + (b * Momentum) : b) * _rate)).StoreUnsafe(ref weight, (nuint)i);
        }

        for (; i < weights.Length; i++)
        {
            var g = gradients[i] + (weights[i] * WeightDecay);
            buffer[i] = (buffer[i] * Momentum) + g;
            weights[i] -= (Nesterov ? g + (buffer[i] * Momentum) : buffer[i]) * _rate;
        }
    }
}
