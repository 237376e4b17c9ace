using System;
using System.Collections.Generic;

namespace Cnn;

/// <summary>
/// Turns gradients into changes of the weights: <see cref="Sgd"/>, <see cref="RmsProp"/>, <see cref="Adam"/> or <see cref="AdamW"/>, with
/// PyTorch's formulas. Keeps its moving averages beside the weights of one network, so each network needs an optimizer of its own.
/// </summary>
public abstract class Optimizer
{
    /// <summary>The root of the largest float.</summary>
    private protected const float LargestSquared = 1.8446743e19f;

    private float _learningRate;
    private object? _network;

    private protected Optimizer(float learningRate, float weightDecay)
    {
        Ranges.RequireNotNegative(learningRate);
        Ranges.RequireNotNegative(weightDecay);
        _learningRate = learningRate;
        WeightDecay = weightDecay;
    }

    /// <summary>Gets or sets the learning rate, finite and not negative. A <see cref="Schedule"/> does not change it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float LearningRate
    {
        get => _learningRate;
        set
        {
            Ranges.RequireNotNegative(value);
            _learningRate = value;
        }
    }

    /// <summary>Gets the weight decay, which acts on all parameters, biases included.</summary>
    public float WeightDecay { get; }

    /// <summary>Ties the optimizer to a network.</summary>
    /// <exception cref="InvalidOperationException">It belongs to another network.</exception>
    internal void Attach(object network)
    {
        if (_network is not null && !ReferenceEquals(_network, network))
        {
            throw new InvalidOperationException(
                $"This {GetType().Name} belongs to another {_network.GetType().Name}, whose moving averages it holds; make a new one.");
        }

        _network = network;
    }

    /// <summary>Gets the kind and the settings as text, by which a checkpoint knows its optimizer.</summary>
    internal abstract string Form { get; }

    /// <summary>Gets or sets the steps taken, where they count.</summary>
    internal virtual long StepCount
    {
        get => 0;
        set
        {
        }
    }

    /// <summary>Gets the largest gradient that a step can be taken with; a larger one would leave something that is not finite.</summary>
    internal virtual float LargestGradient => float.MaxValue;

    /// <summary>The state kept from step to step, one number per weight; made if there is none yet. The arrays are live.</summary>
    /// <param name="length">The number of weights, always the same.</param>
    internal abstract IReadOnlyList<OptimizerBuffer> Buffers(int length);

    /// <summary>Begins a step: makes what is kept from step to step, and counts the step. Without memory for it nothing changes.</summary>
    /// <param name="length">The number of weights, always the same.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    internal abstract void BeginStep(int length, float learningRate);

    /// <summary>
    /// Updates a range of the weights. Ranges may be updated by several threads at once; what becomes of a weight depends neither on the
    /// ranges nor on the width of the vectors, and a weight of zero whose gradients are zero stays zero.
    /// </summary>
    /// <param name="weights">The weights of the range.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="start">The start of the range within all weights.</param>
    internal abstract void Update(Span<float> weights, ReadOnlySpan<float> gradients, int start);
}
