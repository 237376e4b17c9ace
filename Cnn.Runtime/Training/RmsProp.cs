using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>
/// RMSprop (Tieleman and Hinton 2012; centered: Graves 2013), as <c>torch.optim.RMSprop</c>: gradients by the root of their mean square.
/// </summary>
/// <remarks>
/// g = gradient + weightDecay * w; v = alpha v + (1 - alpha) g^2; centered: a = alpha a + (1 - alpha) g and d = sqrt(v - a^2), otherwise
/// d = sqrt(v); with momentum: b = momentum * b + g / (d + epsilon) and w -= learningRate * b, otherwise
/// w -= learningRate * g / (d + epsilon). A v - a^2 that rounding makes negative counts as 0.
/// </remarks>
public sealed class RmsProp : Optimizer
{
    private readonly double _alpha;
    private readonly float _epsilon;
    private float[] _square = [];
    private float[] _mean = [];
    private float[] _buffer = [];
    private float _rate;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">Finite, 0 or more.</param>
    /// <param name="alpha">The share of the mean squared gradient that is kept from step to step: 0 to less than 1.</param>
    /// <param name="epsilon">Above 0: keeps the quotient finite where gradients vanish.</param>
    /// <param name="weightDecay">Finite, 0 or more: the factor of the weights that is added to their gradients.</param>
    /// <param name="momentum">0 for none, less than 1.</param>
    /// <param name="centered">Whether the mean gradient is taken out, so that its variance remains.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public RmsProp(
        float learningRate = 0.01f,
        double alpha = 0.99,
        double epsilon = 1e-8,
        float weightDecay = 0,
        float momentum = 0,
        bool centered = false)
        : base(learningRate, weightDecay)
    {
        Ranges.RequireFraction(alpha);
        Ranges.RequireNormalFloat(epsilon);
        Ranges.RequireFraction(momentum);
        _alpha = alpha;
        _epsilon = (float)epsilon;
        Momentum = momentum;
        Centered = centered;
    }

    /// <summary>Gets the momentum.</summary>
    public float Momentum { get; }

    /// <summary>Gets a value indicating whether the mean gradient is taken out.</summary>
    public bool Centered { get; }

    internal override string Form => FormattableString.Invariant(
        $"RmsProp(alpha {_alpha}, epsilon {_epsilon}, momentum {Momentum}, centered {Centered}, weightDecay {WeightDecay})");

    internal override float LargestGradient => LargestSquared;

    internal override IReadOnlyList<OptimizerBuffer> Buffers(int length)
    {
        Make(length);
        var buffers = new List<OptimizerBuffer> { new("square_avg", _square) };
        if (Centered)
            buffers.Add(new OptimizerBuffer("grad_avg", _mean));
        if (Momentum > 0)
            buffers.Add(new OptimizerBuffer("momentum_buffer", _buffer));
        return buffers;
    }

    internal override void BeginStep(int length, float learningRate)
    {
        Make(length);
        _rate = learningRate;
    }

    internal override void Update(Span<float> weights, ReadOnlySpan<float> gradients, int start)
    {
        gradients = gradients[..weights.Length];
        var square = _square.AsSpan(start, weights.Length);
        var mean = Centered ? _mean.AsSpan(start, weights.Length) : square;
        var buffer = Momentum > 0 ? _buffer.AsSpan(start, weights.Length) : square;
        float alpha = (float)_alpha, rest = (float)(1 - _alpha);
        ref var weight = ref MemoryMarshal.GetReference(weights);
        ref var gradient = ref MemoryMarshal.GetReference(gradients);
        ref var squares = ref MemoryMarshal.GetReference(square);
        ref var means = ref MemoryMarshal.GetReference(mean);
        ref var moving = ref MemoryMarshal.GetReference(buffer);
        var i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var w = Vector.LoadUnsafe(ref weight, (nuint)i);
            var g = Vector.LoadUnsafe(ref gradient, (nuint)i) + (w * WeightDecay);
            var v = (Vector.LoadUnsafe(ref squares, (nuint)i) * alpha) + (g * g * rest);
            v.StoreUnsafe(ref squares, (nuint)i);
            if (Centered)
            {
                var a = (Vector.LoadUnsafe(ref means, (nuint)i) * alpha) + (g * rest);
                a.StoreUnsafe(ref means, (nuint)i);
                v = Vector.Max(v - (a * a), Vector<float>.Zero);
            }

            var step = g / (Vector.SquareRoot(v) + new Vector<float>(_epsilon));
            if (Momentum > 0)
            {
                step += Vector.LoadUnsafe(ref moving, (nuint)i) * Momentum;
                step.StoreUnsafe(ref moving, (nuint)i);
            }

            (w - (step * _rate)).StoreUnsafe(ref weight, (nuint)i);
        }

        for (; i < weights.Length; i++)
        {
            var g = gradients[i] + (weights[i] * WeightDecay);
            var v = (square[i] * alpha) + (g * g * rest);
            square[i] = v;
            if (Centered)
            {
                mean[i] = (mean[i] * alpha) + (g * rest);
                v = MathF.Max(v - (mean[i] * mean[i]), 0);
            }

            var step = g / (MathF.Sqrt(v) + _epsilon);
            if (Momentum > 0)
            {
                step += buffer[i] * Momentum;
                buffer[i] = step;
            }

            weights[i] -= step * _rate;
        }
    }

    private void Make(int length)
    {
        if (_square.Length != 0)
            return;
        (_mean, _buffer, _square) = (Centered ? new float[length] : [], Momentum > 0 ? new float[length] : [], new float[length]);
    }
}
