using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>The moving averages and the update that <see cref="Adam"/> and <see cref="AdamW"/> share (Kingma and Ba 2015).</summary>
internal sealed class AdamMoments
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly float _epsilon;
    private float[] _first = [];
    private float[] _second = [];
    private float _stepSize;
    private float _correction;

    public AdamMoments(double beta1, double beta2, double epsilon)
    {
        Ranges.RequireFraction(beta1);
        Ranges.RequireFraction(beta2);
        Ranges.RequireNormalFloat(epsilon);
        _beta1 = beta1;
        _beta2 = beta2;
        _epsilon = (float)epsilon;
    }

    /// <summary>Gets or sets the steps taken.</summary>
    public long Steps { get; set; }

    /// <summary>Gets the settings as text.</summary>
    public string Form => FormattableString.Invariant($"beta1 {_beta1}, beta2 {_beta2}, epsilon {_epsilon}");

    public IReadOnlyList<OptimizerBuffer> Buffers(int length)
    {
        Make(length);
        return [new("exp_avg", _first), new("exp_avg_sq", _second)];
    }

    public void BeginStep(int length, float learningRate)
    {
        Make(length);
        Steps++;

        _stepSize = (float)(learningRate / (1 - Math.Pow(_beta1, Steps)));
        _correction = (float)Math.Sqrt(1 - Math.Pow(_beta2, Steps));
    }

    /// <summary>
    /// g = gradient + added * w; m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2;
    /// w = kept * w - learningRate * m' / (sqrt(v') + epsilon) with m' = m / (1 - beta1^t) and v' = v / (1 - beta2^t).
    /// </summary>
    public void Update(Span<float> weights, ReadOnlySpan<float> gradients, int start, float added, float kept)
    {
        gradients = gradients[..weights.Length];
        var first = _first.AsSpan(start, weights.Length);
        var second = _second.AsSpan(start, weights.Length);
        float beta1 = (float)_beta1, beta2 = (float)_beta2, rest1 = (float)(1 - _beta1), rest2 = (float)(1 - _beta2);
        ref var weight = ref MemoryMarshal.GetReference(weights);
        ref var gradient = ref MemoryMarshal.GetReference(gradients);
        ref var mean = ref MemoryMarshal.GetReference(first);
        ref var square = ref MemoryMarshal.GetReference(second);
        var i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var w = Vector.LoadUnsafe(ref weight, (nuint)i);
            var g = Vector.LoadUnsafe(ref gradient, (nuint)i) + (w * added);
            var m = (Vector.LoadUnsafe(ref mean, (nuint)i) * beta1) + (g * rest1);
            var v = (Vector.LoadUnsafe(ref square, (nuint)i) * beta2) + (g * g * rest2);
            m.StoreUnsafe(ref mean, (nuint)i);
            v.StoreUnsafe(ref square, (nuint)i);
            var root = (Vector.SquareRoot(v) / new Vector<float>(_correction)) + new Vector<float>(_epsilon);
            ((w * kept) - (m / root * _stepSize)).StoreUnsafe(ref weight, (nuint)i);
        }

        for (; i < weights.Length; i++)
        {
            var g = gradients[i] + (weights[i] * added);
            first[i] = (first[i] * beta1) + (g * rest1);
            second[i] = (second[i] * beta2) + (g * g * rest2);
            var root = (MathF.Sqrt(second[i]) / _correction) + _epsilon;
            weights[i] = (weights[i] * kept) - (first[i] / root * _stepSize);
        }
    }

    private void Make(int length)
    {
        if (_first.Length != 0)
            return;
        (_first, _second) = (new float[length], new float[length]);
    }
}
