using System.Collections.Generic;

namespace Cnn.Reference;

/// <summary>Which loss a <see cref="ReferenceNetwork"/> differentiates.</summary>
public enum ReferenceLoss
{
    /// <summary>
    /// <see cref="Reference.CrossEntropy"/>, on the logits: what enters a final softmax, or leaves a network without one.
    /// </summary>
    CrossEntropy,

    /// <summary><see cref="Reference.MeanSquaredError"/>, on what leaves the network, a final softmax included.</summary>
    MeanSquaredError,
}

/// <summary>What one forward and backward pass yields.</summary>
/// <param name="Loss">The loss; over several samples their mean.</param>
/// <param name="Parameters">dL/dp of every parameter by its canonical name, in its canonical order.</param>
/// <param name="Logits">What enters a final softmax, or leaves a network without one, in the network's order; sample after sample.</param>
/// <param name="Output">What leaves the network, in the network's order; sample after sample.</param>
/// <param name="Input">dL/dx of the input, in the network's order; sample after sample.</param>
public sealed record ReferenceGradients(
    double Loss,
    IReadOnlyDictionary<string, double[]> Parameters,
    double[] Logits,
    double[] Output,
    double[] Input);
