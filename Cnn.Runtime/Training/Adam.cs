using System;
using System.Collections.Generic;

namespace Cnn;

/// <summary>Adam (Kingma and Ba 2015) with bias correction, as <c>torch.optim.Adam</c>; weight decay is added to the gradient.</summary>
/// <remarks>
/// g = gradient + weightDecay * w; m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2;
/// w -= learningRate * m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon) at step t = 1, 2, ...
/// </remarks>
public sealed class Adam : Optimizer
{
    private readonly AdamMoments _moments;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">Finite, 0 or more.</param>
    /// <param name="beta1">The share of the mean gradient that is kept from step to step: 0 to less than 1.</param>
    /// <param name="beta2">The share of the mean squared gradient that is kept: 0 to less than 1. A double, as 1 - beta2 counts.</param>
    /// <param name="epsilon">Above 0: keeps the quotient finite where gradients vanish.</param>
    /// <param name="weightDecay">Finite, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public Adam(
        float learningRate = 0.001f,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        float weightDecay = 0)
        : base(learningRate, weightDecay) => _moments = new AdamMoments(beta1, beta2, epsilon);

    internal override string Form => FormattableString.Invariant($"Adam({_moments.Form}, weightDecay {WeightDecay})");

    internal override long StepCount
    {
        get => _moments.Steps;
        set => _moments.Steps = value;
    }

    internal override float LargestGradient => LargestSquared;

    internal override IReadOnlyList<OptimizerBuffer> Buffers(int length) => _moments.Buffers(length);

    internal override void BeginStep(int length, float learningRate) => _moments.BeginStep(length, learningRate);

    internal override void Update(Span<float> weights, ReadOnlySpan<float> gradients, int start) =>
        _moments.Update(weights, gradients, start, WeightDecay, 1);
}
