using System.Collections.Generic;

namespace Cnn.Reference;

/// <summary>The results of one forward and backward pass over a batch.</summary>
/// <param name="Loss">The mean of the loss over the samples.</param>
/// <param name="Parameters">dL/dp of every parameter by its canonical name, in its canonical order.</param>
/// <param name="Logits">
/// The output, or the input of a softmax that is the main output; in the network's order, sample after sample.
/// </param>
/// <param name="Output">The outputs of the network in training, in the network's order; sample after sample.</param>
/// <param name="Input">dL/dx of the inputs, in the network's order; sample after sample.</param>
/// <param name="Buffers">The running averages after the batch, by their canonical names.</param>
public sealed record ReferenceGradients(
    double Loss,
    IReadOnlyDictionary<string, double[]> Parameters,
    double[] Logits,
    double[] Output,
    double[] Input,
    IReadOnlyDictionary<string, double[]> Buffers);
